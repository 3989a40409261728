"""Follows a change to another embedder at a door: embeds the certain visits, and notices which network decides."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
from zoneinfo import ZoneInfo

import numpy as np

from db.embedder_switches import list_switches, open_switch, people_in_switch
from db.session import Database
from kiosk.core.logger import log
from kiosk.domain.embedder_switch import CertainVisit, EmbedderSwitch, SwitchState, model_after
from kiosk.domain.ports import Clock, Embedder
from kiosk.domain.types import Embedding, Image
from kiosk.errors import ConfigurationError, StorageError
from kiosk.recognition.embedder_switches import SwitchProgress
from kiosk.recognition.template_migration import TemplateMigration
from kiosk.recognition.visit_collector import ObservedVisit, VisitCollector

LOOK_EVERY_S = 10.0
WAIT_S = 0.5
LOWEST_PRIORITY = 19


class SwitchSync:
    """A Worker repeats step(); visits come in on the recognition thread.

    Args:
        database: of the office.
        collector: of the visits at this door; None where the office wants no templates made of them.
        visits: that the collector has found.
        open_embedder: loads the embedder with this id. Raises ConfigurationError.
        build_migration: returns what stores visits of an embedder.
        zone: of the office's days.
        clock: monotonic seconds.
        configured_model: id of the embedder that the settings name; None where they name none.
        running_model: id of the one that this process recognises people with.
        on_other_decides: is called with the id of the one that is to decide, once, when it is another.
    """

    def __init__(
        self,
        database: Database,
        collector: VisitCollector | None,
        visits: Queue[ObservedVisit],
        open_embedder: Callable[[str], Embedder],
        build_migration: Callable[[Embedder], TemplateMigration],
        *,
        zone: ZoneInfo,
        clock: Clock,
        configured_model: str | None,
        running_model: str,
        on_other_decides: Callable[[str], None],
    ) -> None:
        self._database = database
        self._open_embedder = open_embedder
        self._build_migration = build_migration
        self.collector = collector
        self._visits = visits
        self._zone = zone
        self._clock = clock
        self._configured_model = configured_model
        self._on_other_decides = on_other_decides
        self.running_model = self._told_of = running_model
        self._visit: ObservedVisit | None = None
        self._looked_s = float("-inf")
        self._embedder: Embedder | None = None
        self._migration: TemplateMigration | None = None
        self._failed_model: str | None = None
        self.progress: SwitchProgress | None = None

    def step(self) -> bool:
        """Wait for a visit, half a second at most, and store it; now and then look how far the change is."""
        if self._visit is None:
            with suppress(Empty):
                self._visit = self._visits.get(timeout=WAIT_S)
        try:
            if self._clock.monotonic_s() - self._looked_s >= LOOK_EVERY_S:
                self._look()
            self._store_next()
        except (StorageError, ConfigurationError) as error:
            log(logging.WARNING, "switch.not_following", reason=error)
            self._looked_s = self._clock.monotonic_s()
            time.sleep(WAIT_S)
        return True

    def _look(self) -> None:
        if self._looked_s == float("-inf"):  # frames go first: on Linux each thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST_PRIORITY)
        self._looked_s = self._clock.monotonic_s()
        with self._database.reading() as session:
            switch = open_switch(session)
            self.progress = None if switch is None else SwitchProgress(switch, people_in_switch(session, switch))
            deciding = model_after(self._configured_model, list_switches(session))
        self._collect_for(None if self.collector is None else switch)
        if deciding is not None and deciding != self._told_of:
            self._told_of = deciding
            self._on_other_decides(deciding)

    def _collect_for(self, switch: EmbedderSwitch | None) -> None:
        """Load the new embedder while visits are wanted, and let it go afterwards."""
        if switch is None or switch.state is not SwitchState.GATHERING:
            self._embedder = self._migration = self._failed_model = None
        elif self._embedder is None or self._embedder.model_version != switch.new_version:
            self._embedder = self._load(switch)
            self._migration = None if self._embedder is None else self._build_migration(self._embedder)
        if self.collector is not None:
            self.collector.alignment = None if self._embedder is None else self._embedder.alignment

    def _load(self, switch: EmbedderSwitch) -> Embedder | None:
        """Return the new embedder; None, with one line in the log, while it is not installed as the change needs it."""
        try:
            embedder = self._open_embedder(switch.new_model)
            reason = None if embedder.model_version == switch.new_version else "another version of it is installed"
        except ConfigurationError as error:
            embedder, reason = None, str(error)
        if reason is None:
            return embedder
        if self._failed_model != switch.new_model:
            self._failed_model = switch.new_model
            log(logging.WARNING, "switch.embedder_missing", model=switch.new_model, reason=reason)
        return None

    def _store_next(self) -> None:
        visit = self._visit
        if visit is not None and self._embedder is not None and self._migration is not None:
            embedding = embed_faces(self._embedder, visit.faces_bgr)
            day = visit.taken_at.astimezone(self._zone).date()
            certain = CertainVisit(visit.employee_id, day, embedding, visit.quality_score, visit.similarity)
            self._migration.record(certain)
        self._visit = None  # only now: while the database is away a visit waits for it


def embed_faces(embedder: Embedder, faces_bgr: tuple[Image, ...]) -> Embedding:
    """Return the mean embedding of one visit's aligned faces and their mirror images, as enrollment makes it."""
    both_ways = [face for one in faces_bgr for face in (one, np.ascontiguousarray(one[:, ::-1]))]
    total = np.sum([embedding.vector.astype(np.float64) for embedding in embedder.embed(both_ways)], axis=0)
    return Embedding((total / np.linalg.norm(total)).astype(np.float32), embedder.model_version)
