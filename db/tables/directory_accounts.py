"""The table of what directories elsewhere call people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now
from kiosk.domain.directory_accounts import AccountSource


class DirectoryAccountRow(Base):
    """A person as a directory has them: kiosk.domain.directory_accounts.DirectoryAccount.

    Attributes:
        folded_name: account_name as it is compared; of one person alone in each source.
    """

    __tablename__ = "directory_accounts"
    __table_args__ = (
        one_of("source", AccountSource),
        Index("uq_directory_accounts_employee", "employee_id", "source", unique=True),
        Index("uq_directory_accounts_name", "source", "folded_name", unique=True),
        Index(None, "source", "external_id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(Text)
    account_name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    employee_number: Mapped[str | None] = mapped_column(Text)
    display_name: Mapped[str | None] = mapped_column(Text)
    formatted_name: Mapped[str | None] = mapped_column(Text)
    given_name: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    email_type: Mapped[str | None] = mapped_column(Text)
    email_is_primary: Mapped[bool | None]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), onupdate=utc_now())
