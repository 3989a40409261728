"""The templates' rows: the only module that reads and writes them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Select, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from db.models import EmbeddingRow, EmployeeRow
from db.session import Database
from kiosk.core.logger import log
from kiosk.domain.types import Embedding, Template, Vector

UNIT_TOLERANCE = 1e-3  # as in the gallery, which refuses a damaged template with an error


@dataclass(frozen=True, slots=True)
class PersonToEnroll:
    """An active employee all of whose templates are of other models than the one in use."""

    employee_id: int
    full_name: str


@dataclass(frozen=True, slots=True, eq=False)
class StoredTemplate:
    """A template with all that is stored about it.

    Attributes:
        id: the row's number.
        vector: (D,) float32 of length 1.
        model_version: of the embedder that made it.
        quality_score: in [0, 1], or None.
        created_at: aware UTC.
    """

    id: int
    vector: Vector
    model_version: str
    quality_score: float | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TemplateCount:
    """How many templates an employee has.

    Attributes:
        usable: of the model in use.
        outdated: of other models, which cannot be compared with it.
    """

    usable: int = 0
    outdated: int = 0


class DatabaseTemplates:
    """The templates in a database; a kiosk.domain.ports.TemplateSource."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_templates(self, model_version: str) -> tuple[Template, ...]:
        """Return the templates of active employees made by this model. Raises StorageError."""
        with self._database.reading() as session:
            return load_templates(session, model_version)

    def count_by_version(self) -> dict[str, int]:
        """Return the number of templates of active employees by model_version. Raises StorageError."""
        with self._database.reading() as session:
            rows = session.execute(
                select(EmbeddingRow.model_version, func.count())
                .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
                .where(EmployeeRow.is_active)
                .group_by(EmbeddingRow.model_version)
                .order_by(EmbeddingRow.model_version)
            )
            return {model_version: count for model_version, count in rows}

    def people_by_version(self) -> dict[str, int]:
        """Return the number of active employees with templates by model_version. Raises StorageError."""
        with self._database.reading() as session:
            rows = session.execute(
                select(EmbeddingRow.model_version, func.count(EmbeddingRow.employee_id.distinct()))
                .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
                .where(EmployeeRow.is_active)
                .group_by(EmbeddingRow.model_version)
            )
            return {model_version: count for model_version, count in rows}

    def people_to_enroll(self, model_version: str) -> tuple[PersonToEnroll, ...]:
        """Return the active employees with templates of other models only. Raises StorageError."""
        of_person = exists().where(EmbeddingRow.employee_id == EmployeeRow.id)
        with self._database.reading() as session:
            rows = session.execute(
                select(EmployeeRow.id, EmployeeRow.full_name)
                .where(EmployeeRow.is_active, of_person, ~of_person.where(EmbeddingRow.model_version == model_version))
                .order_by(EmployeeRow.id)
            )
            return tuple(PersonToEnroll(*row) for row in rows)


def load_templates(session: Session, model_version: str) -> tuple[Template, ...]:
    """Return the templates of active employees made by this model, the oldest first, within the caller's transaction.

    A damaged template is left out and logged by its number and the employee's, so that everybody else is recognised.
    """
    rows = session.execute(
        select(EmbeddingRow.id, EmbeddingRow.employee_id, EmbeddingRow.vector)
        .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
        .where(EmployeeRow.is_active, EmbeddingRow.model_version == model_version)
        .order_by(EmbeddingRow.id)
    )
    return _whole_templates(rows.all())


def quality_scores(session: Session, model_version: str) -> dict[int, float]:
    """Return the quality score of each template of a model that has one, by the template's number."""
    query = select(EmbeddingRow.id, EmbeddingRow.quality_score).where(EmbeddingRow.model_version == model_version)
    return {number: score for number, score in session.execute(query) if score is not None}


def templates_of(session: Session, employee_id: int) -> tuple[StoredTemplate, ...]:
    """Return all templates of an employee, of every model, the oldest first, within the caller's transaction."""
    columns = (
        EmbeddingRow.id,
        EmbeddingRow.vector,
        EmbeddingRow.model_version,
        EmbeddingRow.quality_score,
        EmbeddingRow.created_at,
    )
    rows = session.execute(select(*columns).where(EmbeddingRow.employee_id == employee_id).order_by(EmbeddingRow.id))
    return tuple(StoredTemplate(*row) for row in rows)


