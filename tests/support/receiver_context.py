"""What there is around a receiver in tests, and entries of the feed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from db.session import Database
from kiosk.attendance.stays import StayRules
from kiosk.domain.attendance_log import AttendanceChange, ChangeKind, FeedEntry, LogEntry
from kiosk.domain.types import EventType, Method
from kiosk.monitoring.health import HealthCheck, HealthGrade, HealthReport
from kiosk.receivers.port import Receiver, ReceiverContext
from kiosk.receivers.registry import kind_named
from support.fakes import MORNING, FakeClock

ZONE = ZoneInfo("Europe/Moscow")
EPOCH = UUID(int=7)
STAYS = StayRules(timedelta(hours=16), time(0), ZONE)
WELL = (HealthCheck("kiosk", HealthGrade.OK), HealthCheck("camera", HealthGrade.OK))


def well() -> HealthReport:
    return HealthReport(WELL, None, None, None, None)


def make_context(
    database: Database,
    state_dir: Path,
    zone: ZoneInfo = ZONE,
    now: datetime = MORNING,
    checks: tuple[HealthCheck, ...] = WELL,
) -> ReceiverContext:
    state_dir.mkdir(mode=0o700, exist_ok=True)
    return ReceiverContext(
        name="office",
        kiosk_id="door",
        zone=zone,
        clock=FakeClock(now),
        database=database,
        state_dir=state_dir,
        stays=replace(STAYS, zone=zone),
        probe_health=lambda: HealthReport(checks, None, None, None, None),
    )


def make_receiver(kind: str, context: ReceiverContext, options: Mapping[str, Any], **secrets: str) -> Receiver:
    """Return a receiver as `kiosk deliver` builds it."""
    found = kind_named(kind)
    return found.build(found.options.model_validate(dict(options)), secrets, context)


def entries(number: int, employee_id: int | None = 5, first: int = 1, at: datetime = MORNING) -> list[FeedEntry]:
    """Return entries and exits of one person, a minute apart."""
    kinds = (EventType.ENTRY, EventType.EXIT)
    return [
        entry(one, at=at + timedelta(minutes=one), event_type=kinds[one % 2], employee_id=employee_id)
        for one in range(first, first + number)
    ]


_numbers: Iterator[int] = count(1)


def entry(
    number: int | None = None,
    kind: ChangeKind = ChangeKind.INSERT,
    *,
    at: datetime = MORNING,
    event_type: EventType = EventType.ENTRY,
    employee_id: int | None = 5,
    external_id: str | None = "00417",
    voided: bool = False,
    deleted: bool = False,
) -> FeedEntry:
    trace_id = uuid4()
    event = LogEntry(trace_id, employee_id, "Anna Petrova", at, event_type, 0.8, Method.FACE, "door", voided, None)
    change = AttendanceChange(number or next(_numbers), at, kind, trace_id, "kiosk:door")
    return FeedEntry(EPOCH, change, None if deleted else event, None if deleted else external_id)
