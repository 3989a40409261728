"""Builds the parts of the kiosk that `kiosk evaluate` measures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from kiosk.app.decision import build_decider
from kiosk.app.models import build_model_store, load_detector, load_embedder
from kiosk.config.settings import Settings
from kiosk.domain.ports import FaceDetector
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.unrefined_detector import UnrefinedDetector
from kiosk.vision.catalogue import DetectorModel


@contextmanager
def open_evaluation_models(settings: Settings) -> Iterator[EvaluationModels]:
    """Load the models of the settings and build the door's decider. Raises ConfigurationError."""
    embedder = load_embedder(settings)
    with closing(load_detector(settings)) as detector:
        yield EvaluationModels(detector, embedder, build_decider(settings, embedder))


@contextmanager
def open_every_detector(settings: Settings) -> Iterator[dict[str, FaceDetector]]:
    """Open all detectors of the catalogue, each with the refinement pass and without; by what a table calls them."""
    store = build_model_store(settings)
    with ExitStack() as opened:
        detectors: dict[str, FaceDetector] = {}
        for model in store.models:
            if isinstance(model, DetectorModel):
                detector = opened.enter_context(closing(store.open_detector(model.id)))
                detectors |= {f"{model.id} alone": UnrefinedDetector(detector), f"{model.id}, refined": detector}
        yield detectors
