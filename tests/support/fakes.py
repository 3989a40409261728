"""In-memory fakes of the clock, the attendance log and the template source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.domain.types import AttendanceEvent, Template
from kiosk.errors import StorageError

MORNING = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


class FakeClock:
    """A Clock that stands still until told to go on; set() jumps the wall clock and leaves the monotonic one alone."""

    def __init__(self, now: datetime = MORNING, monotonic_s: float = 1000.0) -> None:
        self._now = now
        self._monotonic_s = monotonic_s
        self._asleep_s = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def awake_s(self) -> float:
        return self._monotonic_s - self._asleep_s

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic_s += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep."""
        self.advance(seconds)
        self._asleep_s += seconds

    def set(self, now: datetime) -> None:
        self._now = now


class SetClock:
    """Sets what the screens' countdowns take for the monotonic clock; now_s: seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = 1000.0
        monkeypatch.setattr("kiosk.ui.countdown.monotonic", lambda: self.now_s)


class FakeAttendanceLog:
    """An AttendanceLog in memory that can be away, and can refuse events one by one.

    refuse: trace_id -> the error that a batch with this event raises.
    """

    def __init__(self) -> None:
        self.events: dict[UUID, AttendanceEvent] = {}
        self.away = False
        self.refuse: dict[UUID, StorageError] = {}
        self.attempts = 0
        self.void: set[UUID] = set()

    def record(self, events: Sequence[AttendanceEvent]) -> int:
        self.attempts += 1
        self._answer()
        for event in events:
            if event.trace_id in self.refuse:
                raise self.refuse[event.trace_id]
        new = [event for event in events if event.trace_id not in self.events]
        self.events |= {event.trace_id: event for event in new}
        return len(new)

    def latest_events(self, until: datetime) -> tuple[AttendanceEvent, ...]:
        self._answer()
        counting = [e for e in self.events.values() if e.trace_id not in self.void and e.occurred_at <= until]
        latest = {e.employee_id: e for e in sorted(counting, key=lambda e: e.occurred_at) if e.employee_id is not None}
        return tuple(latest.values())

    def _answer(self) -> None:
        if self.away:
            raise StorageError("the database does not answer")


class FakeTemplateSource:
    """A TemplateSource in memory that can be away."""

    def __init__(self, *templates: Template) -> None:
        self.templates = templates
        self.away = False
        self.loads = 0

    def load_templates(self, model_version: str) -> tuple[Template, ...]:  # noqa: ARG002
        if self.away:
            raise StorageError("the database does not answer")
        self.loads += 1
        return self.templates
