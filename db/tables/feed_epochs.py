"""The table of the feeds' epoch."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime, utc_now


class FeedEpochRow(Base):
    """A single row; numbers of changes hold within its epoch alone.

    Attributes:
        place: by which a copy of the database is told from it; None until the database is first looked at.
    """

    __tablename__ = "feed_epoch"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[UUID] = mapped_column(Uuid)
    place: Mapped[str | None] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
