"""The table of months whose timesheets are closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now

OPEN = text("reopened_at IS NULL")


class ClosedMonthRow(Base):
    """A month that was closed; opened again, the row stays, and closing it once more is another row.

    Attributes:
        month: its first day.
        begins_at: when its first office day begins.
        exits_from_at: from when on an exit cannot end a stay of the month before.
        ends_at: when the next month's first office day begins.
        last_event_id: the latest attendance row that the month was closed with; a later row came late.
        last_correction_id: likewise, of corrections.
        row_count: how many rows and corrections the digest covers.
        digest: SHA-256 of them, in hexadecimal; the audit log has it, too.
        closed_by: the name of who answers for it.
        reopened_by: likewise; None while the month is closed, as are reopened_at and reopen_reason.
    """

    __tablename__ = "closed_months"
    __table_args__ = (
        CheckConstraint(
            "(reopened_at IS NULL) = (reopened_by IS NULL) AND (reopened_at IS NULL) = (reopen_reason IS NULL)",
            name="reopened",
        ),
        Index("uq_closed_months_month", "month", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(Date)
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    exits_from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_event_id: Mapped[int]
    last_correction_id: Mapped[int]
    row_count: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    closed_by: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    reopened_by: Mapped[str | None] = mapped_column(Text)
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopen_reason: Mapped[str | None] = mapped_column(Text)
