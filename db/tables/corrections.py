"""The table of corrections of the attendance log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.corrections import CorrectionAction


class CorrectionRow(Base):
    """A correction of an attendance row: never changed, and deleted with its row alone.

    The numbers of other rows have no foreign keys: SQLite deletes the rows of a device one by one, and would stop at
    the first whose correction another one names.

    Attributes:
        action: a CorrectionAction; the last one of a row says whether it counts.
        author: who corrected it, such as "kiosk:kiosk-1".
        number: counts the corrections of a row from 1, so that of two at once only one can be written.
        part_of: the correction that this one belongs to; None for the first of those that belong together.
        undoes: the correction that this one undoes; None for all others.
        original_id: the attendance row that this added row stands for; None for all others.
    """

    __tablename__ = "attendance_corrections"
    __table_args__ = (
        one_of("action", CorrectionAction),
        Index("uq_attendance_corrections_number", "attendance_id", "number", unique=True),
        Index("uq_attendance_corrections_undoes", "undoes", unique=True),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    number: Mapped[int] = mapped_column(server_default=text("1"))
    part_of: Mapped[int | None] = mapped_column(index=True)
    undoes: Mapped[int | None]
    original_id: Mapped[int | None] = mapped_column(index=True)
