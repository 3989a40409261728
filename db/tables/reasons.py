"""The table of reasons for exits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class ReasonRow(Base):
    """Why somebody left: added to an exit, never changed, and deleted with its exit alone. The latest one counts.

    Attributes:
        reason: its code in the office's list, such as "break"; None says that there is none after all.
        author: on whose behalf it was given, such as "kiosk:kiosk-1".
    """

    __tablename__ = "attendance_reasons"
    __table_args__ = (CheckConstraint("length(reason) BETWEEN 1 AND 40", name="reason"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
