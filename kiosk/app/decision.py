"""Builds what decides whether a face is that of an enrolled person."""

from __future__ import annotations

from collections.abc import Callable

from db.judged_pairs import pairs_told_apart
from db.session import Database
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.ports import Embedder
from kiosk.domain.thresholds import not_measured
from kiosk.recognition import calibration, door_calibration
from kiosk.recognition.door_calibration import DoorCalibration, StoredRise


def load_impostor_tail(settings: Settings, embedder: Embedder) -> ImpostorTail:
    """Return the site's calibrated impostor tail if there is one, else the catalogue's."""
    return calibration.load(settings.data_dir, embedder.model_version) or embedder.impostor_tail


def build_decider(settings: Settings, embedder: Embedder, door: DoorCalibration | None = None) -> Decider:
    """Return the decision rule that the door, the API, enrollment and evaluation share.

    door: whose measurement raises the threshold; without it, what stands in the file that the door keeps.
    """
    tail = load_impostor_tail(settings, embedder)
    path = settings.data_dir / door_calibration.FILE_NAME
    stored: Callable[[], float | None] = StoredRise(path, embedder.model_version, tail)
    decider = Decider(
        tail,
        settings.target_fpir,
        agreeing_samples=settings.agreeing_samples,
        minimum_margin=settings.minimum_margin,
        rise=door.rise if door is not None else stored if settings.door_calibration else not_measured,
    )
    if door is not None:
        door.use(decider)
    return decider


def build_door_calibration(
    settings: Settings, embedder: Embedder, gallery: Callable[[], Gallery]
) -> DoorCalibration | None:
    """Return what counts how much alike people are before this door's camera; None where it is switched off."""
    if not settings.door_calibration:
        return None
    return DoorCalibration(
        settings.data_dir / door_calibration.FILE_NAME,
        model_version=embedder.model_version,
        camera=door_calibration.camera_hash(settings.source),
        tail=load_impostor_tail(settings, embedder),
        gallery=gallery,
        clock=SystemClock(),
    )


def follow_judgements(calibration: DoorCalibration, database: Database) -> None:
    """Take which look-alikes were judged to be two people, and save what was counted. Raises StorageError."""
    with database.reading() as session:
        calibration.tell_apart(pairs_told_apart(session))
    calibration.save()
