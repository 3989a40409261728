"""All tables. Alembic lays them; triggers and what they do stand in the migrations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, Text, Uuid, text
from sqlalchemy import true as sql_true
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime, utc_now, vector_type
from kiosk.domain.types import Vector

NEVER_REUSE_IDS = {"sqlite_autoincrement": True}  # journals and audits refer to rows by id, also to deleted ones


class EmployeeRow(Base):
    """A person of the office; deactivated, not deleted."""

    __tablename__ = "employees"
    __table_args__ = (
        CheckConstraint("length(full_name) BETWEEN 1 AND 200", name="full_name"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        Index("ix_employees_active", "full_name", postgresql_where=text("is_active"), sqlite_where=text("is_active")),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, unique=True)
    department: Mapped[str | None] = mapped_column(Text)
    photo_path: Mapped[str | None] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(server_default=sql_true())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), onupdate=utc_now())


class EmbeddingRow(Base):
    """One template of one person; only db.templates reads and writes it. quality_score: None for the oldest ones."""

    __tablename__ = "embeddings"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    vector: Mapped[Vector] = mapped_column(vector_type())
    model_version: Mapped[str] = mapped_column(Text)
    quality_score: Mapped[float | None] = mapped_column(Double)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())


class AttendanceRow(Base):
    """One entry or exit; employee_id is None for an unknown visitor, confidence where no face was compared."""

    __tablename__ = "attendance_log"
    __table_args__ = (
        CheckConstraint("event_type IN ('entry', 'exit')", name="event_type"),
        CheckConstraint("method IN ('face', 'pin', 'manual', 'api')", name="method"),
        Index(None, "employee_id", "timestamp"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"))
    timestamp: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    event_type: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float | None] = mapped_column(Double)
    trace_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    photo_path: Mapped[str | None] = mapped_column(Text)
    kiosk_id: Mapped[str] = mapped_column(Text, server_default="kiosk-1")
    method: Mapped[str] = mapped_column(Text, server_default="face")


class CorrectionRow(Base):
    """Why an attendance row does not count (void) or was added by hand (add); never changed, gone with its row."""

    __tablename__ = "attendance_corrections"
    __table_args__ = (CheckConstraint("action IN ('void', 'add')", name="action"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance_log.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())


class ConsentRow(Base):
    """A person's consent to being recognised, in the words of one version of the text."""

    __tablename__ = "consents"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    text_version: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """Who did what; each row's hash covers the one before, and no two rows can follow the same one.

    details: JSON text, byte for byte as it was hashed. previous_hash, hash: SHA-256 in hexadecimal.
    """

    __tablename__ = "audit_log"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now(), index=True)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text, server_default="{}")
    previous_hash: Mapped[str] = mapped_column(Text, unique=True)
    hash: Mapped[str] = mapped_column(Text, unique=True)


class AuditHeadRow(Base):
    """How many rows the audit log has and the last one's hash; who appends to the log holds this row's lock."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_count: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(Text)


class CredentialRow(Base):
    """A secret that opens something, as its hash alone; secret_hash is never the secret.

    name: the administrator's, the token's, or the personal number that goes with a PIN; free again once revoked.
    """

    __tablename__ = "credentials"
    __table_args__ = (
        CheckConstraint("kind IN ('admin', 'pin', 'token')", name="kind"),
        CheckConstraint("(kind = 'pin') = (employee_id IS NOT NULL)", name="pin_has_employee"),
        CheckConstraint("(kind = 'token') = (scope IS NOT NULL)", name="token_has_scope"),
        CheckConstraint("scope IN ('read', 'write', 'biometric')", name="scope"),
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
    failed_attempts: Mapped[int] = mapped_column(server_default="0")
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GalleryChangeRow(Base):
    """One row whose version rises by triggers whenever the gallery of faces changes, whoever changed it."""

    __tablename__ = "gallery_changes"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
