"""What the list of employees tells of each beside their name, within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import EmbeddingRow
from db.tables import CredentialRow


@dataclass(frozen=True, slots=True)
class TemplateCount:
    """usable: templates of the model that was asked for. outdated: those of others, no match for it."""

    usable: int = 0
    outdated: int = 0


def template_counts(session: Session, model_version: str, employee_id: int | None = None) -> dict[int, TemplateCount]:
    """Return how many templates everybody has, or one person; who has none is left out."""
    usable = func.count().filter(EmbeddingRow.model_version == model_version)
    query = select(EmbeddingRow.employee_id, usable, func.count()).group_by(EmbeddingRow.employee_id)
    if employee_id is not None:
        query = query.where(EmbeddingRow.employee_id == employee_id)
    return {person: TemplateCount(count, total - count) for person, count, total in session.execute(query)}


def personal_numbers(session: Session, employee_id: int | None = None) -> dict[int, str]:
    """Return the personal number of everybody who has a PIN, or of one person."""
    query = select(CredentialRow.employee_id, CredentialRow.name).where(
        CredentialRow.kind == "pin", CredentialRow.revoked_at.is_(None), CredentialRow.employee_id.is_not(None)
    )
    if employee_id is not None:
        query = query.where(CredentialRow.employee_id == employee_id)
    return {person: number for person, number in session.execute(query) if person is not None}
