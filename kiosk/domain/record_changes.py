"""What the feeds of people and of schedules tell: that a record is another, never what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RecordSubject(StrEnum):
    """Which kind of record changed."""

    EMPLOYEE = "employee"
    SCHEDULE = "schedule"
    ASSIGNMENT = "assignment"
    CALENDAR_DAY = "calendar_day"
    ABSENCE = "absence"


class RecordChangeKind(StrEnum):
    """What happened to it."""

    INSERT = "insert"
    ALTERATION = "alteration"
    DELETION = "deletion"
    ERASURE = "erasure"
    """The person's face was erased everywhere."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change of a record.

    Attributes:
        number: given at commit; a change with a lower number never appears later.
        at: when, aware UTC.
        subject: which kind of record.
        kind: what happened.
        subject_id: the record's number.
    """

    number: int
    at: datetime
    subject: RecordSubject
    kind: RecordChangeKind
    subject_id: int
