"""The nightly purge: deletes what has been kept as long as allowed, whatever else is out of order."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from db.database_file import replaced_log
from db.decision_records import delete_decision_records
from db.session import Database
from db.snapshot_paths import clear_photo_paths, clear_photo_paths_before, snapshots_of_the_faceless
from db.stored_answers import purge_answers
from db.templates import inactive_people_with_templates
from kiosk.core.context import acting_as
from kiosk.core.logger import log
from kiosk.core.storage import MINIMUM_FREE_BYTES, SnapshotStore, TemporaryPhotographs
from kiosk.core.temp_dirs import sweep_temp_dirs
from kiosk.domain.ports import Clock
from kiosk.errors import KioskError
from kiosk.jobs.clock_watch import ClockWatch
from kiosk.jobs.sweeper import SnapshotSweeper, SweepResult

ACTOR = "purge"
LONGEST_TTL = timedelta(days=7)
"""No device keeps a snapshot longer, whatever its settings."""

# Snapshots stop being taken below the minimum; well before that the oldest ones go.
ENOUGH_FREE_BYTES = 2 * MINIMUM_FREE_BYTES


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What was deleted, or in a dry run would be.

    Attributes:
        snapshots: number of files.
        photographs: number of temporary files.
        rows: attendance rows that no longer name a snapshot.
        people: whose templates were erased.
        faults: a sentence for each thing that failed; it is tried again.
    """

    snapshots: int
    photographs: int
    rows: int
    people: tuple[int, ...]
    faults: tuple[str, ...]


