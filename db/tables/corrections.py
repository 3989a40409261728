"""The table of corrections of the attendance log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class CorrectionRow(Base):
    """A correction of an attendance row: never changed, and deleted with its row alone.

    Attributes:
        action: "void" for a row that does not count, "add" for one that was added by hand.
        author: who corrected it, such as "kiosk:kiosk-1".
    """

    __tablename__ = "attendance_corrections"
    __table_args__ = (CheckConstraint("action IN ('void', 'add')", name="action"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
