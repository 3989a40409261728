"""The tables of schedules and of whom they are for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Double, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class ScheduleRow(Base):
    """What is planned, in the words of kiosk.attendance.schedule_text, and how its times are counted.

    Attributes:
        starts_on: a day on which a cycle's first entry holds.
        grace_minutes: within which nothing is late, early or overtime.
        rounding_minutes: worked time is rounded down to a multiple of this.
        overtime_factor: how many times overtime is paid.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 100", name="name"),
        CheckConstraint("grace_minutes BETWEEN 0 AND 240", name="grace"),
        CheckConstraint("rounding_minutes BETWEEN 1 AND 60", name="rounding"),
        CheckConstraint("overtime_factor BETWEEN 0 AND 10", name="overtime"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    plan: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date] = mapped_column(Date)
    grace_minutes: Mapped[int] = mapped_column(server_default="0")
    rounding_minutes: Mapped[int] = mapped_column(server_default="1")
    overtime_factor: Mapped[float] = mapped_column(Double, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())


class ScheduleAssignmentRow(Base):
    """Whose schedule it is from a day on: one person's, a department's, or, without either, the whole office's.

    Attributes:
        valid_until: the last day, itself included; None for an open end.
    """

    __tablename__ = "schedule_assignments"
    __table_args__ = (
        CheckConstraint("employee_id IS NULL OR department IS NULL", name="one_of"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id", ondelete="CASCADE"), index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    department: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
