"""Shares last sightings with other doors by the database, and keeps them over a restart."""

from __future__ import annotations

from datetime import timedelta

from db.session import Database
from db.sightings import delete_sightings, list_sightings, save_sightings
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.domain.ports import Clock

SAVE_EVERY_S = 20.0
DELETE_EVERY_S = 3600.0
SIGHTINGS_KEPT = timedelta(days=35)
"""Until a month is closed, a missing exit may be asked about; then sightings are deleted."""
SHARED_FOR = timedelta(hours=1)


class SightingSync:
    """For one thread at a time.

    Args:
        database: of the office.
        attendance: of this door.
        clock: the machine's.
    """

    def __init__(self, database: Database, attendance: EventRegistrar, clock: Clock) -> None:
        self._database = database
        self._attendance = attendance
        self._clock = clock
        self._save_due_s = self._delete_due_s = float("-inf")

    def follow(self) -> None:
        """Write what was seen here and read what was seen elsewhere, if it is time. Raises StorageError."""
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        if now_s < self._save_due_s:
            return
        self._save_due_s = now_s + SAVE_EVERY_S
        with self._database.reading() as session:
            self._attendance.take_over_sightings(list_sightings(session, now - SHARED_FOR))
        unsaved = self._attendance.unsaved_sightings()
        if not unsaved and now_s < self._delete_due_s:
            return
        with self._database.transaction() as session:
            save_sightings(session, unsaved)
            if now_s >= self._delete_due_s:
                delete_sightings(session, now - SIGHTINGS_KEPT)
                self._delete_due_s = now_s + DELETE_EVERY_S
        self._attendance.mark_sightings_saved(unsaved)
