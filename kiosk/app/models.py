"""Loads the detector and the embedder: those that the settings name, or that people are enrolled with."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from db.embedder_switches import list_switches
from db.session import Database, make_engine, sqlite_path
from db.templates import DatabaseTemplates
from kiosk.app.databases import limits_at_door
from kiosk.config.device_settings import DEFAULT_EMBEDDER
from kiosk.config.settings import Settings
from kiosk.core.logger import log
from kiosk.domain.embedder_switch import EmbedderSwitch, model_after
from kiosk.domain.ports import Embedder, FaceAnalyser, FaceDetector
from kiosk.errors import ConfigurationError, StorageError
from kiosk.recognition import gallery_cache
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.face_mesh import FaceMesh
from kiosk.vision.model_kinds import InstalledDetector, InstalledEmbedder
from kiosk.vision.model_store import ModelStore


@dataclass(frozen=True, slots=True)
class LoadedModels:
    """A detector and an embedder, for one thread at a time; analyser: None where it is not installed or broken."""

    detector: FaceDetector
    embedder: Embedder
    analyser: FaceAnalyser | None = None


@contextmanager
def open_models(settings: Settings) -> Iterator[LoadedModels]:
    """Load both models, and close the detector in the end. Raises ConfigurationError."""
    embedder = load_embedder(settings)
    with closing(load_detector(settings)) as detector:
        yield LoadedModels(detector, embedder, load_face_mesh(settings))


def build_model_store(settings: Settings) -> ModelStore:
    return ModelStore(settings.models_dir, settings.own_models_dir)


def load_detector(settings: Settings) -> InstalledDetector:
    """The caller closes it. Raises ConfigurationError."""
    return build_model_store(settings).open_detector(settings.detector)


def load_embedder(settings: Settings) -> InstalledEmbedder:
    """Raises ConfigurationError."""
    return build_model_store(settings).open_embedder(embedder_in_use(settings), settings.threads)


def embedder_in_use(settings: Settings) -> str:
    """Return the id of the embedder that the settings name, else of the one that most people are enrolled with.

    After either come the office's changes from one embedder to another. An upgrade that brings a better default network
    leaves nobody unrecognised: the default one is taken while nobody is enrolled, and when it knows as many people as
    the other. While the database is away, it is the one of the gallery's copy. Raises ConfigurationError for a
    catalogue that cannot be read.
    """
    models = [model for model in build_model_store(settings).models if isinstance(model, EmbedderModel)]
    try:
        enrolled, switches = _enrolled(settings)
    except (StorageError, ConfigurationError):  # whoever opens the database next says what is wrong with it
        copy = gallery_cache.load_any(settings.data_dir / gallery_cache.FILE_NAME)
        copied = [
            model.id for model in models if copy is not None and model.model_version == copy.gallery.model_version
        ]
        return next(iter(copied), settings.embedder or DEFAULT_EMBEDDER)
    if (decided := model_after(settings.embedder, switches)) is not None:
        return decided
    people = {model.id: enrolled.get(model.model_version, 0) for model in models}
    return max((DEFAULT_EMBEDDER, *people), key=lambda model_id: people.get(model_id, 0))  # the first of equals


def load_face_mesh(settings: Settings) -> FaceMesh | None:
    """Return what tells coverings and how a head is held; None where it cannot be loaded: the door goes on without."""
    try:
        return build_model_store(settings).open_face_mesh()
    except (ConfigurationError, StorageError):
        log(logging.WARNING, "face_mesh.unavailable")
        return None


def _enrolled(settings: Settings) -> tuple[Mapping[str, int], tuple[EmbedderSwitch, ...]]:
    """Return how many people are enrolled with each model version, and the office's changes of its embedder.

    Nothing is written, and a database that does not exist yet is not made. Raises StorageError, ConfigurationError.
    """
    path = sqlite_path(settings.effective_database_url)
    if path is not None and not path.exists():
        return {}, ()
    engine = make_engine(settings.effective_database_url, limits_at_door(settings))
    with closing(Database(engine)) as database:
        people = DatabaseTemplates(database).people_by_version()
        with database.reading() as session:
            return people, list_switches(session)
