"""What a technician would check: each finding says what is, and when something is wrong, what to do next."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.session import Database
from db.templates import DatabaseTemplates
from kiosk import bootstrap
from kiosk.attendance.journal import FILE_NAME, read_counts
from kiosk.capture.open import find_camera, is_live
from kiosk.core.decision import strangers_named_a_year, thresholds
from kiosk.core.storage import MINIMUM_FREE_BYTES
from kiosk.errors import KioskError
from kiosk.settings import Settings

STRANGERS_A_DAY = 10  # visitors and deliveries at the door of an ordinary office


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """subject: what was looked at. sentence: how it is. next_step: what to do, None when nothing need be done."""

    subject: str
    level: Level
    sentence: str
    next_step: str | None = None


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the findings one by one; a check that fails does not keep the others from being made."""
    checks: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("data directory", _data_directory),
        ("models", _models),
        ("database", _database),
        ("journal", _journal),
        ("camera", _camera),
    )
    for subject, check in checks:
        try:
            yield from check(settings)
        except KioskError as error:
            yield Finding(subject, Level.FAILED, str(error))


def _data_directory(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        yield Finding("data directory", Level.WARNING, f"{folder} is not there yet", "it is made with the first run")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        step = f"give the kiosk's user the folder: chown -R USER {folder}"
        yield Finding("data directory", Level.FAILED, f"{folder} cannot be written to", step)
        return
    free_bytes = shutil.disk_usage(folder).free
    sentence = f"{folder}, {free_bytes / 1e9:.1f} GB free"
    if free_bytes < MINIMUM_FREE_BYTES:
        yield Finding("data directory", Level.WARNING, sentence, "make room: snapshots are no longer kept")
    else:
        yield Finding("data directory", Level.OK, sentence)


def _models(settings: Settings) -> Iterator[Finding]:
    store = bootstrap.model_store(settings)
    for model_id in (settings.detector, settings.embedder):
        problem = store.problem(store.find(model_id))
        if problem:
            yield Finding("models", Level.FAILED, problem, "run: kiosk models install")
        else:
            yield Finding("models", Level.OK, f"{model_id} is installed and whole")


def _database(settings: Settings) -> Iterator[Finding]:
    with bootstrap.opened_database(settings) as database:
        yield Finding("database", Level.OK, f"{database.description} answers, its tables are up to date")
        yield from _templates(settings, database)


def _templates(settings: Settings, database: Database) -> Iterator[Finding]:
    embedder = bootstrap.make_embedder(settings)
    templates = DatabaseTemplates(database)
    for person in templates.people_to_enroll(embedder.model_version):
        yield Finding(
            "templates",
            Level.WARNING,
            f"employee {person.employee_id} ({person.email}) is enrolled with another model and is not recognised",
            f"run: kiosk enroll --email {person.email} PHOTO…",
        )
    count = templates.count_by_version().get(embedder.model_version, 0)
    if not count:
        yield Finding("templates", Level.WARNING, "nobody is enrolled", "run: kiosk enroll --help")
        return
    tail = bootstrap.impostor_tail(settings, embedder)
    limits = thresholds(tail, settings.target_fpir, count)
    a_year = strangers_named_a_year(tail, limits.accept, count, STRANGERS_A_DAY)
    yield Finding(
        "threshold",
        Level.OK,
        f"with {count} templates a similarity of {limits.accept:.3f} is needed to be named: of {STRANGERS_A_DAY} "
        f"strangers a day, {_times_a_year(a_year)} would be taken for somebody; "
        f"from {limits.review:.3f} the person is asked for another look",
    )


def _times_a_year(times: float) -> str:
    if times >= 1.5:
        return f"about {times:.0f} a year"
    return "one a year" if times > 0.7 else f"one in {1 / times:.0f} years"


def _journal(settings: Settings) -> Iterator[Finding]:
    counts = read_counts(settings.data_dir / FILE_NAME)
    if counts.refused:
        step = "look for event.refused in the log; the events are kept in the journal"
        yield Finding("journal", Level.WARNING, f"{counts.refused} events were refused by the database", step)
    if counts.waiting:
        step = "they are written when the kiosk runs and the database answers"
        yield Finding("journal", Level.WARNING, f"{counts.waiting} events wait for the database", step)
    if not counts.refused and not counts.waiting:
        yield Finding("journal", Level.OK, "no event waits for the database")


def _camera(settings: Settings) -> Iterator[Finding]:
    if not is_live(settings.source):
        yield Finding("camera", Level.WARNING, f"the source is no camera: {settings.source}", "set KIOSK_SOURCE")
    elif not settings.source.isdecimal():
        yield Finding("camera", Level.OK, "the source is a stream or a named device; `kiosk run` tells how it is")
    elif camera := find_camera(settings):
        yield Finding("camera", Level.OK, f"{camera} gives a picture")
    else:
        step = "connect one, or name a stream with KIOSK_SOURCE; `kiosk cameras` lists what is there"
        yield Finding("camera", Level.WARNING, "there is no camera that gives a picture", step)
