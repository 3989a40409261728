"""Builds the change from one embedder to another: at the door, where people are enrolled, and for the administrator."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from queue import Queue

from db.embedder_switches import open_switch
from db.session import Database
from kiosk.app.decision import build_decider
from kiosk.app.models import build_model_store, embedder_in_use
from kiosk.config.settings import Settings
from kiosk.core import systemd
from kiosk.core.clock import SystemClock
from kiosk.core.logger import log
from kiosk.core.worker import Worker
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CertaintyRule
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Embedder
from kiosk.errors import ConfigurationError, StorageError
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.recognition.switch_sync import LOOK_EVERY_S, SwitchSync
from kiosk.recognition.template_migration import TemplateMigration
from kiosk.recognition.visit_collector import ObservedVisit, VisitCollector
from kiosk.vision.catalogue import EmbedderModel

STOP_TIMEOUT_S = 5.0
MOST_WAITING = 50


class SecondEmbedder:
    """The embedder of which templates are kept beside those of the deciding one. For one thread at a time."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._looked_s = float("-inf")
        self._loaded: tuple[str, Embedder] | None = None
        self._wanted: str | None = None

    def __call__(self) -> Embedder | None:
        """Return it; None while the office does not change its embedder, or this device lacks it.

        Raises StorageError.
        """
        if time.monotonic() - self._looked_s >= LOOK_EVERY_S:
            with self._database.reading() as session:
                switch = open_switch(session)
            self._wanted = None if switch is None else switch.second_model
            self._looked_s = time.monotonic()
        if self._wanted is None:
            self._loaded = None
        elif self._loaded is None or self._loaded[0] != self._wanted:
            self._loaded = self._load(self._wanted)
        return None if self._loaded is None else self._loaded[1]

    def _load(self, model_id: str) -> tuple[str, Embedder] | None:
        try:
            return model_id, build_model_store(self._settings).open_embedder(model_id, self._settings.threads)
        except ConfigurationError as error:
            self._wanted = None  # asked for again when it is looked next
            log(logging.WARNING, "switch.embedder_missing", model=model_id, reason=error)
            return None


def build_switch_sync(
    settings: Settings,
    database: Database,
    running: Embedder,
    decider: Decider,
    gallery: Callable[[], Gallery],
) -> SwitchSync:
    """Build what follows a change at the door; running: the embedder that recognises people there."""
    visits: Queue[ObservedVisit] = Queue(MOST_WAITING)
    collector = VisitCollector(
        CertaintyRule(decider), lambda present: decider.thresholds(present).accept, gallery, visits
    )
    return SwitchSync(
        database,
        collector if settings.templates_from_visits else None,
        visits,
        build_model_store(settings).open_embedder,
        lambda embedder: TemplateMigration(database, build_decider(settings, embedder), settings.templates_per_person),
        zone=settings.zone,
        clock=SystemClock(),
        configured_model=settings.embedder,
        running_model=model_id_of(settings, running),
        on_other_decides=partial(change_to, settings),
    )


def model_id_of(settings: Settings, embedder: Embedder) -> str:
    """Return the id in the catalogue of a loaded embedder."""
    models = build_model_store(settings).models
    versions = {model.model_version: model.id for model in models if isinstance(model, EmbedderModel)}
    return versions[embedder.model_version]


def start_switch(settings: Settings, database: Database, model_id: str) -> None:
    """Begin the change to another embedder, which has to be installed and sound. Raises ConfigurationError."""
    store = build_model_store(settings)
    new = store.open_embedder(model_id)
    new.check()
    old_id = embedder_in_use(settings)
    old = store.open_embedder(old_id)
    EmbedderSwitches(database).start((old_id, old.model_version), (model_id, new.model_version))


def tidy_switch(settings: Settings, database: Database) -> None:
    """Delete visits that have waited too long, and the old templates when the way back is over."""
    switches = EmbedderSwitches(database)
    switches.purge_visits()
    switches.close(SystemClock().now() - timedelta(days=settings.old_template_days))


@contextmanager
def restarted_for_other_embedder(settings: Settings, running: Embedder, database: Database) -> Iterator[None]:
    """While the block runs, start the service anew once another embedder than the running one is to decide."""
    switches, told_of = EmbedderSwitches(database), model_id_of(settings, running)

    def look() -> bool:
        nonlocal told_of
        if worker.wait(LOOK_EVERY_S):
            return False
        with suppress(StorageError, ConfigurationError):
            deciding = switches.deciding(settings.embedder)
            if deciding is not None and deciding != told_of:
                told_of = deciding
                change_to(settings, deciding)
        return True

    worker = Worker("switch", look)
    worker.start()
    try:
        yield
    finally:
        worker.stop(STOP_TIMEOUT_S)


def change_to(settings: Settings, model_id: str) -> None:
    """End a service, which systemd starts anew with the embedder that decides now; elsewhere say that it is due."""
    store = build_model_store(settings)
    if not store.is_installed(store.find(model_id)):
        log(logging.ERROR, "switch.embedder_missing", model=model_id, reason="it is to decide and is not installed")
    elif systemd.is_service():
        log(logging.INFO, "switch.restarting", model=model_id)
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        log(logging.WARNING, "switch.restart_needed", model=model_id)
