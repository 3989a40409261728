"""The composition root: the only place where concrete parts are built from Settings."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from db import audit, migrations
from db.attendance import DatabaseAttendanceLog
from db.employee_queries import portrait_paths
from db.session import Database, make_engine
from kiosk.app.event_dispatcher import EventDispatcher
from kiosk.app.pipeline import Pipeline
from kiosk.attendance import journal
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.journal import Journal
from kiosk.attendance.service import AttendanceService
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.source_factory import find_camera, is_live, open_source
from kiosk.config.settings import Settings
from kiosk.core import systemd
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.logger import log
from kiosk.core.storage import SnapshotStore, TemporaryPhotographs
from kiosk.core.systemd import is_service
from kiosk.demo import demo_data, fake_office, seed_data
from kiosk.demo.clip import prepare_clip
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import Frame
from kiosk.employees.enrollment import Enrollment
from kiosk.employees.erase import Eraser
from kiosk.employees.export import Exporter
from kiosk.employees.portraits import Portraits
from kiosk.employees.samples import SampleExtractor
from kiosk.employees.store import EmployeeStore
from kiosk.errors import ConfigurationError, StorageError
from kiosk.evaluation.models import EvaluationModels
from kiosk.jobs import clock_watch as watching
from kiosk.jobs.clock_watch import ClockWatch
from kiosk.jobs.purge import Purge
from kiosk.jobs.scheduler import Housekeeping
from kiosk.jobs.sweeper import SnapshotSweeper
from kiosk.monitoring.publisher import Publication
from kiosk.recognition import calibration, gallery_cache
from kiosk.recognition.gallery_sync import GallerySync
from kiosk.recognition.recognition_loop import RecognitionLoop
from kiosk.recognition.recognizer import Recognizer
from kiosk.synthetic.photographs import fetch_photographs
from kiosk.vision.catalogue import DetectorModel
from kiosk.vision.detector import BlazeFaceDetector, UnrefinedDetector
from kiosk.vision.embedder import OnnxEmbedder
from kiosk.vision.jpeg import encode_jpeg
from kiosk.vision.model_store import ModelStore


def make_data_dir(settings: Settings) -> None:
    """Make the data directory if it is missing, for the kiosk's user alone. Raises ConfigurationError."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"the data directory {settings.data_dir} cannot be made: {error.strerror}; set KIOSK_DATA_DIR"
        ) from error


