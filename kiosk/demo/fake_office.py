"""A made-up office: people, templates and a month of entries and exits, the same for the same seed.

For tests, and for trying lists and exports without anybody's real data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import numpy as np

from kiosk.domain.demo_marks import FAKE_OFFICE_EMAIL_DOMAIN, FAKE_OFFICE_KIOSK_ID
from kiosk.domain.types import AttendanceEvent, Embedding, EventType
from kiosk.employees.schemas import EmployeeCreate

TRACES = UUID("6b0f8a53-6b5c-4d0a-9c57-2f6f7a5a4d10")
FIRST_NAMES = ("Anna", "Boris", "Clara", "Дмитрий", "Елена", "Farid", "Γιώργος", "Hana", "Игорь", "José")
LAST_NAMES = ("Aalto", "Белова", "Castro", "Doğan", "Eriksson", "Фёдоров", "García", "Haddad", "Ivanova", "陳")
DEPARTMENTS = ("Accounting", "Development", "Отдел кадров", "Sales", None)

ABSENT = 0.06  # share of working days on which somebody is ill or away
LUNCH_OUTSIDE = 0.4
FORGOTTEN_EXIT = 0.02
DAY_BEGINS_MINUTE, DAY_BEGINS_SPREAD = 9 * 60, 25
DAY_LENGTH_MINUTES, DAY_LENGTH_SPREAD = 8 * 60 + 45, 35


@dataclass(frozen=True, slots=True)
class AttendancePeriod:
    """The days whose attendance is made up.

    Attributes:
        until: the day after the last one.
        zone: of the times.
        days: calendar days before that day; of these, working days only.
    """

    until: date
    zone: ZoneInfo
    days: int = 30


def made_up_people(count: int, seed: int = 0) -> tuple[EmployeeCreate, ...]:
    """Return new people with names of several scripts; their addresses tell them from real ones."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(1, count + 1):
        first, last = FIRST_NAMES[rng.integers(len(FIRST_NAMES))], LAST_NAMES[rng.integers(len(LAST_NAMES))]
        department = DEPARTMENTS[rng.integers(len(DEPARTMENTS))]
        email = f"person-{number}@{FAKE_OFFICE_EMAIL_DOMAIN}"
        made.append(EmployeeCreate(full_name=f"{first} {last}", email=email, department=department))
    return tuple(made)


def random_embeddings(count: int, model_version: str, dimension: int, seed: int = 0) -> tuple[Embedding, ...]:
    """Return unit vectors in random directions: they resemble no face and not one another."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return tuple(Embedding(vector, model_version) for vector in vectors)


def made_up_events(
    emails: Mapping[int, str], period: AttendancePeriod, kiosk_id: str = FAKE_OFFICE_KIOSK_ID, seed: int = 0
) -> Iterator[AttendanceEvent]:
    """Yield entries and exits day by day.

    The same arguments give the same trace_ids, so that events are not written twice.

    Args:
        emails: number of a person -> their address.
        period: the days.
        kiosk_id: of the device.
        seed: of the random times.
    """
    rng = np.random.default_rng(seed)
    for day in _working_days(period):
        begins_at = datetime.combine(day, time(), period.zone)
        for employee_id, email in emails.items():
            for minute, event_type in _one_day(rng):
                yield AttendanceEvent(
                    trace_id=uuid5(TRACES, f"{email} {day} {minute}"),
                    employee_id=employee_id,
                    event_type=event_type,
                    occurred_at=begins_at + timedelta(minutes=minute),
                    confidence=round(float(rng.uniform(0.62, 0.93)), 4),
                    kiosk_id=kiosk_id,
                )


def _working_days(period: AttendancePeriod) -> Sequence[date]:
    days = [period.until - timedelta(days=before) for before in range(period.days, 0, -1)]
    return [day for day in days if day.weekday() < 5]


def _one_day(rng: np.random.Generator) -> list[tuple[int, EventType]]:
    """Return minutes after midnight and what happened, in order."""
    if rng.random() < ABSENT:
        return []
    comes = int(np.clip(rng.normal(DAY_BEGINS_MINUTE, DAY_BEGINS_SPREAD), 6 * 60, 12 * 60))
    leaves = comes + int(np.clip(rng.normal(DAY_LENGTH_MINUTES, DAY_LENGTH_SPREAD), 4 * 60, 11 * 60))
    events = [(comes, EventType.ENTRY)]
    if rng.random() < LUNCH_OUTSIDE:
        goes_out = int(rng.integers(comes + 150, comes + 210))
        events += [(goes_out, EventType.EXIT), (goes_out + int(rng.integers(20, 55)), EventType.ENTRY)]
    if rng.random() >= FORGOTTEN_EXIT:
        events.append((leaves, EventType.EXIT))
    return events
