"""The table of what employees ask to have corrected."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.correction_requests import RequestKind, RequestOutcome


class RequestRow(Base):
    """A request for a correction, asked at a kiosk by somebody who gave their PIN.

    Attributes:
        day: the office day that is wrong.
        kind: a RequestKind.
        text: in the person's words; may be empty.
        kiosk_id: where it was asked.
        answered_at: None while it is open.
        answered_by: who answered it.
        outcome: a RequestOutcome; None while it is open, and for requests from before outcomes were kept.
        answer: why it was accepted or refused.
    """

    __tablename__ = "correction_requests"
    __table_args__ = (
        one_of("kind", RequestKind),
        CheckConstraint("length(text) <= 500", name="text"),
        one_of("outcome", RequestOutcome),
        CheckConstraint("length(answer) <= 500", name="answer"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    kiosk_id: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
