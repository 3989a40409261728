"""Loads the detector and the embedder that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from kiosk.config.settings import Settings
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.vision.model_kinds import InstalledDetector, InstalledEmbedder
from kiosk.vision.model_store import ModelStore


@dataclass(frozen=True, slots=True)
class LoadedModels:
    """A detector and an embedder, for one thread at a time."""

    detector: FaceDetector
    embedder: Embedder


@contextmanager
def open_models(settings: Settings) -> Iterator[LoadedModels]:
    """Load both models, and close the detector in the end. Raises ConfigurationError."""
    embedder = load_embedder(settings)
    with closing(load_detector(settings)) as detector:
        yield LoadedModels(detector, embedder)


def build_model_store(settings: Settings) -> ModelStore:
    return ModelStore(settings.models_dir, settings.own_models_dir)


def load_detector(settings: Settings) -> InstalledDetector:
    """The caller closes it. Raises ConfigurationError."""
    return build_model_store(settings).open_detector(settings.detector)


def load_embedder(settings: Settings) -> InstalledEmbedder:
    """Raises ConfigurationError."""
    return build_model_store(settings).open_embedder(settings.embedder, settings.threads)
