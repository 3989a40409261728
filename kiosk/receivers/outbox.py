"""The durable outbox: the table of changes, and in it the place up to which each receiver has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from db.feed import read_page
from db.feed_epochs import ensure_epoch
from db.receivers import (
    StoredReceiver,
    advance,
    find_receiver,
    hold_receivers,
    list_receivers,
    note_failure,
    pause_failed,
    release_receivers,
)
from db.session import Database
from kiosk.domain.attendance_log import FeedPage

HELD_FOR = timedelta(seconds=60)
"""How long a device that has died keeps others from delivering in its place."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be delivered to a receiver."""

    receiver: StoredReceiver
    page: FeedPage


class Outbox:
    """For any thread; each method is one transaction, and raises StorageError.

    holder: the device that delivers.
    """

    def __init__(self, database: Database, holder: UUID) -> None:
        self._database = database
        self._holder = holder

    def ensure_epoch(self) -> UUID:
        return ensure_epoch(self._database)

    def receivers(self) -> tuple[StoredReceiver, ...]:
        with self._database.reading() as session:
            return list_receivers(session)

    def hold(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Return to which of these receivers this device alone may deliver during the next HELD_FOR."""
        with self._database.transaction() as session:
            return hold_receivers(session, self._holder, HELD_FOR, tuple(ids))

    def release(self) -> None:
        """Let another device go on at once."""
        with self._database.transaction() as session:
            release_receivers(session, self._holder)

    def find(self, name: str) -> StoredReceiver | None:
        with self._database.reading() as session:
            return find_receiver(session, name)

    def waiting(self, name: str, limit: int) -> Waiting | None:
        """Return a receiver and what it has not had yet, the lowest number first; None when it was removed."""
        with self._database.reading() as session:
            receiver = find_receiver(session, name)
            return None if receiver is None else Waiting(receiver, read_page(session, receiver.position, limit))

    def advance(self, receiver: StoredReceiver, position: int) -> bool:
        """Note what was delivered; False if the position was set anew, or another device delivers, meanwhile."""
        with self._database.transaction() as session:
            return advance(session, receiver, self._holder, position)

    def note_failure(self, receiver: StoredReceiver, code: str, retry_in: timedelta) -> None:
        with self._database.transaction() as session:
            note_failure(session, receiver, self._holder, code, retry_in)

    def pause(self, receiver: StoredReceiver, code: str) -> None:
        """Deliver no more until somebody resumes the receiver."""
        with self._database.transaction() as session:
            pause_failed(session, receiver, code)
