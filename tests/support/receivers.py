"""Receivers for tests: set up as an administrator does, and delivered to by a real Deliverer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.feed import FeedSignal
from db.receivers import StoredReceiver
from db.session import Database
from kiosk.core.clock import SystemClock
from kiosk.domain.types import AttendanceEvent
from kiosk.receivers import deliverer, delivery
from kiosk.receivers.administration import ReceiverAdministration
from kiosk.receivers.deliverer import Deliverer
from kiosk.receivers.factory import ReceiverFactory
from kiosk.receivers.local_receivers import LocalReceivers
from kiosk.receivers.outbox import Outbox
from support.receiver_context import STAYS, well

PATIENCE_S = 20.0


@dataclass(frozen=True)
class ReceivingOffice:
    """A device with its receivers. device_id: of the device."""

    database: Database
    factory: ReceiverFactory
    device_id: UUID

    @property
    def receivers(self) -> ReceiverAdministration:
        return ReceiverAdministration(self.database, self.factory)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.database, self.device_id)

    def add(self, name: str, kind: str, secrets: Mapping[str, str] | None = None, **options: object) -> None:
        """Add a receiver that is told of everything from the beginning."""
        self.receivers.add(name, kind, {key: str(value) for key, value in options.items()}, secrets or {}, 0)

    def record(self, *events: AttendanceEvent) -> None:
        DatabaseAttendanceLog(self.database).record(events)

    def stored(self, name: str) -> StoredReceiver:
        return next(one for one in self.receivers.list() if one.name == name)

    @contextmanager
    def delivering(self) -> Iterator[Deliverer]:
        """Deliver in the background for as long as the block runs."""
        running = Deliverer(self.outbox, FeedSignal(self.database), self.factory, SystemClock())
        thread = Thread(target=running.run)
        thread.start()
        try:
            yield running
        finally:
            running.request_stop()
            thread.join()


def receiving_office(database: Database, folder: Path) -> ReceivingOffice:
    """folder: where the device keeps what belongs to receivers."""
    factory = ReceiverFactory(LocalReceivers(folder), database, "door", STAYS, SystemClock(), well)
    return ReceivingOffice(database, factory, uuid4())


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again, and look for what an administrator has done, at once."""
    monkeypatch.setattr(delivery, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(delivery, "FIRST_RETRY_S", 0.05)
    monkeypatch.setattr(deliverer, "LOOK_EVERY_S", 0.1)


def wait_until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until a condition holds. Raises AssertionError, which says what it is."""
    ends_s = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < ends_s, f"not within {patience_s} s: {what}"
        time.sleep(0.02)


def numbers(records: Sequence[Mapping[str, object]]) -> list[int]:
    return [int(str(record["number"])) for record in records]