def template_counts(session: Session, model_version: str, employee_id: int | None = None) -> dict[int, TemplateCount]:
    """Return the counts of everybody with templates, or of one employee, by the employee's number."""
    usable = func.count().filter(EmbeddingRow.model_version == model_version)
    query = select(EmbeddingRow.employee_id, usable, func.count()).group_by(EmbeddingRow.employee_id)
    if employee_id is not None:
        query = query.where(EmbeddingRow.employee_id == employee_id)
    return {person: TemplateCount(count, total - count) for person, count, total in session.execute(query)}


def inactive_people_with_templates(session: Session, inactive_since_at: datetime) -> tuple[int, ...]:
    """Return the numbers of employees who have been inactive at least since then and still have templates."""
    has_templates = exists().where(EmbeddingRow.employee_id == EmployeeRow.id)
    inactive = (~EmployeeRow.is_active, EmployeeRow.updated_at <= inactive_since_at)
    return tuple(session.scalars(select(EmployeeRow.id).where(*inactive, has_templates).order_by(EmployeeRow.id)))


def delete_templates(session: Session, employee_id: int) -> int:
    """Delete all templates of an employee, within the caller's transaction, and return how many there were."""
    return _delete(session, select(EmbeddingRow.id).where(EmbeddingRow.employee_id == employee_id))


def keep_best_templates(session: Session, employee_id: int, model_version: str, count: int) -> int:
    """Delete an employee's templates of one model but for the best, and return how many were deleted.

    Those without a quality score are the poorest, and of two with the same score the older one is deleted.
    """
    ranked = (
        select(EmbeddingRow.id)
        .where(EmbeddingRow.employee_id == employee_id, EmbeddingRow.model_version == model_version)
        .order_by(func.coalesce(EmbeddingRow.quality_score, -1).desc(), EmbeddingRow.id.desc())
    )
    return _delete(session, ranked.offset(count))


def _delete(session: Session, ids: Select[int]) -> int:
    found = session.scalars(ids).all()
    session.execute(delete(EmbeddingRow).where(EmbeddingRow.id.in_(found)))
    return len(found)


def add_templates(
    session: Session, employee_id: int, embeddings: Sequence[Embedding], quality_scores: Sequence[float] | None = None
) -> None:
    """Store embeddings as templates of an employee, within the caller's transaction.

    Args:
        session: the caller's transaction.
        employee_id: of an employee; the number of nobody breaks the transaction with a RowRefused.
        embeddings: finite and of length 1.
        quality_scores: one for each embedding; None if they are not known.

    Raises:
        ValueError: a vector is not finite or not of length 1.
    """
    for embedding in embeddings:
        if not _is_unit(embedding.vector):
            raise ValueError("a template must be a finite vector of length 1")
    if embeddings:
        scores: Sequence[float | None] = quality_scores or [None] * len(embeddings)
        rows = [
            {"employee_id": employee_id, "vector": e.vector, "model_version": e.model_version, "quality_score": score}
            for e, score in zip(embeddings, scores, strict=True)
        ]
        session.execute(insert(EmbeddingRow), rows)


def _whole_templates(rows: Sequence[tuple[int, int, Vector]]) -> tuple[Template, ...]:
    """Leave out what is no unit vector, or has another dimension than most of the model's."""
    lengths = Counter(len(vector) for _, _, vector in rows if len(vector))
    length = lengths.most_common(1)[0][0] if lengths else 0
    templates = []
    for template_id, employee_id, vector in rows:
        if len(vector) == length and _is_unit(vector):
            templates.append(Template(employee_id, vector, template_id))
        else:
            log(logging.ERROR, "template.damaged", template_id=template_id, employee_id=employee_id)
    return tuple(templates)


def _is_unit(vector: Vector) -> bool:
    return bool(abs(np.dot(vector, vector) - 1) <= UNIT_TOLERANCE)  # false for NaN, too
