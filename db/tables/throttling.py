"""The table of what wrong passwords and PINs still cost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime


class ThrottlingRow(Base):
    """Wrong attempts at one kind of secret on one device; a row whose attempts are forgotten is deleted.

    Attributes:
        kind: "admin" or "pin".
        subject: which password or PIN was tried, without naming it; "" for all of its kind.
        device: name of the device on which it was tried.
        forgotten_at: from when on none of the attempts counts any more.
        locked_until: until when this device compares nothing.
    """

    __tablename__ = "throttling"
    __table_args__ = (
        CheckConstraint("kind IN ('admin', 'pin')", name="kind"),
        Index("uq_throttling", "kind", "subject", "device", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text)
    forgotten_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime] = mapped_column(UtcDateTime)
