"""Which run of numbers the feeds of a database belong to: a restored or copied database begins another one."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from db.session import Database, sqlite_path
from db.tables import FeedEpochRow
from db.types import utc_now

MACHINE_ID = Path("/etc/machine-id")
MAY_ASK_SYSTEM = "SELECT has_function_privilege('pg_control_system()', 'execute')"
SYSTEM = "SELECT system_identifier FROM pg_control_system()"
DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"


def ensure_epoch(database: Database) -> UUID:
    """Return the epoch of a database, a new one if it was copied to where it is now.

    A copy is told by its place: another file or another machine, another PostgreSQL server or database on it. A
    replica that takes over goes on. What cannot be told is a copy of a whole machine's disk. Raises StorageError.
    """
    with database.reading() as session:
        row = session.scalars(select(FeedEpochRow)).one_or_none()
        if row is not None and row.place == _place(session):
            return row.epoch
    with database.transaction() as session:
        place = _place(session)
        row = session.scalars(select(FeedEpochRow).with_for_update()).one_or_none()
        if row is None or row.place not in (None, place):
            return begin_epoch(session, place)
        row.place = place  # None: the database is where its epoch began
        return row.epoch


def begin_epoch(session: Session, place: str | None = None) -> UUID:
    """Begin a new epoch, for numbers may have been given before; return it.

    place: of the database; None to take the one where it is next looked at.
    """
    epoch = uuid4()
    changed = update(FeedEpochRow).values(epoch=epoch, place=place, began_at=utc_now())
    if session.scalar(changed.returning(FeedEpochRow.id)) is None:
        session.execute(insert(FeedEpochRow).values(id=1, epoch=epoch, place=place))
    return epoch


def present_epoch(session: Session) -> UUID:
    """Return the epoch, which ensure_epoch has looked at before, within the caller's transaction."""
    return session.scalars(select(FeedEpochRow.epoch)).one()


def _place(session: Session) -> str:
    path = sqlite_path(str(session.get_bind().engine.url.render_as_string(hide_password=False)))
    if path is not None:
        machine = MACHINE_ID.read_text(encoding="ascii").strip() if MACHINE_ID.is_file() else ""
        return f"{machine}/{path.stat().st_ino}"
    system = session.scalar(text(SYSTEM)) if session.scalar(text(MAY_ASK_SYSTEM)) else ""
    return f"{system}/{session.scalar(text(DATABASE))}"
