"""The numbered changes of the attendance, and the counter that their numbers come from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.attendance_log import ChangeKind


class AttendanceChangeRow(Base):
    """A change of one attendance row. Triggers write it, for plain SQL too; only the digest is added later, once.

    Attributes:
        id: the change's number. Numbers are given at commit: none appears behind one that could be read before.
        kind: a ChangeKind.
        trace_id: of the attendance row, which may have been deleted since.
        actor: on whose behalf, such as "kiosk:kiosk-1"; plain SQL is "sql", with the user's name on PostgreSQL.
        digest: SHA-256, in hexadecimal, of what the row was when the nightly digest came to this change; None before.
    """

    __tablename__ = "attendance_changes"
    __table_args__ = (one_of("kind", ChangeKind),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    kind: Mapped[str] = mapped_column(Text)
    trace_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    actor: Mapped[str] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)


class ChangeCounterRow(Base):
    """A single row that every transaction locks at its commit if it changes the attendance or the gallery.

    One lock for both, so that two such transactions never wait for each other.

    Attributes:
        number: of the latest change of the attendance.
        actor: on SQLite, on whose behalf the present transaction writes; PostgreSQL has the setting kiosk.actor.
    """

    __tablename__ = "change_counter"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, server_default="0")
    actor: Mapped[str | None] = mapped_column(Text)
