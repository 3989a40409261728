"""The table of when people who are in were last seen at a door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime


class SightingRow(Base):
    """The last sighting of one stay at one door; deleted when the exit is written, else after some weeks.

    Attributes:
        stay_began_at: of the entry.
        seen_at: when the camera saw the person last.
    """

    __tablename__ = "sightings"
    __table_args__ = (UniqueConstraint("employee_id", "kiosk_id", "stay_began_at"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    kiosk_id: Mapped[str] = mapped_column(Text)
    stay_began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
