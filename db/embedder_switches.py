"""Changes from one embedder to another, and visits that are to become templates; within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from db.consents import has_valid_consent
from db.models import EmbeddingRow, EmployeeRow
from db.session import changed_count, database_now
from db.tables import EmbedderSwitchRow, VisitEmbeddingRow
from kiosk.domain.embedder_switch import CertainVisit, EmbedderSwitch, SwitchState
from kiosk.domain.types import Embedding, Template

OPEN = (SwitchState.GATHERING, SwitchState.FINISHED)
_COLUMNS = tuple(EmbedderSwitchRow.__table__.c)


@dataclass(frozen=True, slots=True)
class PersonInSwitch:
    """An active employee with templates of the old embedder.

    Attributes:
        new_templates: how many of the new one there are.
        certain_days: days with a certain visit that waits to become a template.
    """

    employee_id: int
    full_name: str
    new_templates: int
    certain_days: int


def open_switch(session: Session, *, locked: bool = False) -> EmbedderSwitch | None:
    """Return the change that is under way, or finished with a way back; None without one.

    locked: until the end of the transaction nobody else changes it.
    """
    query = select(*_COLUMNS).where(EmbedderSwitchRow.state.in_(OPEN)).order_by(EmbedderSwitchRow.id.desc()).limit(1)
    return next(iter(_switches(session, query.with_for_update() if locked else query)), None)


def list_switches(session: Session) -> tuple[EmbedderSwitch, ...]:
    """Return all changes that were not cancelled, the earliest first."""
    query = select(*_COLUMNS).where(EmbedderSwitchRow.state != SwitchState.CANCELLED).order_by(EmbedderSwitchRow.id)
    return _switches(session, query)


def insert_switch(session: Session, old: tuple[str, str], new: tuple[str, str]) -> EmbedderSwitch:
    """Begin a change. old, new: id of the embedder and model_version of its vectors."""
    (old_model, old_version), (new_model, new_version) = old, new
    statement = insert(EmbedderSwitchRow).values(
        old_model=old_model,
        old_version=old_version,
        new_model=new_model,
        new_version=new_version,
        state=SwitchState.GATHERING,
    )
    row = session.execute(statement.returning(*_COLUMNS)).one()
    return _switch(row)


def set_state(session: Session, switch_id: int, state: SwitchState) -> None:
    """Change the state, and note when; the visits that wait are deleted, for they serve a change under way alone."""
    column = "finished_at" if state is SwitchState.FINISHED else "closed_at"
    statement = update(EmbedderSwitchRow).where(EmbedderSwitchRow.id == switch_id)
    session.execute(statement.values({"state": state, column: database_now(session)}))
    session.execute(delete(VisitEmbeddingRow).where(VisitEmbeddingRow.switch_id == switch_id))


def delete_new_templates(session: Session, switch: EmbedderSwitch) -> int:
    """Delete the templates of the new embedder that were made since the change began; return how many."""
    of_new = (EmbeddingRow.model_version == switch.new_version, EmbeddingRow.created_at >= switch.started_at)
    return changed_count(session, delete(EmbeddingRow).where(*of_new))


def delete_old_templates(session: Session, switch: EmbedderSwitch) -> int:
    """Delete the old templates of everybody who has new ones; return how many. Nobody else loses any."""
    with_new = select(EmbeddingRow.employee_id).where(EmbeddingRow.model_version == switch.new_version)
    old = (EmbeddingRow.model_version == switch.old_version, EmbeddingRow.employee_id.in_(with_new))
    return changed_count(session, delete(EmbeddingRow).where(*old))


def people_in_switch(session: Session, switch: EmbedderSwitch) -> tuple[PersonInSwitch, ...]:
    """Return the active employees who have templates of the old embedder, or had them when it was the only one."""
    versions = (switch.old_version, switch.new_version)
    enrolled = exists().where(EmbeddingRow.employee_id == EmployeeRow.id, EmbeddingRow.model_version.in_(versions))
    new = (
        select(func.count())
        .where(EmbeddingRow.employee_id == EmployeeRow.id, EmbeddingRow.model_version == switch.new_version)
        .correlate(EmployeeRow)
        .scalar_subquery()
    )
    days = (
        select(func.count(VisitEmbeddingRow.visited_on.distinct()))
        .where(VisitEmbeddingRow.employee_id == EmployeeRow.id, VisitEmbeddingRow.switch_id == switch.id)
        .correlate(EmployeeRow)
        .scalar_subquery()
    )
    query = select(EmployeeRow.id, EmployeeRow.full_name, new, days).where(EmployeeRow.is_active, enrolled)
    return tuple(PersonInSwitch(*row) for row in session.execute(query.order_by(EmployeeRow.id)))


def lock_old_templates(session: Session, switch: EmbedderSwitch, employee_id: int) -> bool:
    """Return whether an active employee has templates of the old embedder and a valid consent; both stay meanwhile.

    An erasure at the same moment waits for this transaction, or this one for the erasure.
    """
    query = (
        select(EmbeddingRow.id)
        .join(EmployeeRow, EmployeeRow.id == EmbeddingRow.employee_id)
        .where(EmbeddingRow.employee_id == employee_id, EmbeddingRow.model_version == switch.old_version)
        .where(EmployeeRow.is_active, has_valid_consent(EmployeeRow.id))
    )
    return bool(session.scalars(query.with_for_update(of=EmbeddingRow)).all())


def add_visit(session: Session, switch_id: int, visit: CertainVisit) -> None:
    values = {
        "switch_id": switch_id,
        "employee_id": visit.employee_id,
        "visited_on": visit.visited_on,
        "vector": visit.embedding.vector,
        "quality_score": visit.quality_score,
        "similarity": visit.similarity,
    }
    session.execute(insert(VisitEmbeddingRow).values(values))


def visits_of(session: Session, switch: EmbedderSwitch, employee_id: int) -> tuple[CertainVisit, ...]:
    """Return a person's certain visits that wait, the earliest first."""
    row = VisitEmbeddingRow
    query = select(row.visited_on, row.vector, row.quality_score, row.similarity).where(
        row.switch_id == switch.id, row.employee_id == employee_id
    )
    return tuple(
        CertainVisit(employee_id, visited_on, Embedding(vector, switch.new_version), quality_score, similarity)
        for visited_on, vector, quality_score, similarity in session.execute(query.order_by(row.id))
    )


