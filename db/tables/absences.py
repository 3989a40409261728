"""The tables of the office's own calendar days and of people's absences."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.work_calendar import AbsenceKind, DayKind


class CalendarDayRow(Base):
    """A day that the office decided on; it wins over the country's holidays.

    Attributes:
        kind: "holiday", "working" or "shortened".
        name: what the day is called; may be empty.
    """

    __tablename__ = "calendar_days"
    __table_args__ = (one_of("kind", DayKind), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, server_default="")
    recorded_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())


class AbsenceRow(Base):
    """Days on which somebody is away with the office's knowledge.

    Attributes:
        kind: "vacation", "sick_leave", "trip", "unpaid" or "other".
        code: letters of the unified form T-13, where those of the kind do not fit; None for the kind's.
        note: anything worth keeping; may be empty.
    """

    __tablename__ = "absences"
    __table_args__ = (
        one_of("kind", AbsenceKind),
        CheckConstraint("last_day >= first_day", name="days"),
        Index(None, "employee_id", "first_day"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    code: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, server_default="")
    recorded_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
