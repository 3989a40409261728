"""The output of a run without a screen: JSON lines for programs, sentences for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from rich.text import Text

from kiosk.cli.console import out
from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered
from kiosk.domain.types import AttendanceEvent, DecisionStatus


def private_stdout() -> TextIO:
    """Return the standard output for a single writer; everything else printed there goes to standard error.

    Native libraries write to the descriptor itself, so it is the descriptor that is moved.
    """
    sys.stdout.flush()
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return ours


class JsonReporter:
    """Prints one JSON object a line: decisions, and events once they are on disk."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        for announcement in announcements:
            self._decision(result, announcement)
            match announcement.outcome:
                case Registered(event):
                    self._write("event", **_event(event))
                case AlreadyRegistered(last):
                    self._write("already_registered", **_event(last))
                case NotRegistered(reason):
                    self._write("not_registered", at=_utc(result.frame.taken_at), reason=reason)

    def _decision(self, result: FrameResult, announcement: Announcement) -> None:
        decision, observation = announcement.decision, announcement.observation
        self._write(
            "decision",
            at=_utc(result.frame.taken_at),
            track=observation.track_id,
            status=decision.status,
            employee_id=decision.employee_id,
            similarity=decision.similarity,
            margin=decision.margin,
            reasons=decision.reasons,
            box=[round(edge, 1) for edge in observation.box_xyxy],
            frame=result.frame.index,
            latency_ms=round(result.latency_ms, 2),
            seconds_to_decision=round(observation.seconds_to_decision, 3),
        )

    def _write(self, kind: str, **fields: object) -> None:
        self._stream.write(json.dumps({"kind": kind, **fields}, allow_nan=False) + "\n")


class TextReporter:
    """Prints a line for each person who is greeted, answered or unknown.

    name_of: the name of an employee, or None when it cannot be had now.
    """

    def __init__(self, zone: ZoneInfo, name_of: Callable[[int], str | None]) -> None:
        self._zone = zone
        self._name_of = name_of

    def __call__(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        for announcement in announcements:
            out.print(Text(f"{self._time(result.frame.taken_at)}  {self._sentence(announcement)}"), soft_wrap=True)

    def _sentence(self, announcement: Announcement) -> str:
        decision = announcement.decision
        similarity = "" if decision.similarity is None else f"  (similarity {decision.similarity:.2f})"
        match announcement.outcome:
            case Registered(event) if event.employee_id is not None:
                return f"{event.event_type:<6} {self._name(event.employee_id)}{similarity}"
            case Registered():
                return f"visitor nobody knows: logged without a name{similarity}"
            case AlreadyRegistered(last) if last.employee_id is not None:
                return (
                    f"again  {self._name(last.employee_id)}: already registered at {self._time(last.occurred_at)}"
                    f" ({last.event_type})"
                )
            case NotRegistered(reason):
                return f"not registered: {reason}"
        if decision.status is DecisionStatus.LOW_CONFIDENCE:
            return f"not sure who this is: another look is needed{similarity}"
        return f"visitor nobody knows{similarity}"

    def _name(self, employee_id: int) -> str:
        return self._name_of(employee_id) or f"employee {employee_id}"

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M:%S}"


def _event(event: AttendanceEvent) -> dict[str, object]:
    return {
        "trace_id": str(event.trace_id),
        "event_type": event.event_type,
        "employee_id": event.employee_id,
        "confidence": event.confidence,
        "at": _utc(event.occurred_at),
        "method": event.method,
        "kiosk_id": event.kiosk_id,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
