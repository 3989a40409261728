"""The table of what decisions rested on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class DecisionRecordRow(Base):
    """The numbers behind one event that a face was recognised for, or was not; deleted after some days.

    Attributes:
        first_id: the employee whom the face resembled most.
        second_id: the runner-up.
        numbers: kiosk.domain.decision_record.DecisionRecord without these two.
    """

    __tablename__ = "decision_records"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), unique=True)
    first_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), index=True)
