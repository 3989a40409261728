"""The table of those whom every change of the attendance is delivered to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Text, Uuid
from sqlalchemy import false as sql_false
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class ReceiverRow(Base):
    """A receiver, and how far it has come in the table of changes, which is its outbox.

    Attributes:
        name: chosen by the office.
        kind: such as "webhook"; what there is, the program knows.
        options: JSON without secrets.
        position: the number of the last change that was delivered; 0 for none.
        epoch: of the feed within which position stands.
        is_paused: whether nothing is delivered until somebody resumes it.
        error: a code of why the last attempt failed; None when it did not.
        failing_since: of the first of the attempts that have failed since one did not.
        retry_at: when the next attempt is made; None for at once.
        failure_count: of all attempts that ever failed.
        delivered_at: when a delivery last succeeded.
        holder: the device that delivers, if any.
        held_until: how long the holder may, unless it prolongs it.
    """

    __tablename__ = "receivers"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    options: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[UUID] = mapped_column(Uuid)
    is_paused: Mapped[bool] = mapped_column(server_default=sql_false())
    error: Mapped[str | None] = mapped_column(Text)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure_count: Mapped[int] = mapped_column(BigInteger, server_default="0")
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    holder: Mapped[UUID | None] = mapped_column(Uuid)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
