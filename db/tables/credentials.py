"""The table of passwords, PINs and tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.credentials import TokenScope


class CredentialRow(Base):
    """A password, a PIN or an access token, of which the hash alone is stored.

    Attributes:
        kind: "admin", "pin" or "token".
        name: "admin", the PIN number that goes with a PIN, or the token's name; free again once revoked.
        employee_id: whose PIN it is; None for the others.
        scope: what a token allows; None for the others.
        expires_at: from when on a token is not valid.
    """

    __tablename__ = "credentials"
    __table_args__ = (
        CheckConstraint("kind IN ('admin', 'pin', 'token')", name="kind"),
        CheckConstraint("(kind = 'pin') = (employee_id IS NOT NULL)", name="pin_has_employee"),
        CheckConstraint("(kind = 'token') = (scope IS NOT NULL)", name="token_has_scope"),
        one_of("scope", TokenScope),
        Index(
            "uq_credentials_kind_name",
            "kind",
            "name",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
            sqlite_where=text("revoked_at IS NULL"),
        ),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str | None] = mapped_column(Text)
    secret_hash: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
