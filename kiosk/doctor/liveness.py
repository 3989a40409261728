"""Checks what the kiosk does about photographs that are shown to the camera, and what it has seen."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.domain.liveness import LivenessMode, LivenessVerdict
from kiosk.monitoring.status import LivenessReport, read_status

SUBJECT = "liveness"


def liveness(device: ExaminedDevice) -> Iterator[Finding]:
    if device.api_alone:
        return
    if device.liveness is LivenessMode.OFF:
        sentence = "nobody watches whether a live person or a photograph is before the camera"
        yield Finding(SUBJECT, Level.WARNING, sentence, "set KIOSK_LIVENESS=watch")
        return
    status = read_status(device.status_path)
    seen = None if status is None or status.is_silent else status.liveness
    kept = "what was seen of a live person is kept beside each event, and nobody is refused for it"
    yield Finding(SUBJECT, Level.OK, kept if seen is None else f"{kept}; {_visits(seen)}")
    if seen is not None and seen.furniture:
        faces = "a face" if seen.furniture == 1 else f"{seen.furniture} faces"
        sentence = f"{faces} before the camera did not change for minutes: a poster, a portrait or a screen"
        yield Finding(SUBJECT, Level.WARNING, sentence, "take it away, or turn the camera; it makes no events")


def _visits(seen: LivenessReport) -> str:
    counts = {verdict: seen.visits.get(verdict, 0) for verdict in LivenessVerdict}
    return (
        f"of {sum(counts.values())} visits since the start {counts[LivenessVerdict.LIVE]} looked live, "
        f"{counts[LivenessVerdict.ATTACK]} like a picture, {counts[LivenessVerdict.DOUBTFUL]} were too short or too "
        "still to tell"
    )
