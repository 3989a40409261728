"""Readings, faces and stages in words, in the language that is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from kiosk.capture.status import SourceState
from kiosk.core.recent_errors import LoggedError
from kiosk.domain.frame_result import Observation
from kiosk.ui.diagnostics.backend import CameraState, DeviceState, RecognitionState
from kiosk.ui.entrance.camera_labels import fault_sentence
from kiosk.ui.entrance.face_frames import face_label
from kiosk.ui.entrance.face_marks import state_of
from kiosk.ui.language import time_text

_GIB = 1024**3
translate = QCoreApplication.translate


def stage_names() -> tuple[str, ...]:
    """Return what the stages of a frame are called, in the order of StageLatency."""
    return (
        translate("Diagnostics", "Find"),
        translate("Diagnostics", "Judge"),
        translate("Diagnostics", "Describe"),
        translate("Diagnostics", "Compare"),
    )


def milliseconds(value: float) -> str:
    return translate("Diagnostics", "{number} ms").format(number=_number(value, 0 if value >= 10 else 1))


def face_lines(face: Observation, quality: float | None, name_of: Callable[[int], str | None]) -> tuple[str, ...]:
    """Return what is thought of a face: who it is or what keeps it from being recognised, and the scores."""
    decision = face.decision
    first = face_label(state_of(face))
    if decision is not None and decision.employee_id is not None:
        first = name_of(decision.employee_id) or str(decision.employee_id)
    scores = []
    if decision is not None and decision.similarity is not None:
        scores.append(translate("Diagnostics", "similarity {value}").format(value=_number(decision.similarity, 2)))
    if decision is not None and decision.margin is not None:
        scores.append(translate("Diagnostics", "lead {value}").format(value=_number(decision.margin, 2)))
    if quality is not None:
        scores.append(translate("Diagnostics", "quality {value}").format(value=_number(quality, 2)))
    reasons = () if decision is None else tuple(map(decision_reason, decision.reasons))
    return tuple(line for line in (first, *scores, *reasons) if line)


def decision_reason(code: str) -> str:
    """Return why a decision is no match; "" for a code that says nothing to a person."""
    words = {
        "rejected": translate("Diagnostics", "pressed “That's not me”"),
        "empty_gallery": translate("Diagnostics", "nobody is enrolled"),
        "below_threshold": translate("Diagnostics", "resembles nobody enough"),
        "look_alike": translate("Diagnostics", "resembles two people alike"),
        "small_margin": translate("Diagnostics", "resembles two people almost alike"),
        "samples_disagree": translate("Diagnostics", "not every look names the same person"),
    }
    return words.get(code, "")


def camera_rows(camera: CameraState) -> tuple[tuple[str, str], ...]:
    status = camera.status
    state = translate("Diagnostics", "not opened yet")
    size = "—"
    if status is not None:
        words = {
            SourceState.CONNECTING: translate("Diagnostics", "connecting"),
            SourceState.OK: translate("Diagnostics", "gives pictures"),
            SourceState.LOST: translate("Diagnostics", "lost"),
        }
        state = words[status.state] if status.fault is None else fault_sentence(status.fault)
        if status.size_px is not None:
            size = f"{status.size_px[0]} × {status.size_px[1]}"
    modes = translate("Diagnostics", "not told by this kind of source")
    if camera.modes:
        modes = ", ".join(
            f"{mode.pixels} {mode.width_px}×{mode.height_px}{'' if mode.fps is None else f'@{mode.fps:g}'}"
            for mode in camera.modes
        )
    return (
        (translate("Diagnostics", "Camera"), camera.address),
        (translate("Diagnostics", "State"), state),
        (translate("Diagnostics", "Picture"), size),
        (translate("Diagnostics", "Modes"), modes),
    )


def recognition_rows(state: RecognitionState, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    if state.accept is None or state.one_stranger_in is None:
        strict = translate("Diagnostics", "nobody is enrolled")
    else:
        strict = QCoreApplication.translate(
            "Diagnostics", "one stranger in {count} would be taken for somebody ({similarity} is needed)"
        ).format(count=QLocale().toString(_two_digits(state.one_stranger_in)), similarity=_number(state.accept, 2))
    return (
        (translate("Diagnostics", "Networks"), f"{state.detector}, {state.embedder}"),
        (
            translate("Diagnostics", "Enrolled"),
            translate("Diagnostics", "people: {people}, pictures: {templates}").format(
                people=state.people, templates=state.templates
            ),
        ),
        (translate("Diagnostics", "How strict"), strict),
        (translate("Diagnostics", "Measured here"), _measured(state, zone)),
    )


def device_rows(state: DeviceState, zone: ZoneInfo, now: datetime) -> tuple[tuple[str, str], ...]:
    machine = state.machine
    unknown = translate("Diagnostics", "not known")
    memory = unknown
    if machine.own_bytes is not None and machine.available_bytes is not None:
        memory = translate("Diagnostics", "the kiosk has {own} GB, {free} GB are free").format(
            own=_number(machine.own_bytes / _GIB, 1), free=_number(machine.available_bytes / _GIB, 1)
        )
    disk = unknown
    if machine.free_disk_bytes is not None and machine.total_disk_bytes is not None:
        disk = translate("Diagnostics", "{free} of {total} GB free").format(
            free=_number(machine.free_disk_bytes / _GIB, 1), total=_number(machine.total_disk_bytes / _GIB, 0)
        )
    warmth = unknown if machine.temperature_c is None else f"{_number(machine.temperature_c, 0)} °C"
    since = f"{_day(state.started_at, zone)}, {time_text(state.started_at, zone)}"
    return (
        (translate("Diagnostics", "Device"), state.kiosk_id),
        (
            translate("Diagnostics", "Version"),
            translate("Diagnostics", "{version}, running since {time}").format(version=state.version, time=since),
        ),
        (translate("Diagnostics", "Memory"), memory),
        (translate("Diagnostics", "Disk"), disk),
        (translate("Diagnostics", "Temperature"), warmth),
        (translate("Diagnostics", "Last backup"), _age(state.backed_up_at, now)),
        (translate("Diagnostics", "Last clean-up"), _age(state.purged_at, now)),
    )


def error_line(error: LoggedError, zone: ZoneInfo) -> str:
    """Return a line of the log as it is shown: when, what, and what to look for in the log."""
    level = translate("Diagnostics", "error") if error.level >= logging.ERROR else translate("Diagnostics", "warning")
    when = f"{_day(error.at, zone)}, {time_text(error.at, zone)}"
    trace = "" if error.trace_id is None else f"trace_id={error.trace_id}"
    return " · ".join(part for part in (when, level, error.event, trace, error.fields) if part)


def _measured(state: RecognitionState, zone: ZoneInfo) -> str:
    if state.door_since_at is None:
        return translate("Diagnostics", "nothing yet; until then it is careful")
    visits = translate("Diagnostics", "{count} visits since {day}").format(
        count=QLocale().toString(state.door_visits), day=_day(state.door_since_at, zone)
    )
    follows = translate("Diagnostics", "the threshold follows them")
    too_few = translate("Diagnostics", "too few people to follow; until then it is careful")
    return f"{visits}; {follows if state.is_door_measured else too_few}"


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return translate("Diagnostics", "none yet")
    hours = (now - at).total_seconds() / 3600
    if hours < 1:
        return translate("Diagnostics", "within the last hour")
    if hours < 48:
        return translate("Diagnostics", "{count} h ago").format(count=round(hours))
    return translate("Diagnostics", "{count} days ago").format(count=round(hours / 24))


def _day(at: datetime, zone: ZoneInfo) -> str:
    day = at.astimezone(zone).date()
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", QLocale().decimalPoint())


def _two_digits(count: int) -> int:
    """Return a count to two digits, as the estimate is no better."""
    return int(float(f"{count:.2g}"))
