"""The tables of changes from one embedder to another, and of visits that are to become templates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Double, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now, vector_type
from kiosk.domain.embedder_switch import SwitchState
from kiosk.domain.types import Vector


class EmbedderSwitchRow(Base):
    """A change from one embedder to another; its attributes are those of kiosk.domain.embedder_switch."""

    __tablename__ = "embedder_switches"
    __table_args__ = (
        one_of("state", SwitchState),
        Index(
            "ix_embedder_switches_gathering",
            "state",
            unique=True,
            postgresql_where=text("state = 'gathering'"),
            sqlite_where=text("state = 'gathering'"),
        ),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_model: Mapped[str] = mapped_column(Text)
    old_version: Mapped[str] = mapped_column(Text)
    new_model: Mapped[str] = mapped_column(Text)
    new_version: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VisitEmbeddingRow(Base):
    """A vector of the new embedder from one certain visit, until it becomes a template or the change ends.

    Attributes:
        visited_on: the office's day.
        vector: (D,) float32 of length 1.
        similarity: with the person's templates of the old embedder.
    """

    __tablename__ = "visit_embeddings"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    switch_id: Mapped[int] = mapped_column(ForeignKey("embedder_switches.id", ondelete="CASCADE"), index=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    visited_on: Mapped[date]
    vector: Mapped[Vector] = mapped_column(vector_type())
    quality_score: Mapped[float] = mapped_column(Double)
    similarity: Mapped[float] = mapped_column(Double)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