def open_database(settings: Settings) -> Database:
    """Open the database, its tables up to date: SQLite is upgraded in passing, PostgreSQL by `kiosk db upgrade` alone.

    Raises ConfigurationError when the tables are not up to date, StorageError when the database is away.
    """
    database = Database(make_engine(settings.effective_database_url))
    try:
        if settings.database_url is None:
            migrations.upgrade(database)
        else:
            migrations.require_head(database)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Open the database for one command; in the end the device remembers how far the audit log has come."""
    with closing(open_database(settings)) as database:
        yield database
        with suppress(StorageError):  # a doubtful anchor is for `kiosk audit verify` to tell
            audit.keep_anchor(database, audit_anchor_path(settings))


def employee_store(database: Database) -> EmployeeStore:
    return EmployeeStore(database)


def model_store(settings: Settings) -> ModelStore:
    return ModelStore(settings.models_dir, settings.own_models_dir)


def make_detector(settings: Settings) -> BlazeFaceDetector:
    return model_store(settings).open_detector(settings.detector)


def make_embedder(settings: Settings) -> OnnxEmbedder:
    return model_store(settings).open_embedder(settings.embedder, settings.threads)


@contextmanager
def enrollment(settings: Settings) -> Iterator[Enrollment]:
    """Build what enrolls people, for one command."""
    embedder = make_embedder(settings)
    with opened_database(settings) as database, closing(make_detector(settings)) as detector:
        extractor = sample_extractor(settings, detector, embedder)
        yield enrollment_with(settings, extractor, decider(settings, embedder), database)


def sample_extractor(settings: Settings, detector: FaceDetector, embedder: Embedder) -> SampleExtractor:
    return SampleExtractor(detector, embedder, keep_portrait=settings.keep_portrait)


def enrollment_with(
    settings: Settings, sample_extractor: SampleExtractor, decider: Decider, database: Database
) -> Enrollment:
    kept = portraits(settings) if settings.keep_portrait else None
    return Enrollment(sample_extractor, decider, database, settings.templates_per_person, portraits=kept)


def portraits(settings: Settings) -> Portraits:
    return Portraits(settings.data_dir, encode_jpeg)


def impostor_tail(settings: Settings, embedder: Embedder) -> ImpostorTail:
    """Return the tail that thresholds follow: the site's own where it has been calibrated, else the catalogue's."""
    return calibration.load(settings.data_dir, embedder.model_version) or embedder.impostor_tail


@contextmanager
def evaluation(settings: Settings) -> Iterator[EvaluationModels]:
    """Build what an evaluation borrows from the kiosk."""
    embedder = make_embedder(settings)
    with closing(make_detector(settings)) as detector:
        yield EvaluationModels(detector, embedder, decider(settings, embedder))


@contextmanager
def every_detector(settings: Settings) -> Iterator[dict[str, FaceDetector]]:
    """Open all detectors of the catalogue, each with the closer look and without."""
    store = model_store(settings)
    with ExitStack() as opened:
        detectors: dict[str, FaceDetector] = {}
        for model in store.models:
            if isinstance(model, DetectorModel):
                detector = opened.enter_context(closing(store.open_detector(model.id)))
                detectors |= {f"{model.id} alone": UnrefinedDetector(detector), f"{model.id}, closer look": detector}
        yield detectors


def eraser(settings: Settings, database: Database) -> Eraser:
    copy = settings.data_dir / gallery_cache.FILE_NAME
    return Eraser(database, snapshot_store(settings), copy, settings.kiosk_id, settings.effective_backup_dir)


def exporter(settings: Settings, database: Database) -> Exporter:
    return Exporter(database, settings.data_dir)


def purge(settings: Settings, database: Database, watch: ClockWatch, stopping: Callable[[], bool]) -> Purge:
    return Purge(
        database=database,
        store=snapshot_store(settings),
        sweeper=SnapshotSweeper(settings.data_dir, settings.zone, stopping),
        photographs=TemporaryPhotographs(settings.data_dir),
        erase=eraser(settings, database).erase,
        kiosk_id=settings.kiosk_id,
        snapshot_ttl=timedelta(days=settings.snapshot_ttl_days),
        inactive_templates_ttl=timedelta(days=settings.inactive_template_days),
        clock=SystemClock(),
        watch=watch,
        sweep_portraits=lambda: portraits(settings).sweep(lambda: _portraits_named(database)),
    )


def _portraits_named(database: Database) -> tuple[str, ...]:
    with database.reading() as session:
        return portrait_paths(session)


def clock_watch(settings: Settings) -> ClockWatch:
    return ClockWatch(settings.data_dir / watching.FILE_NAME, SystemClock().now)


def housekeeping(settings: Settings, database: Database) -> Housekeeping:
    """Build what deletes, every night and in between, what has been kept long enough."""
    stopping, watch = threading.Event(), clock_watch(settings)
    return Housekeeping(
        purge=purge(settings, database, watch, stopping.is_set),
        watch=watch,
        remember=lambda: audit.keep_anchor(database, audit_anchor_path(settings)),
        purge_at=settings.purge_at,
        zone=settings.zone,
        clock=SystemClock(),
        stopping=stopping,
    )


def audit_anchor_path(settings: Settings) -> Path:
    """Return where this device remembers how far the audit log had come."""
    return settings.data_dir / audit.ANCHOR_FILE_NAME


def attendance_log(database: Database) -> DatabaseAttendanceLog:
    return DatabaseAttendanceLog(database)


def snapshot_store(settings: Settings) -> SnapshotStore:
    return SnapshotStore(settings.data_dir, settings.zone, encode_jpeg)


def with_camera(settings: Settings) -> Settings | None:
    """Return settings whose source is there to be opened, or None when there is no camera.

    A source that somebody has set is taken at its word; without one it is the first camera that gives a picture.
    """
    if "source" in settings.model_fields_set:
        return settings
    camera = find_camera(settings)
    return None if camera is None else settings.model_copy(update={"source": camera})


@contextmanager
def pipeline(
    settings: Settings, speed: PlaybackSpeed = PlaybackSpeed.REALTIME, *, wait_for_camera: bool = False
) -> Iterator[Pipeline]:
    """Build everything between the camera and the database, ready to be started; all is closed in the end.

    wait_for_camera: as in open_source; a service waits for it anyway. A database that is away is waited for.
    Raises ConfigurationError and DeviceError.
    """
    make_data_dir(settings)
    with ExitStack() as stack, ExitStack() as until_adopted:
        clock = SystemClock()
        # Nobody stands beside a service to plug a camera in and start it again.
        source = open_source(settings.source, settings, clock, speed, wait_for_camera=wait_for_camera or is_service())
        until_adopted.callback(source.close)
        embedder = make_embedder(settings)
        detector = stack.enter_context(closing(make_detector(settings)))
        database = stack.enter_context(closing(reachable_or_away(settings)))
        events = stack.enter_context(closing(Journal(_journal_path(settings))))

        attendance = AttendanceService(settings, events, snapshot_store(settings))
        database_writer = DatabaseWriter(events, DatabaseAttendanceLog(database), attendance.merge, clock)
        gallery_sync = GallerySync(database, embedder.model_version, settings.data_dir / gallery_cache.FILE_NAME, clock)
        gallery_sync.load()
        with suppress(StorageError, ConfigurationError):  # the recorder asks again, and says what is wrong
            database_writer.refresh()

        plays_file = speed is PlaybackSpeed.MAX and not is_live(settings.source)
        mailbox: LatestSlot[Frame] = LatestSlot(lock_step=plays_file)
        dispatcher = EventDispatcher(attendance)
        recognizer = Recognizer(detector, embedder, lambda: gallery_sync.gallery, decider(settings, embedder))
        recognition = RecognitionLoop(mailbox, recognizer, dispatcher, None if plays_file else clock)
        made = Pipeline(
            source=source,
            clock=clock,
            mailbox=mailbox,
            recognition=recognition,
            dispatcher=dispatcher,
            attendance=attendance,
            gallery_sync=gallery_sync,
            database_writer=database_writer,
            housekeeping=None if plays_file or _is_demo(settings) else housekeeping(settings, database),
            publication=None if plays_file or _is_demo(settings) else _publication(settings),
        )
        until_adopted.pop_all()
        stack.callback(made.camera.close)
        yield made


def _publication(settings: Settings) -> Publication:
    return Publication(settings.status_path, version("face-attendance-kiosk"), settings.kiosk_id, systemd.is_watched())


def _is_demo(settings: Settings) -> bool:
    return settings.kiosk_id == demo_data.KIOSK_ID


def _journal_path(settings: Settings) -> Path:
    if _is_demo(settings):
        return demo_data.journal_path(settings.data_dir)
    return settings.data_dir / journal.FILE_NAME


def decider(settings: Settings, embedder: Embedder) -> Decider:
    """Return the one rule by which the door, the API, enrolling and the evaluation tell who a face is."""
    return Decider(
        impostor_tail(settings, embedder),
        settings.target_fpir,
        agreeing_samples=settings.agreeing_samples,
        minimum_margin=settings.minimum_margin,
    )


def reachable_or_away(settings: Settings) -> Database:
    """Open the database if it answers; if it does not, the kiosk starts without it and goes on trying."""
    try:
        return open_database(settings)
    except StorageError as error:
        log(logging.WARNING, "database.away_at_start", reason=error)
        return Database(make_engine(settings.effective_database_url))


def prepare_demo(settings: Settings, say: Callable[[str], None], progress: Callable[[int, int], None]) -> Settings:
    """Make photographs, clip and people ready and the demo's log empty; return the settings to play it with."""
    fetch_photographs(say)
    clip = prepare_clip(settings.data_dir, progress)
    with enrollment(settings) as enroll, opened_database(settings) as database:
        demo_data.enroll_demo_people(enroll, EmployeeStore(database), say)
        demo_data.clear(DatabaseAttendanceLog(database), snapshot_store(settings), settings.data_dir)
    return settings.model_copy(update={"kiosk_id": demo_data.KIOSK_ID, "source": str(clip)})


def remove_demo(settings: Settings) -> None:
    """Take the demo's events, snapshots and clip away, and deactivate its people."""
    with opened_database(settings) as database:
        demo_data.deactivate_demo_people(EmployeeStore(database))
        demo_data.clear(DatabaseAttendanceLog(database), snapshot_store(settings), settings.data_dir)
    shutil.rmtree(settings.data_dir / "demo", ignore_errors=True)


def fill_with_demo_data(
    settings: Settings, people: int, days: int, with_templates: bool, progress: Callable[[int, int], None]
) -> seed_data.SeededData:
    """Write a made-up office's people and attendance; with_templates: one of pure chance for each, too."""
    month = fake_office.Month(SystemClock().now().astimezone(settings.zone).date(), settings.zone, days)
    version = make_embedder(settings).model_version if with_templates else ""
    with opened_database(settings) as database:
        templates = fake_office.embeddings(people if with_templates else 0, version)
        return seed_data.seed(database, people, month, templates, progress)


def remove_demo_data(settings: Settings) -> int:
    """Take the made-up office out again; return how many events it had."""
    with opened_database(settings) as database:
        return seed_data.remove_seed(database)
