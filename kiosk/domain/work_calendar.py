"""Days and absences that differ from what a schedule plans, by kind."""

from __future__ import annotations

from enum import StrEnum


class DayKind(StrEnum):
    """What the office's calendar says of a day.

    Attributes:
        HOLIDAY: nobody has to work; who does, works on a day off.
        WORKING: a day off that is worked, by the plan of the last planned day before it.
        SHORTENED: the work ends an hour earlier.
    """

    HOLIDAY = "holiday"
    WORKING = "working"
    SHORTENED = "shortened"


class AbsenceKind(StrEnum):
    """Why somebody is away with the office's knowledge."""

    VACATION = "vacation"
    SICK_LEAVE = "sick_leave"
    TRIP = "trip"
    UNPAID = "unpaid"
    OTHER = "other"
