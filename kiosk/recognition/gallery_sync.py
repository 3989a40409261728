"""Keeps the gallery in memory in step with the database, whoever changes it."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.change_listener import ChangeListener
from db.employee_queries import active_names, called_names
from db.gallery_changes import CHANNEL, gallery_version
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
    """State of the gallery in memory.

    Attributes:
        person_count: people in it.
        template_count: their templates.
        away_since_at: aware UTC, since when the database has been away; None while the gallery is up to date.
    """

    person_count: int
    template_count: int
    away_since_at: datetime | None


class GallerySync:
    """Loads the gallery whenever it changes. A Worker repeats step(); any thread reads the gallery, which is immutable.

    Args:
        database: of the office.
        model_version: of the embedder in use.
        copy_path: file of the gallery cache.
        clock: for how long the database has been away.
    """

    def __init__(self, database: Database, model_version: str, copy_path: Path, clock: Clock) -> None:
        self._database = database
        self._templates = DatabaseTemplates(database)
        self._signal = ChangeListener(database, CHANNEL)
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

    def called_name_of(self, employee_id: int) -> str | None:
        """Return what an enrolled person is called, None when that is not stored."""
        return self._enrolled.called.get(employee_id)

    @property
    def status(self) -> GalleryStatus:
        gallery = self._enrolled.gallery
        return GalleryStatus(gallery.person_count, gallery.template_count, self._away_since_at)

    def load(self) -> None:
        """Load the gallery from the database, or from the cache when the database is away; for the start."""
        try:
            self._follow()
        except (StorageError, ConfigurationError) as error:
            self._enrolled = gallery_cache.load(self._copy_path, self._model_version) or self._enrolled
            self._begin_outage(error)

    def step(self) -> bool:
        """Wait for a change, half a second at most, and load it; always True."""
        try:
            self._signal.wait(LOOK_EVERY_S)
            self._follow()
        except (StorageError, ConfigurationError) as error:
            self._begin_outage(error)
            time.sleep(LOOK_EVERY_S)
        return True

    def close(self) -> None:
        """Close the connection; for the thread that steps."""
        self._signal.close()

    def _follow(self) -> None:
        with self._database.reading() as session:
            version = gallery_version(session)
            names, called = ({}, {}) if version == self._version else (active_names(session), called_names(session))
        if version != self._version:
            # Loaded after the version was read: a change in between is in it, and is loaded again with the next step.
            templates = self._templates.load_templates(self._model_version)
            self._enrolled = CachedGallery(Gallery(self._model_version, templates), names, called)
            self._version = version
            gallery_cache.save(self._copy_path, self._model_version, templates, names, called)
            log(logging.INFO, "gallery.loaded", people=self.gallery.person_count, templates=len(templates))
        self._end_outage()

    def _begin_outage(self, error: Exception) -> None:
        # After an outage another copy of the database may answer, with the same version and other people.
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
