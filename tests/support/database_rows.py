"""Inserts employees, templates and corrections into a database, and makes vectors and ids for them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import insert

from db.models import EmployeeRow
from db.session import Database
from db.tables import CorrectionRow
from db.templates import add_templates
from kiosk.domain.types import Embedding, Vector

MODEL = "sha256:one"
OTHER_MODEL = "sha256:two"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def add_person(database: Database, name: str = "Anna", *, active: bool = True, since: datetime = LONG_AGO) -> int:
    """Return the id of a new person."""
    email = f"{name.lower()}-{uuid4().hex}@office.test"
    row = {"full_name": name, "email": email, "is_active": active, "created_at": since}
    with database.transaction() as session:
        return session.execute(insert(EmployeeRow).values(**row).returning(EmployeeRow.id)).scalar_one()


def face(seed: int, length: int = 192) -> Vector:
    """Return a unit vector, the same for the same seed."""
    vector = np.random.default_rng(seed).normal(size=length).astype(np.float32)
    return vector / np.linalg.norm(vector)


def enroll(database: Database, employee_id: int, *seeds: int, model_version: str = MODEL) -> None:
    with database.transaction() as session:
        add_templates(session, employee_id, [Embedding(face(seed), model_version) for seed in seeds])


def void(database: Database, attendance_id: int) -> None:
    """Say that an attendance row does not count."""
    row = {"attendance_id": attendance_id, "action": "void", "author": "admin", "reason": "somebody else's"}
    with database.transaction() as session:
        session.execute(insert(CorrectionRow).values(**row))


def trace(number: int) -> UUID:
    return UUID(int=number)
