"""The table of answers that are given again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class StoredAnswerRow(Base):
    """What a request with an Idempotency-Key was answered, for a day.

    Attributes:
        token_id: of the access token, whose keys are its own.
        key_digest: SHA-256 of the key, in hexadecimal.
        request_digest: SHA-256 of what was asked for, in hexadecimal.
        state: "working", "answered", or "erased" with the person whom the answer was about.
        answer: JSON text; None unless answered. It never holds a picture or an embedding.
        location: of what was created; None without.
        employee_id: whom the answer is about; None while nobody knows.
        claimed_at: when the work began.
    """

    __tablename__ = "stored_answers"
    __table_args__ = (
        UniqueConstraint("token_id", "key_digest", name="uq_stored_answers_token_key"),
        CheckConstraint("state IN ('working', 'answered', 'erased')", name="state"),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answer"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("credentials.id", ondelete="CASCADE"))
    key_digest: Mapped[str] = mapped_column(Text)
    request_digest: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="working")
    answer: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(Text)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), index=True)