class Purge:
    """For one thread. Files are deleted also while the database is away; its rows follow when it is back."""

    def __init__(
        self,
        *,
        database: Database,
        store: SnapshotStore,
        sweeper: SnapshotSweeper,
        photographs: TemporaryPhotographs,
        erase: Callable[[int], object],
        kiosk_id: str,
        snapshot_ttl: timedelta,
        inactive_templates_ttl: timedelta,
        decision_records_ttl: timedelta,
        clock: Clock,
        watch: ClockWatch,
        sweep_portraits: Callable[[], object] = lambda: None,
        tidy_switch: Callable[[], object] = lambda: None,
    ) -> None:
        """Collaborators and limits.

        Args:
            database: of the rows.
            store: of the snapshots.
            sweeper: deletes snapshots by their age.
            photographs: temporary ones.
            erase: takes the number of a person and erases their face.
            kiosk_id: of this device.
            snapshot_ttl: how long snapshots are kept.
            inactive_templates_ttl: how long templates of inactive people are kept.
            decision_records_ttl: how long the numbers behind decisions are kept.
            clock: the time.
            watch: tells whether the clock can be trusted.
            sweep_portraits: deletes portraits that no row names.
            tidy_switch: deletes what a change of the embedder no longer needs.
        """
        self._database = database
        self._store = store
        self._sweeper = sweeper
        self._photographs = photographs
        self._erase = erase
        self._kiosk_id = kiosk_id
        self._snapshot_ttl = snapshot_ttl
        self._inactive_templates_ttl = inactive_templates_ttl
        self._decision_records_ttl = decision_records_ttl
        self._clock = clock
        self._watch = watch
        self._sweep_portraits = sweep_portraits
        self._tidy_switch = tidy_switch
        self._faults: list[str] = []
        self._rows = 0

    def run(self, dry_run: bool = False, trust_clock: bool = False) -> PurgeReport:
        """Delete everything that is too old; never raises for what a disk, a file or the database refuses."""
        self._faults, self._rows = [], 0
        now, believed = self._clock.now(), self._watch.is_trustworthy() or trust_clock
        photographs = 0 if dry_run else self._photographs.sweep()
        if not dry_run:
            sweep_temp_dirs(self._store.data_dir)
        swept, people = SweepResult(0, 0), tuple[int, ...]()
        if believed:
            swept = self._sweeper.expire(now, self._snapshot_ttl, self._clear_rows, dry_run)
            people = self._erase_inactive(now - self._inactive_templates_ttl, dry_run)
        else:
            self._faults.append("the clock has jumped; before it has run evenly for six hours no age is believed")
        if believed and not dry_run:
            self._clear_old_rows(now)
            self._delete_replaced_log(now)
            with self._faults_collected():
                self._tidy_switch()
        if not dry_run:
            self._delete_snapshots_of_erased()
            self._forget_answers()
        if swept.failed:
            self._faults.append(f"{swept.failed} file(s) or folder(s) could not be worked on; the log names them")
        if not (dry_run or self._faults or self._sweeper.stopping()):
            self._watch.record_purge(now)
        report = PurgeReport(swept.deleted, photographs, self._rows, people, tuple(self._faults))
        _log(report, dry_run)
        return report

    def expire_snapshots(self) -> None:
        """Delete snapshots on the hour that they become too old, and not only in the night after."""
        self._faults = []
        if self._watch.is_trustworthy():
            self._sweeper.expire(self._clock.now(), self._snapshot_ttl, self._clear_rows)

    def tidy_up(self) -> None:
        """Do what cannot wait for the night: free disk space, and delete what crashes and erased people have left."""
        self._faults = []
        self._photographs.sweep()
        sweep_temp_dirs(self._store.data_dir)
        if not self._has_room():
            # Recognition goes on without snapshots rather than stopping.
            swept = self._sweeper.make_room(self._has_room, self._clear_rows)
            log(logging.WARNING, "snapshots.made_room", deleted=swept.deleted)
        self._delete_snapshots_of_erased()

    def _delete_snapshots_of_erased(self) -> None:
        """Delete this device's snapshots and portraits of people erased elsewhere, or while something was written."""
        with self._faults_collected():
            self._sweep_portraits()
        with self._faults_collected():
            with self._database.reading() as session:
                snapshots = snapshots_of_the_faceless(session, self._kiosk_id)
            gone = [snapshot.trace_id for snapshot in snapshots if self._is_gone(snapshot.photo_path)]
            if gone:
                with self._database.transaction() as session:
                    self._rows += clear_photo_paths(session, gone)
                log(logging.INFO, "snapshots.of_erased_deleted", count=len(gone))

    def _is_gone(self, photo_path: str) -> bool:
        try:
            self._store.delete(photo_path)
        except OSError as error:
            self._faults.append(f"{photo_path} could not be deleted: {error.strerror}")
            return False
        return True

    def _erase_inactive(self, inactive_since_at: datetime, dry_run: bool) -> tuple[int, ...]:
        with self._faults_collected():
            with self._database.reading() as session:
                people = inactive_people_with_templates(session, inactive_since_at)
            for employee_id in () if dry_run else people:
                with acting_as(ACTOR):
                    self._erase(employee_id)
            return people
        return ()

    def _clear_rows(self, names: Sequence[str]) -> None:
        """Clear the deleted files' names from their rows; what fails now is repeated at night."""
        trace_ids = [trace_id for name in names if (trace_id := _trace_id(name)) is not None]
        with self._faults_collected(), self._database.transaction() as session:
            self._rows += clear_photo_paths(session, trace_ids)

    def _clear_old_rows(self, now: datetime) -> None:
        with self._faults_collected(), self._database.transaction() as session:
            self._rows += clear_photo_paths_before(session, self._kiosk_id, now - self._snapshot_ttl, now - LONGEST_TTL)
            delete_decision_records(session, now - self._decision_records_ttl)

    def _delete_replaced_log(self, now: datetime) -> None:
        """Delete the log of a database that was overwritten: it holds faces, and nobody has asked for it for long."""
        if self._database.file_path is None:
            return
        log_path = replaced_log(self._database.file_path)
        try:
            if log_path.stat().st_mtime < (now - LONGEST_TTL).timestamp():
                log_path.unlink()
                log(logging.INFO, "database.replaced_log_deleted", path=log_path)
        except FileNotFoundError:
            return
        except OSError as error:
            self._faults.append(f"{log_path} could not be deleted: {error.strerror}")

    def _forget_answers(self) -> None:
        """Delete what requests with an Idempotency-Key were answered; the database's own clock says how old it is."""
        with self._faults_collected(), self._database.transaction() as session:
            purge_answers(session)

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self._sweeper.data_dir).free >= ENOUGH_FREE_BYTES
        except OSError:
            return True

    @contextmanager
    def _faults_collected(self) -> Iterator[None]:
        try:
            yield
        except KioskError as error:
            self._faults.append(str(error))


def _log(report: PurgeReport, dry_run: bool) -> None:
    log(
        logging.INFO,
        "purge.dry_run" if dry_run else "purge.done",
        snapshots=report.snapshots,
        photographs=report.photographs,
        rows=report.rows,
        people=len(report.people),
    )
    for fault in report.faults:
        log(logging.WARNING, "purge.fault", reason=fault)


def _trace_id(name: str) -> UUID | None:
    try:
        return UUID(name.partition(".")[0])
    except ValueError:
        return None
