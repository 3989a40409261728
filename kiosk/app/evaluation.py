"""Builds the parts of the kiosk that `kiosk evaluate` measures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from kiosk.app.decision import build_decider
from kiosk.app.models import build_model_store, load_detector, load_embedder, load_face_mesh
from kiosk.config.settings import Settings
from kiosk.domain.ports import FaceDetector
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.unrefined_detector import UnrefinedDetector
from kiosk.vision.catalogue import DetectorModel, EmbedderModel


@contextmanager
def open_evaluation_models(settings: Settings) -> Iterator[EvaluationModels]:
    """Load the models of the settings and build the door's decider. Raises ConfigurationError."""
    embedder = load_embedder(settings)
    with closing(load_detector(settings)) as detector:
        yield EvaluationModels(detector, embedder, build_decider(settings, embedder), load_face_mesh(settings))


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


def other_embedders(settings: Settings, models: EvaluationModels) -> dict[str, EvaluationModels]:
    """Load the embedders of the catalogue that are installed and not in use, by their ids."""
    store = build_model_store(settings)
    installed = (model for model in store.models if isinstance(model, EmbedderModel) and store.is_installed(model))
    others = [model.id for model in installed if model.model_version != models.embedder.model_version]
    loaded = {model_id: store.open_embedder(model_id, settings.threads) for model_id in others}
    return {
        model_id: EvaluationModels(models.detector, embedder, build_decider(settings, embedder))
        for model_id, embedder in loaded.items()
    }
