"""Builds the nightly purge and the other housekeeping jobs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from db.employee_queries import portrait_paths
from db.session import Database
from kiosk.app.decision import build_decider
from kiosk.app.directory_pull import pull_directory
from kiosk.app.embedder_switch import tidy_switch
from kiosk.app.personal_data import build_eraser
from kiosk.app.question_count import ask_questions
from kiosk.app.storage import build_audit_anchor, build_portraits, build_snapshot_store
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.logger import log
from kiosk.core.storage import TemporaryPhotographs
from kiosk.domain.ports import Embedder
from kiosk.jobs import clock_watch
from kiosk.jobs.attendance_digest import digest_attendance, log_head
from kiosk.jobs.clock_watch import ClockWatch
from kiosk.jobs.purge import Purge
from kiosk.jobs.scheduler import Housekeeping
from kiosk.jobs.sweeper import SnapshotSweeper
from kiosk.recognition.gallery_check import check_gallery


def build_housekeeping(settings: Settings, database: Database, embedder: Embedder) -> Housekeeping:
    stopping, watch = threading.Event(), build_clock_watch(settings)
    return Housekeeping(
        purge=build_purge(settings, database, watch, stopping.is_set),
        watch=watch,
        digest_attendance=lambda: _digest_attendance(settings, database, stopping.is_set),
        pull_directory=lambda: pull_directory(settings, database),
        check_gallery=lambda: _check_gallery(settings, database, embedder),
        ask_questions=lambda: ask_questions(settings, database),
        update_audit_anchor=lambda: build_audit_anchor(settings).update(database),
        purge_at=settings.purge_at,
        zone=settings.zone,
        clock=SystemClock(),
        stopping=stopping,
    )


def _digest_attendance(settings: Settings, database: Database, stopping: Callable[[], bool]) -> None:
    digest_attendance(database, stopping)
    log_head(database)
    build_audit_anchor(settings).update(database)


def _check_gallery(settings: Settings, database: Database, embedder: Embedder) -> None:
    found = check_gallery(database, build_decider(settings, embedder), embedder.model_version)
    for one in found:
        log(
            logging.WARNING,
            "gallery.finding",
            kind=one.kind,
            employee_id=one.employee_id,
            other_id=one.other_id,
            template_id=one.template_id,
        )
    log(logging.INFO, "gallery.checked", findings=len(found))


def build_purge(settings: Settings, database: Database, watch: ClockWatch, stopping: Callable[[], bool]) -> Purge:
    """stopping: checked between deletions; True ends the purge early."""
    return Purge(
        database=database,
        store=build_snapshot_store(settings),
        sweeper=SnapshotSweeper(settings.data_dir, settings.zone, stopping),
        photographs=TemporaryPhotographs(settings.data_dir),
        erase=build_eraser(settings, database).erase,
        kiosk_id=settings.kiosk_id,
        snapshot_ttl=timedelta(days=settings.snapshot_ttl_days),
        decision_records_ttl=timedelta(days=settings.decision_record_days),
        inactive_templates_ttl=timedelta(days=settings.inactive_template_days),
        clock=SystemClock(),
        watch=watch,
        tidy_switch=lambda: tidy_switch(settings, database),
        sweep_portraits=lambda: build_portraits(settings).sweep(lambda: _portraits_named(database)),
    )


def build_clock_watch(settings: Settings) -> ClockWatch:
    return ClockWatch(settings.data_dir / clock_watch.FILE_NAME, SystemClock().now)


def _portraits_named(database: Database) -> tuple[str, ...]:
    with database.reading() as session:
        return portrait_paths(session)
