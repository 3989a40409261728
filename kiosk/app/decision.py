"""Builds what decides whether a face is that of an enrolled person."""

from __future__ import annotations

from kiosk.config.settings import Settings
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.ports import Embedder
from kiosk.recognition import calibration


def load_impostor_tail(settings: Settings, embedder: Embedder) -> ImpostorTail:
    """Return the site's calibrated impostor tail if there is one, else the catalogue's."""
    return calibration.load(settings.data_dir, embedder.model_version) or embedder.impostor_tail


def build_decider(settings: Settings, embedder: Embedder) -> Decider:
    """Return the decision rule that the door, the API, enrollment and evaluation share."""
    return Decider(
        load_impostor_tail(settings, embedder),
        settings.target_fpir,
        agreeing_samples=settings.agreeing_samples,
        minimum_margin=settings.minimum_margin,
    )
