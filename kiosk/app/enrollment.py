"""Builds what enrolls people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.session import Database
from kiosk.app.databases import open_database
from kiosk.app.decision import build_decider
from kiosk.app.embedder_switch import SecondEmbedder
from kiosk.app.models import LoadedModels, open_models
from kiosk.app.storage import build_portraits
from kiosk.config.settings import Settings
from kiosk.employees.enrollment import Enrollment
from kiosk.employees.samples import SampleExtractor


@contextmanager
def open_enrollment(settings: Settings) -> Iterator[Enrollment]:
    """Build it with models and a database of its own, for one command. Raises ConfigurationError, StorageError."""
    with open_models(settings) as models, open_database(settings) as database:
        yield build_enrollment(settings, models, database)


def build_enrollment(settings: Settings, models: LoadedModels, database: Database) -> Enrollment:
    return Enrollment(
        build_sample_extractor(settings, models, database),
        build_decider(settings, models.embedder),
        database,
        settings.templates_per_person,
        portraits=build_portraits(settings) if settings.keep_portrait else None,
    )


def build_sample_extractor(settings: Settings, models: LoadedModels, database: Database) -> SampleExtractor:
    second = SecondEmbedder(settings, database)
    return SampleExtractor(
        models.detector,
        models.embedder,
        keep_portrait=settings.keep_portrait,
        second_embedder=second,
        analyser=models.analyser,
    )
