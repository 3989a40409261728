"""Makes events, decisions and settings with defaults for the tests of attendance."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from db.session import Database
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.stays import StayRules
from kiosk.config.settings import Settings
from kiosk.domain.types import AttendanceEvent, Decision, DecisionStatus, EventType
from support.fakes import MORNING, FakeClock

ANNA, BORIS = 1, 2
STRANGER = Decision(DecisionStatus.UNKNOWN, similarity=0.2, reasons=("below_threshold",))


def event(
    employee_id: int | None = ANNA,
    event_type: EventType = EventType.ENTRY,
    at: datetime = MORNING,
    kiosk_id: str = "door",
    trace_id: UUID | None = None,
    *,
    reason: str | None = None,
) -> AttendanceEvent:
    return AttendanceEvent(trace_id or uuid4(), employee_id, event_type, at, 0.75, kiosk_id, reason=reason)


def make_corrections(
    database: Database, now: datetime = MORNING + timedelta(days=60), day_begins: time = time(0)
) -> Corrections:
    """Return the corrections of an office in Moscow whose stays last 16 hours at the most."""
    rules = StayRules(timedelta(hours=16), day_begins, ZoneInfo("Europe/Moscow"))
    return Corrections(database, rules, "door", FakeClock(now))


def match(employee_id: int = ANNA) -> Decision:
    return Decision(DecisionStatus.MATCH, employee_id, similarity=0.75, margin=0.3)


def make_settings(data_dir: Path, **overrides: Any) -> Settings:
    given = {"data_dir": data_dir, "timezone": "Europe/Moscow", "kiosk_id": "door", **overrides}
    return Settings(_env_file=None, **given)
