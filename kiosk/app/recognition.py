"""Builds the recognition of single photographs, which the API offers; door.py builds the door's recognition."""

from __future__ import annotations

from db.session import Database
from kiosk.app.decision import build_decider
from kiosk.app.models import LoadedModels
from kiosk.config.settings import Settings
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.quality import PROBE_LIMITS
from kiosk.employees.samples import SampleExtractor
from kiosk.employees.store import EmployeeStore
from kiosk.recognition.gallery_service import GalleryService
from kiosk.recognition.service import CurrentGallery, RecognitionService


def build_recognition_service(
    settings: Settings, models: LoadedModels, database: Database, inference: ThreadPool
) -> RecognitionService:
    """inference: the one thread in which the models are used."""
    detector, embedder = models.detector, models.embedder
    strict, lenient = (
        SampleExtractor(detector, embedder),
        SampleExtractor(detector, embedder, PROBE_LIMITS, maps_tones=True),
    )
    return RecognitionService(
        sample_to_enroll=lambda image_bgr: strict.extract(image_bgr).embedding,
        sample_to_recognise=lambda image_bgr: lenient.extract(image_bgr).embedding,
        gallery=CurrentGallery(database, embedder.model_version),
        decider=build_decider(settings, embedder),
        inference=inference,
    )


def build_gallery_service(
    settings: Settings, models: LoadedModels, database: Database, database_threads: ThreadPool
) -> GalleryService:
    return GalleryService(
        database=database,
        decider=build_decider(settings, models.embedder),
        model_version=models.embedder.model_version,
        judge=EmployeeStore(database).judge_pair,
        database_threads=database_threads,
    )
