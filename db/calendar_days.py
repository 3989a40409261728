"""The office's own calendar days; each function works within the caller's transaction and returns plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.tables.absences import CalendarDayRow
from kiosk.domain.work_calendar import DayKind


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """See db.tables.absences.CalendarDayRow; recorded_by is empty for the country's own holidays."""

    day: date
    kind: DayKind
    name: str = ""
    recorded_by: str = ""


def list_calendar_days(session: Session, since: date, until: date) -> tuple[CalendarDay, ...]:
    """Return the days from since to until that the office decided on, the earliest first."""
    row = CalendarDayRow
    query = select(row.day, row.kind, row.name, row.recorded_by).where(row.day.between(since, until)).order_by(row.day)
    return tuple(CalendarDay(day, DayKind(kind), name, by) for day, kind, name, by in session.execute(query))


def set_calendar_day(session: Session, found: CalendarDay, recorded_by: str) -> None:
    """Write a day down, in the place of what was decided on it before."""
    delete_calendar_day(session, found.day)
    values = {"day": found.day, "kind": found.kind.value, "name": found.name, "recorded_by": recorded_by}
    session.execute(insert(CalendarDayRow).values(**values))


def delete_calendar_day(session: Session, day: date) -> bool:
    """Return whether something was decided on the day."""
    deleted = session.execute(delete(CalendarDayRow).where(CalendarDayRow.day == day).returning(CalendarDayRow.id))
    return bool(deleted.all())
