"""The table of changes of people and schedules."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.record_changes import RecordChangeKind, RecordSubject


class RecordChangeRow(Base):
    """One change of a person, a schedule or what goes with one; triggers write it, and ids alone.

    Attributes:
        id: the change's number, given at commit: none appears behind one that could be read.
        subject_id: number of the row that changed; it may be gone.
    """

    __tablename__ = "record_changes"
    __table_args__ = (one_of("subject", RecordSubject), one_of("kind", RecordChangeKind), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    subject: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int]
