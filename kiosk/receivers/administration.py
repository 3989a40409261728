"""What an administrator does with receivers; each act is in the audit log."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from db import audit_log
from db.attendance_changes import latest_number
from db.feed_epochs import ensure_epoch, present_epoch
from db.receivers import (
    ReceiverFigures,
    StoredReceiver,
    add_receiver,
    find_receiver,
    list_receivers,
    receiver_figures,
    remove_receiver,
    set_options,
    set_paused,
    set_position,
)
from db.session import Database, Session
from kiosk.core.context import current_actor
from kiosk.errors import InvalidInput
from kiosk.receivers.factory import ReceiverFactory, read_options, require_known_secrets

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ReceiverAdministration:
    """For one thread; methods raise InvalidInput for what cannot be, StorageError, ConfigurationError."""

    def __init__(self, database: Database, factory: ReceiverFactory) -> None:
        self._database = database
        self._factory = factory
        self._local = factory.local

    def list(self) -> tuple[StoredReceiver, ...]:
        with self._database.reading() as session:
            return list_receivers(session)

    def figures(self) -> tuple[ReceiverFigures, ...]:
        """Return all receivers and how they are, by name."""
        with self._database.reading() as session:
            return receiver_figures(session)

    def waiting(self, stored: StoredReceiver) -> int:
        """Return how many changes a receiver has not had yet, at the most."""
        with self._database.reading() as session:
            return max(0, latest_number(session) - stored.position)

    def is_local(self, name: str) -> bool:
        """Whether this device delivers to it."""
        return self._local.has(name)

    def add(
        self, name: str, kind: str, options: Mapping[str, str], secrets: Mapping[str, str], after: int | None
    ) -> StoredReceiver:
        """Add a receiver that this device delivers to.

        after: the number of the last change that it is not told of; None for the latest one.
        """
        if not NAME.fullmatch(name):
            raise InvalidInput("a receiver's name consists of up to 40 small letters, digits and hyphens")
        checked = read_options(kind, options)
        require_known_secrets(kind, secrets)
        ensure_epoch(self._database)
        with self._database.transaction() as session:
            if find_receiver(session, name) is not None:
                raise InvalidInput(f"there is a receiver called {name} already; kiosk receivers list shows it")
            position = _checked_position(session, latest_number(session) if after is None else after)
            options_text, epoch = checked.model_dump_json(), present_epoch(session)
            add_receiver(session, name, kind=kind, options=options_text, position=position, epoch=epoch)
            stored = _found(session, name)
            self._local.add(name, secrets)
            try:
                self._factory.build(stored).close()
            except BaseException:
                self._local.remove(name)
                raise
            _note(session, "receiver_added", name, kind=kind, position=position)
            return stored

    def set(self, name: str, options: Mapping[str, str]) -> None:
        """Change some options of a receiver."""
        with self._database.transaction() as session:
            stored = _found(session, name)
            checked = read_options(stored.kind, {**json.loads(stored.options), **options})
            set_options(session, stored.id, checked.model_dump_json())
            _note(session, "receiver_changed", name, options=",".join(sorted(options)))

    def set_secrets(self, name: str, secrets: Mapping[str, str]) -> None:
        """Give this device secrets of a receiver, to which it then delivers."""
        with self._database.transaction() as session:
            stored = _found(session, name)
            require_known_secrets(stored.kind, secrets)
            kept = self._local.secrets_of(name)
            self._local.add(name, secrets)
            try:
                self._factory.build(stored).close()
            except BaseException:
                self._local.put(name, kept)
                raise
            _note(session, "receiver_changed", name, secrets=",".join(sorted(secrets)))

    def test(self, name: str) -> str:
        """Let a receiver try what it does; return what became of it. Raises DeliveryFailed as well."""
        with self._database.reading() as session:
            stored = _found(session, name)
        self._require_local(name)
        receiver = self._factory.build(stored)
        try:
            return receiver.test()
        finally:
            receiver.close()

    def pause(self, name: str) -> None:
        with self._database.transaction() as session:
            stored = _found(session, name)
            set_paused(session, stored.id, True, stored.epoch)
            _note(session, "receiver_paused", name)

    def resume(self, name: str) -> StoredReceiver:
        """Go on from where a receiver was, in this database, whatever paused it, and from this device."""
        ensure_epoch(self._database)
        with self._database.transaction() as session:
            stored = _found(session, name)
            set_paused(session, stored.id, False, present_epoch(session))
            latest = latest_number(session)
            if stored.position > latest:  # of a database that had come further than this one
                set_position(session, stored.id, latest, present_epoch(session))
            self._local.add(name, {})
            _note(session, "receiver_resumed", name)
            return _found(session, name)

    def replay(self, name: str, first: int) -> None:
        """Deliver again, or leave out: the next change that is delivered is that of the number first."""
        with self._database.transaction() as session:
            stored = _found(session, name)
            if stored.epoch != present_epoch(session):
                raise InvalidInput(
                    f"the database was restored or copied since; first run: kiosk receivers resume {name}"
                )
            position = _checked_position(session, first - 1)
            set_position(session, stored.id, position, stored.epoch)
            _note(session, "receiver_replayed", name, first=first)

    def remove(self, name: str) -> None:
        with self._database.transaction() as session:
            stored = _found(session, name)
            remove_receiver(session, stored.id)
            _note(session, "receiver_removed", name, kind=stored.kind)
        self._local.remove(name)

    def _require_local(self, name: str) -> None:
        if not self._local.has(name):
            raise InvalidInput(f"this device does not deliver to {name}; to let it, run: kiosk receivers resume {name}")


def _found(session: Session, name: str) -> StoredReceiver:
    if (stored := find_receiver(session, name)) is None:
        raise InvalidInput(f"there is no receiver called {name}; kiosk receivers list shows them")
    return stored


def _checked_position(session: Session, position: int) -> int:
    latest = latest_number(session)
    if not 0 <= position <= latest:
        raise InvalidInput(f"the changes' numbers go from 1 to {latest}")
    return position


def _note(session: Session, action: str, name: str, **details: str | int) -> None:
    audit_log.append(session, current_actor(), action, f"receiver:{name}", details)