def waiting_vectors(session: Session, switch: EmbedderSwitch) -> tuple[Template, ...]:
    """Return everybody's vectors that wait, with whose visit each is from."""
    query = select(VisitEmbeddingRow.employee_id, VisitEmbeddingRow.vector)
    return tuple(Template(*row) for row in session.execute(query.where(VisitEmbeddingRow.switch_id == switch.id)))


def delete_visits(session: Session, employee_id: int, until_at: datetime | None = None) -> int:
    """Delete the visits of a person that wait, all or those that were stored up to a moment; return how many."""
    condition = [VisitEmbeddingRow.employee_id == employee_id]
    if until_at is not None:
        condition.append(VisitEmbeddingRow.created_at <= until_at)
    return changed_count(session, delete(VisitEmbeddingRow).where(*condition))


def delete_visits_before(session: Session, day: date) -> int:
    """Delete the visits of earlier days that still wait; return how many."""
    return changed_count(session, delete(VisitEmbeddingRow).where(VisitEmbeddingRow.visited_on < day))


def _switches(session: Session, query: Select[Any]) -> tuple[EmbedderSwitch, ...]:
    return tuple(_switch(row) for row in session.execute(query))


def _switch(row: Row[Any]) -> EmbedderSwitch:
    fields = dict(row._mapping)
    return EmbedderSwitch(**fields | {"state": SwitchState(fields["state"])})
