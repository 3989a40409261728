"""Builds the pipeline that watches the door: everything between the camera and the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.metadata import version

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from db.time_limits import LONG_LIMITS
from kiosk.app.attendance import build_corrections
from kiosk.app.attendance_config import build_attendance_config, build_stay_rules
from kiosk.app.camera import build_camera_config
from kiosk.app.databases import limits_at_door, open_database_or_wait
from kiosk.app.decision import build_decider, build_door_calibration, follow_judgements
from kiosk.app.device_claim import build_device_claim, has_run
from kiosk.app.embedder_switch import build_switch_sync
from kiosk.app.event_dispatcher import EventDispatcher
from kiosk.app.face_exposure import exposing_for_faces
from kiosk.app.housekeeping import build_housekeeping
from kiosk.app.mode import Mode, journal_path
from kiosk.app.models import open_models
from kiosk.app.pipeline import Pipeline
from kiosk.app.storage import build_snapshot_store, make_data_dir
from kiosk.attendance import evacuation, plan_sync
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.evacuation import EvacuationCopy
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.attendance.plan_sync import PlanSync
from kiosk.attendance.sighting_sync import SightingSync
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.source_factory import is_live, open_source
from kiosk.config.settings import Settings
from kiosk.core import systemd
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.liveness import LivenessMode
from kiosk.domain.ports import Embedder
from kiosk.domain.types import AttendanceEvent, Frame
from kiosk.errors import ConfigurationError, StorageError
from kiosk.jobs.scheduler import Housekeeping
from kiosk.monitoring.liveness_tally import LivenessTally
from kiosk.monitoring.publisher import StatusPublication
from kiosk.recognition import gallery_cache
from kiosk.recognition.gallery_sync import GallerySync
from kiosk.recognition.motion_liveness import MotionLiveness
from kiosk.recognition.recognition_loop import RecognitionLoop
from kiosk.recognition.recognizer import Recognizer


@contextmanager
def open_pipeline(
    settings: Settings,
    speed: PlaybackSpeed = PlaybackSpeed.REALTIME,
    *,
    mode: Mode = Mode.DOOR,
    wait_for_camera: bool = False,
    take_over: bool = False,
) -> Iterator[Pipeline]:
    """Build the pipeline without starting it; in the end everything is closed.

    wait_for_camera: as in open_source; a service waits for it anyway. A database that is away is waited for.
    take_over: have this device's name also if another one has it. Raises ConfigurationError and DeviceError.
    """
    _prepare_machine(settings, mode)
    with ExitStack() as stack, ExitStack() as until_adopted:
        clock = SystemClock()
        # Nobody stands beside a service to plug a camera in and start it again.
        wait_for_camera = wait_for_camera or systemd.is_service()
        source = open_source(
            settings.source, build_camera_config(settings), clock, speed, wait_for_camera=wait_for_camera
        )
        until_adopted.callback(source.close)
        models = stack.enter_context(open_models(settings))
        detector, embedder = models.detector, models.embedder
        database = stack.enter_context(open_database_or_wait(settings, limits_at_door(settings)))
        used_before = has_run(settings)
        events = stack.enter_context(closing(Journal(journal_path(settings, mode))))
        plays_file = speed is PlaybackSpeed.MAX and not is_live(settings.source)
        keeps_house = mode is Mode.DOOR and not plays_file
        claim = build_device_claim(settings, database, used_before=used_before) if keeps_house else None
        if claim is not None:
            claim.begin(take_over=take_over)

        attendance = EventRegistrar(build_attendance_config(settings, mode), events, build_snapshot_store(settings))
        plans = PlanSync(database, settings.zone, settings.data_dir / plan_sync.FILE_NAME, attendance.use_plans, clock)
        plans.load()
        sightings = SightingSync(database, attendance, clock)
        evacuation_copy = EvacuationCopy(
            database, build_stay_rules(settings), settings.data_dir / evacuation.FILE_NAME, clock
        )

        def take_up(latest_events: Iterable[AttendanceEvent]) -> None:
            plans.follow()
            sightings.follow()
            attendance.update_from_database(latest_events)
            if keeps_house:
                evacuation_copy.follow()
            if calibration is not None:
                follow_judgements(calibration, database)

        database_writer = DatabaseWriter(
            events,
            DatabaseAttendanceLog(database),
            take_up,
            clock,
            build_corrections(settings, database).take_back,
        )
        gallery_sync = GallerySync(database, embedder.model_version, settings.data_dir / gallery_cache.FILE_NAME, clock)
        calibration = build_door_calibration(settings, embedder, lambda: gallery_sync.gallery) if keeps_house else None
        gallery_sync.load()
        with suppress(StorageError, ConfigurationError):  # the recorder asks again, and says what is wrong
            database_writer.read_latest_events()

        mailbox: LatestSlot[Frame] = LatestSlot(lock_step=plays_file)
        dispatcher = EventDispatcher(attendance)
        stack.enter_context(exposing_for_faces(settings, mode, dispatcher.listen))
        if calibration is not None:
            dispatcher.listen(calibration.listen)
            stack.callback(calibration.save_now)
        decider = build_decider(settings, embedder, calibration)
        watches = settings.liveness is not LivenessMode.OFF
        recognizer = Recognizer(
            detector,
            embedder,
            lambda: gallery_sync.gallery,
            decider,
            analyser=models.analyser,
            liveness=MotionLiveness() if watches else None,
        )
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
            housekeeping=stack.enter_context(_housekeeping(settings, embedder)) if keeps_house else None,
            publication=_publication(settings) if keeps_house else None,
            claim=claim,
            switch_sync=build_switch_sync(settings, database, embedder, decider, lambda: gallery_sync.gallery)
            if keeps_house
            else None,
            liveness_tally=LivenessTally(settings.liveness) if watches else None,
        )
        until_adopted.pop_all()
        stack.callback(made.camera.close)
        yield made


@contextmanager
def _housekeeping(settings: Settings, embedder: Embedder) -> Iterator[Housekeeping]:
    """With connections of its own: a purge may take longer than anybody at the door may wait."""
    with closing(Database(make_engine(settings.effective_database_url, LONG_LIMITS))) as database:
        yield build_housekeeping(settings, database, embedder)


def _publication(settings: Settings) -> StatusPublication:
    return StatusPublication(
        settings.status_path, version("face-attendance-kiosk"), settings.kiosk_id, systemd.is_watched()
    )


def _prepare_machine(settings: Settings, mode: Mode) -> None:
    if settings.api_alone and mode is Mode.DOOR:
        raise ConfigurationError(
            "KIOSK_API_ALONE says that no kiosk runs on this machine; delete that line of .env, or run: kiosk serve"
        )
    make_data_dir(settings)
