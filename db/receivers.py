"""Receivers of changes, and how far each has come; all functions run within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from db.attendance_changes import latest_number
from db.session import changed_count, database_now
from db.tables import ReceiverRow


@dataclass(frozen=True, slots=True)
class StoredReceiver:
    """A receiver as it stands in the database; see ReceiverRow."""

    id: int
    name: str
    kind: str
    options: str
    position: int
    epoch: UUID
    is_paused: bool
    error: str | None
    failing_since: datetime | None
    retry_at: datetime | None
    failure_count: int
    delivered_at: datetime | None
    holder: UUID | None
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiverFigures:
    """A receiver, and how it is.

    Attributes:
        receiver: as it is stored.
        waiting: how many changes it has not had yet, at the most.
        is_well: a device delivers to it, and the last attempt did not fail.
    """

    receiver: StoredReceiver
    waiting: int
    is_well: bool


_COLUMNS = tuple(getattr(ReceiverRow, name) for name in StoredReceiver.__dataclass_fields__)


def list_receivers(session: Session) -> tuple[StoredReceiver, ...]:
    """Return all receivers by name."""
    return tuple(StoredReceiver(*row) for row in session.execute(select(*_COLUMNS).order_by(ReceiverRow.name)))


def receiver_figures(session: Session) -> tuple[ReceiverFigures, ...]:
    """Return how all receivers are, by name."""
    latest, now = latest_number(session), database_now(session)
    return tuple(
        ReceiverFigures(
            one,
            max(0, latest - one.position),
            not one.is_paused and one.error is None and one.held_until is not None and one.held_until > now,
        )
        for one in list_receivers(session)
    )


def find_receiver(session: Session, name: str) -> StoredReceiver | None:
    row = session.execute(select(*_COLUMNS).where(ReceiverRow.name == name)).one_or_none()
    return None if row is None else StoredReceiver(*row)


def add_receiver(session: Session, name: str, *, kind: str, options: str, position: int, epoch: UUID) -> None:
    row = {"name": name, "kind": kind, "options": options, "position": position, "epoch": epoch}
    session.execute(insert(ReceiverRow).values(**row))


def remove_receiver(session: Session, receiver_id: int) -> None:
    session.execute(delete(ReceiverRow).where(ReceiverRow.id == receiver_id))


def set_options(session: Session, receiver_id: int, options: str) -> None:
    session.execute(update(ReceiverRow).where(ReceiverRow.id == receiver_id).values(options=options))


def set_paused(session: Session, receiver_id: int, is_paused: bool, epoch: UUID) -> None:
    """Pause a receiver, or go on with it in the present epoch; what failed before counts no more."""
    values = {"is_paused": is_paused, "epoch": epoch, "error": None, "failing_since": None, "retry_at": None}
    session.execute(update(ReceiverRow).where(ReceiverRow.id == receiver_id).values(**values))


def set_position(session: Session, receiver_id: int, position: int, epoch: UUID) -> None:
    """Let a receiver go on from another number."""
    values = {"position": position, "epoch": epoch, "retry_at": None}
    session.execute(update(ReceiverRow).where(ReceiverRow.id == receiver_id).values(**values))


def hold_receivers(session: Session, holder: UUID, for_: timedelta, ids: tuple[int, ...]) -> tuple[int, ...]:
    """Let a device alone deliver to receivers that no other one holds; return which of them it holds now."""
    now = database_now(session)
    is_free = or_(
        ReceiverRow.holder.is_(None), ReceiverRow.holder == holder, func.coalesce(ReceiverRow.held_until, now) <= now
    )
    taken = update(ReceiverRow).where(ReceiverRow.id.in_(ids), is_free).values(holder=holder, held_until=now + for_)
    return tuple(session.scalars(taken.returning(ReceiverRow.id)))


def release_receivers(session: Session, holder: UUID) -> None:
    session.execute(update(ReceiverRow).where(ReceiverRow.holder == holder).values(holder=None, held_until=None))


def advance(session: Session, receiver: StoredReceiver, holder: UUID, position: int) -> bool:
    """Note what a receiver has taken; False when its position was changed, or another device holds it, meanwhile."""
    values = {
        "position": position,
        "delivered_at": database_now(session),
        "error": None,
        "failing_since": None,
        "retry_at": None,
    }
    return _changed(session, receiver, holder, values)


def note_failure(session: Session, receiver: StoredReceiver, holder: UUID, error: str, retry_in: timedelta) -> bool:
    """Note that an attempt failed, and when there will be another one; returns as advance does."""
    now = database_now(session)
    values = {
        "error": error,
        "failing_since": func.coalesce(ReceiverRow.failing_since, now),
        "retry_at": now + retry_in,
        "failure_count": ReceiverRow.failure_count + 1,
    }
    return _changed(session, receiver, holder, values)


def pause_failed(session: Session, receiver: StoredReceiver, error: str) -> None:
    """Pause a receiver because going on would be wrong; error says why."""
    values = {"is_paused": True, "error": error, "failing_since": database_now(session), "retry_at": None}
    session.execute(update(ReceiverRow).where(ReceiverRow.id == receiver.id).values(**values))


def _changed(session: Session, receiver: StoredReceiver, holder: UUID, values: dict[str, object]) -> bool:
    same = (
        ReceiverRow.id == receiver.id,
        ReceiverRow.holder == holder,
        ReceiverRow.position == receiver.position,
        ReceiverRow.epoch == receiver.epoch,
    )
    return changed_count(session, update(ReceiverRow).where(*same).values(**values)) == 1
