"""The one place that writes and reads templates."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from db.models import EmbeddingRow, EmployeeRow
from db.session import Database
from kiosk.core.types import Embedding, Template, Vector

log = logging.getLogger(__name__)

UNIT_TOLERANCE = 1e-3  # as the gallery's own check, which a damaged template must not reach


@dataclass(frozen=True, slots=True)
class PersonToEnroll:
    """An active person whose templates are all of other models than the one in use."""

    employee_id: int
    full_name: str
    email: str


class DatabaseTemplates:
    """The templates in a database; a kiosk.core.ports.TemplateSource."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_templates(self, model_version: str) -> tuple[Template, ...]:
        """Return the templates of active people made by this model. Raises StorageError."""
        with self._database.reading() as session:
            return load_templates(session, model_version)

    def count_by_version(self) -> dict[str, int]:
        """Return how many templates of active people there are of each model_version. Raises StorageError."""
        with self._database.reading() as session:
            rows = session.execute(
                select(EmbeddingRow.model_version, func.count())
                .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
                .where(EmployeeRow.is_active)
                .group_by(EmbeddingRow.model_version)
                .order_by(EmbeddingRow.model_version)
            )
            return {model_version: count for model_version, count in rows}

    def people_to_enroll(self, model_version: str) -> tuple[PersonToEnroll, ...]:
        """Return who has templates, but none that this model can be compared with. Raises StorageError."""
        of_person = exists().where(EmbeddingRow.employee_id == EmployeeRow.id)
        with self._database.reading() as session:
            rows = session.execute(
                select(EmployeeRow.id, EmployeeRow.full_name, EmployeeRow.email)
                .where(EmployeeRow.is_active, of_person, ~of_person.where(EmbeddingRow.model_version == model_version))
                .order_by(EmployeeRow.id)
            )
            return tuple(PersonToEnroll(*row) for row in rows)


def load_templates(session: Session, model_version: str) -> tuple[Template, ...]:
    """Return the templates of active people made by this model, the oldest first, within the caller's transaction.

    A damaged one is left out and logged, so that everybody else is still recognised.
    """
    rows = session.execute(
        select(EmbeddingRow.id, EmbeddingRow.employee_id, EmbeddingRow.vector)
        .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
        .where(EmployeeRow.is_active, EmbeddingRow.model_version == model_version)
        .order_by(EmbeddingRow.id)
    )
    return _whole_templates(rows.all())


def add_templates(session: Session, employee_id: int, embeddings: Sequence[Embedding]) -> None:
    """Enroll embeddings as templates of a person, within the caller's transaction.

    Raises ValueError for a vector that is not finite or not of length 1; a person that there is not breaks the
    transaction with a RowRefused.
    """
    for embedding in embeddings:
        if not _is_unit(embedding.vector):
            raise ValueError("a template must be a finite vector of length 1")
    if embeddings:
        session.execute(
            insert(EmbeddingRow),
            [{"employee_id": employee_id, "vector": e.vector, "model_version": e.model_version} for e in embeddings],
        )


def _whole_templates(rows: Sequence[tuple[int, int, Vector]]) -> tuple[Template, ...]:
    """Leave out what is no unit vector or differs in length from the others of its model."""
    lengths = Counter(len(vector) for _, _, vector in rows if len(vector))
    length = lengths.most_common(1)[0][0] if lengths else 0
    templates = []
    for template_id, employee_id, vector in rows:
        if len(vector) == length and _is_unit(vector):
            templates.append(Template(employee_id, vector))
        else:
            log.error("template %d of employee %d is damaged and left out; enroll again", template_id, employee_id)
    return tuple(templates)


def _is_unit(vector: Vector) -> bool:
    return bool(abs(np.dot(vector, vector) - 1) <= UNIT_TOLERANCE)  # false for NaN, too
