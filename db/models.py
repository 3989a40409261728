"""The tables of employees, their templates, and their entries and exits; the other tables are in db.tables.

Alembic creates them. Triggers, and what they do, are in the migrations.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, Text, Uuid, text
from sqlalchemy import true as sql_true
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base, one_of
from db.types import UtcDateTime, utc_now, vector_type
from kiosk.domain.types import EventType, Method, Vector


class EmployeeRow(Base):
    """An employee of the office. Employees are deactivated, never deleted.

    Attributes:
        full_name: 1 to 200 characters.
        email: in lower case; of a reserved domain for somebody without one.
        photo_path: of the portrait, relative to the data directory; None without one.
        updated_at: when the row was last changed; for a deactivated employee, since when they are inactive.
        external_id: the office's personnel number; None without one.
        position: what the person does, as on a timesheet; None where it is not known.
        called: the name that the person is greeted by; None for the full one.
    """

    __tablename__ = "employees"
    __table_args__ = (
        CheckConstraint("length(full_name) BETWEEN 1 AND 200", name="full_name"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        Index("ix_employees_active", "full_name", postgresql_where=text("is_active"), sqlite_where=text("is_active")),
        Index("ix_employees_external_id", "external_id", unique=True),
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
    external_id: Mapped[str | None] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(Text)
    called: Mapped[str | None] = mapped_column(Text)


class EmbeddingRow(Base):
    """A template of an employee; db.templates alone reads and writes it.

    Attributes:
        vector: (D,) float32 of length 1.
        model_version: of the embedder that made it; only templates of one version can be compared.
        quality_score: in [0, 1]; None for templates from before scores were kept.
    """

    __tablename__ = "embeddings"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    vector: Mapped[Vector] = mapped_column(vector_type())
    model_version: Mapped[str] = mapped_column(Text)
    quality_score: Mapped[float | None] = mapped_column(Double)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())


class AttendanceRow(Base):
    """An entry or exit.

    Attributes:
        employee_id: None for an unknown visitor.
        event_type: "entry" or "exit".
        confidence: the similarity of the decision; None where no face was compared.
        photo_path: of the snapshot, relative to the data directory of the device; None without one.
        kiosk_id: the device that wrote it.
        method: "face", "pin", "manual" or "api".
    """

    __tablename__ = "attendance_log"
    __table_args__ = (
        one_of("event_type", EventType),
        one_of("method", Method),
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
