"""What became of somebody's event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.domain.types import AttendanceEvent


@dataclass(frozen=True, slots=True)
class Registered:
    """The event is on disk, and will be in the database."""

    event: AttendanceEvent


@dataclass(frozen=True, slots=True)
class AlreadyRegistered:
    """The person's last event is too recent for another one."""

    last: AttendanceEvent


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """The event could not be kept; reason is a sentence for the person in front of the screen."""

    reason: str


RegistrationOutcome: TypeAlias = Registered | AlreadyRegistered | NotRegistered
