"""Keeps the gallery in memory like the database's, whoever changes that."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.change_notifications import ChangeSignal, gallery_version
from db.employee_queries import active_names
from db.session import Database
from db.templates import DatabaseTemplates
from kiosk.core.logger import log
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, StorageError
from kiosk.recognition import gallery_cache
from kiosk.recognition.gallery_cache import CachedGallery

LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class GalleryStatus:
    """away_since_at: None while the gallery follows the database; else it is the last good one."""

    person_count: int
    template_count: int
    away_since_at: datetime | None


class GallerySync:
    """step() is repeated by a Worker; the gallery is read by any thread, and replaced whole."""

    def __init__(self, database: Database, model_version: str, copy_path: Path, clock: Clock) -> None:
        self._database = database
        self._templates = DatabaseTemplates(database)
        self._signal = ChangeSignal(database)
        self._model_version = model_version
        self._copy_path = copy_path
        self._clock = clock
        self._version: int | None = None
        self._away_since_at: datetime | None = None
        self._away_since_s = 0.0
        self._enrolled = CachedGallery(Gallery(model_version, ()), {})

    @property
    def gallery(self) -> Gallery:
        return self._enrolled.gallery

    def name_of(self, employee_id: int) -> str | None:
        """Return an enrolled person's full name, None when it is not known."""
        return self._enrolled.names.get(employee_id)

    @property
    def status(self) -> GalleryStatus:
        gallery = self._enrolled.gallery
        return GalleryStatus(gallery.person_count, gallery.template_count, self._away_since_at)

    def load(self) -> None:
        """Take the database's gallery, or the last good copy when the database is away; for the start."""
        try:
            self._follow()
        except (StorageError, ConfigurationError) as error:
            self._enrolled = gallery_cache.load(self._copy_path, self._model_version) or self._enrolled
            self._begin_outage(error)

    def step(self) -> bool:
        """Wait for a change, half a second at most, and follow it; always True."""
        try:
            self._signal.wait(LOOK_EVERY_S)
            self._follow()
        except (StorageError, ConfigurationError) as error:
            self._begin_outage(error)
            time.sleep(LOOK_EVERY_S)
        return True

    def close(self) -> None:
        """Let go of the connection; for the thread that steps."""
        self._signal.close()

    def _follow(self) -> None:
        with self._database.reading() as session:
            version = gallery_version(session)
            names = active_names(session) if version != self._version else {}
        if version != self._version:
            # Read after the version: a change in between is loaded now and once more with the next look.
            templates = self._templates.load_templates(self._model_version)
            self._enrolled = CachedGallery(Gallery(self._model_version, templates), names)
            self._version = version
            gallery_cache.save(self._copy_path, self._model_version, templates, names)
            log(logging.INFO, "gallery.loaded", people=self.gallery.person_count, templates=len(templates))
        self._end_outage()

    def _begin_outage(self, error: Exception) -> None:
        # What answers afterwards may be another copy of the database, with the same number and other people.
        self._version = None
        if self._away_since_at is None:
            self._away_since_at = self._clock.now()
            self._away_since_s = self._clock.monotonic_s()
            log(logging.WARNING, "gallery.not_following", reason=error, people=self.gallery.person_count)

    def _end_outage(self) -> None:
        if self._away_since_at is not None:
            self._away_since_at = None
            lasted_s = self._clock.monotonic_s() - self._away_since_s
            log(logging.INFO, "gallery.following", lasted_s=lasted_s, people=self.gallery.person_count)
