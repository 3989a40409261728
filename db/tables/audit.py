"""The audit log and its head."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class AuditRow(Base):
    """Who did what. Each row's hash covers the row before, and no two rows can follow the same one.

    Attributes:
        actor: who did it, such as "cli:anna", "token:payroll" or "purge".
        action: a word such as "enroll".
        subject: to whom or what it was done, such as "employee:5".
        details: JSON text, byte for byte as it was hashed.
        previous_hash: SHA-256 of the row before, in hexadecimal.
        hash: SHA-256 of this row, in hexadecimal.
    """

    __tablename__ = "audit_log"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), index=True)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text, server_default="{}")
    previous_hash: Mapped[str] = mapped_column(Text, unique=True)
    hash: Mapped[str] = mapped_column(Text, unique=True)


class AuditHeadRow(Base):
    """The number of rows of the audit log and the last one's hash; whoever appends to the log locks this row."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_count: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(Text)
