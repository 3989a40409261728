"""The table of corrections of the attendance log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class CorrectionRow(Base):
    """Why an attendance row does not count (void) or was added by hand (add); never changed, gone with its row."""

    __tablename__ = "attendance_corrections"
    __table_args__ = (CheckConstraint("action IN ('void', 'add')", name="action"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
