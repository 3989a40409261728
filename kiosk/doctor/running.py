"""Checks the running kiosk by its status file; where none runs, the camera."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.capture.source_factory import find_camera, is_live, open_source
from kiosk.core.clock import SystemClock
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.errors import DeviceError
from kiosk.monitoring.device_claim import NameClash
from kiosk.monitoring.status import KioskStatus, read_status

WATCHED = "systemd starts the kiosk anew when it hangs"
RESTART = "start it anew: systemctl restart kiosk; the log tells what happened: journalctl -u kiosk"


def kiosk(device: ExaminedDevice) -> Iterator[Finding]:
    status = read_status(device.status_path)
    if device.api_alone and (status is None or status.is_silent):
        yield Finding("kiosk", Level.OK, "no kiosk is to run on this machine, as KIOSK_API_ALONE says")
    elif status is None:
        step = "start it: systemctl start kiosk, or `kiosk run`"
        yield Finding("kiosk", Level.WARNING, "no kiosk runs on this data directory", step)
    elif status.is_silent:
        sentence = f"the kiosk (process {status.pid}) has fallen silent: it crashed, was killed, or hangs as a whole"
        yield Finding("kiosk", Level.FAILED, sentence, RESTART)
    elif status.stuck_threads:
        sentence = f"the kiosk (process {status.pid}) hangs in: {', '.join(status.stuck_threads)}"
        yield Finding("kiosk", Level.FAILED, sentence, RESTART)
    else:
        yield Finding("kiosk", Level.OK, _how_it_goes(status))
        yield from _watchdog(status)
        yield from _database_of(status)
        yield from _copied_name(status)


def camera(device: ExaminedDevice) -> Iterator[Finding]:
    status = read_status(device.status_path)
    if status is not None and not status.is_silent:
        yield _camera_of(status)
    elif device.api_alone:
        yield Finding("camera", Level.OK, "the API needs none")
    elif not is_live(device.source):
        yield Finding("camera", Level.WARNING, f"the source is no camera: {device.source}", "set KIOSK_SOURCE")
    elif device.source_is_set:
        yield _named_camera(device)
    elif found := find_camera(device.camera.format):
        yield Finding("camera", Level.OK, f"{found} gives a picture")
    else:
        step = "connect one, or name a stream with KIOSK_SOURCE; `kiosk cameras` lists what is there"
        yield Finding("camera", Level.WARNING, "there is no camera that gives a picture", step)


def _how_it_goes(status: KioskStatus) -> str:
    frames, latency = status.frames, status.latency
    took = (
        "" if latency.p95_ms is None else f", {latency.p50_ms:.0f} ms a frame, 95 in 100 within {latency.p95_ms:.0f} ms"
    )
    decisions = ", ".join(f"{count} {name}" for name, count in sorted(status.decisions.items()))
    return (
        f"version {status.version} runs as process {status.pid} since {status.started_at:%Y-%m-%d %H:%M} UTC: "
        f"{frames.processed} frames worked on{took}; decisions: {decisions or 'none yet'}; "
        f"{status.gallery_people} people can be recognised"
    )


def _watchdog(status: KioskStatus) -> Iterator[Finding]:
    if status.watched:
        yield Finding("watchdog", Level.OK, WATCHED)
    else:
        step = "let systemd run it: sudo ./install.sh device"
        yield Finding("watchdog", Level.WARNING, "nobody starts the kiosk anew when it hangs", step)


def _database_of(status: KioskStatus) -> Iterator[Finding]:
    if status.database_replaced:
        step = "move the right one back, or use the one that is there: systemctl restart kiosk"
        sentence = (
            "another database, or none, stands in the place of the running kiosk's; its events wait in the journal"
        )
        yield Finding("database", Level.FAILED, sentence, step)
    elif status.database_away_since_at is not None:
        since = f"{status.database_away_since_at:%Y-%m-%d %H:%M} UTC"
        step = "start the database: systemctl start postgresql; nothing is lost meanwhile"
        yield Finding("database", Level.WARNING, f"the running kiosk does without the database since {since}", step)


def _copied_name(status: KioskStatus) -> Iterator[Finding]:
    if status.name_clash == NameClash.COPIED:
        sentence = f"a copy of this device, of its memory card perhaps, runs under its name {status.kiosk_id}, too"
        step = "stop one of the two, delete device.id in its data directory and give it a name of its own"
        yield Finding("name", Level.FAILED, sentence, step)


def _camera_of(status: KioskStatus) -> Finding:
    camera = status.camera
    if camera.state == "ok":
        size = "" if camera.size_px is None else f" of {camera.size_px[0]}×{camera.size_px[1]} pixels"
        return Finding("camera", Level.OK, f"the running kiosk gets pictures{size}")
    sentence = (
        f"the running kiosk has no picture since {camera.since_at:%Y-%m-%d %H:%M} UTC: {camera.fault or camera.state}"
    )
    return Finding("camera", Level.FAILED, sentence, "check plug, cable and cover; `kiosk cameras` lists what is there")


def _named_camera(device: ExaminedDevice) -> Finding:
    clock = SystemClock()
    try:
        source = open_source(device.source, device.camera, clock)
    except DeviceError as error:
        return Finding("camera", Level.FAILED, str(error), "`kiosk cameras` lists what is there")
    source.close()
    return Finding("camera", Level.OK, f"{source.description} answers")
