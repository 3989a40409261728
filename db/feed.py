"""The change feed: the numbered changes of the attendance, each with its event as it is now."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.attendance_changes import changes_after, latest_number
from db.change_listener import ChangeListener
from db.feed_epochs import present_epoch
from db.log_entries import READ_AT_ONCE, entries_of
from db.models import EmployeeRow
from db.session import Database
from db.tables import AttendanceChangeRow
from kiosk.domain.attendance_log import FeedEntry, FeedPage

CHANNEL = "kiosk_attendance"
"""PostgreSQL's channel for a notification at each commit that changed the attendance."""


def read_page(session: Session, after: int, limit: int) -> FeedPage:
    """Return the entries after a number, within a transaction that sees one moment.

    Args:
        session: the caller's; db.feed_epochs.ensure_epoch has looked at the database before.
        after: the number of the last entry that is known; 0 for none.
        limit: how many entries to return at the most; READ_AT_ONCE is the most.
    """
    epoch = present_epoch(session)
    changes = changes_after(session, after, min(limit, READ_AT_ONCE))
    events = entries_of(session, {change.trace_id for change in changes})
    people = {event.employee_id for event in events.values()} - {None}
    of_people = select(EmployeeRow.id, EmployeeRow.external_id).where(EmployeeRow.id.in_(people))
    external_ids = {number: external_id for number, external_id in session.execute(of_people)}
    entries = []
    for change in changes:
        event = events.get(change.trace_id)
        external_id = None if event is None or event.employee_id is None else external_ids.get(event.employee_id)
        entries.append(FeedEntry(epoch, change, event, external_id))
    return FeedPage(epoch, tuple(entries), latest_number(session))


def first_number(session: Session) -> int:
    """Return the lowest number that the feed still has; 1 when it has none."""
    return session.scalar(select(func.min(AttendanceChangeRow.id))) or 1


class FeedSignal:
    """Waits until the attendance has changed. For one thread.

    PostgreSQL notifies; a SQLite database is asked for its latest number.
    """

    LOOK_EVERY_S = 0.25

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listener = ChangeListener(database, CHANNEL)
        self._latest: int | None = None

    def wait(self, timeout_s: float) -> bool:
        """Return whether something may have changed, as soon as it has; raises as ChangeListener.wait."""
        if self._database.engine.dialect.name == "postgresql":
            return self._listener.wait(timeout_s)
        self._listener.wait(min(timeout_s, self.LOOK_EVERY_S))
        with self._database.reading() as session:
            latest, before = latest_number(session), self._latest
        self._latest = latest
        return latest != before

    def close(self) -> None:
        """Close the connection; harmless when called twice."""
        self._listener.close()
