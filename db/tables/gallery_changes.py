"""The counter of changes of the gallery."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class GalleryChangeRow(Base):
    """A single row, whose version triggers raise whenever the gallery changes, by plain SQL too."""

    __tablename__ = "gallery_changes"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
