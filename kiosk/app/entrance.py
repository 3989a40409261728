"""Builds and runs the window that hangs at the door: the entrance screen, and the administrator's behind it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

from db.session import Database, make_engine
from kiosk.app.admin import open_admin_service
from kiosk.app.attendance import build_corrections
from kiosk.app.attendance_config import build_holiday_config, build_stay_rules
from kiosk.app.databases import limits_at_door
from kiosk.app.diagnostics import RunningKiosk
from kiosk.app.entrance_service import EntranceService
from kiosk.app.mode import Mode, effective_kiosk_id
from kiosk.app.month import OwnMonths
from kiosk.app.pipeline import Pipeline
from kiosk.attendance.timesheet import Timesheets
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.recent_errors import keep_recent_errors
from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.security.pins import Pins
from kiosk.ui.entrance.backend import Office
from kiosk.ui.entrance_app import EntranceApp
from kiosk.ui.language import Language
from kiosk.ui.system_motion import less_motion_is_wanted

OFFICE_NAME = "Face attendance"


@contextmanager
def open_entrance_app(
    settings: Settings, pipeline: Pipeline, *, mode: Mode = Mode.DOOR, offers_setup: bool = False
) -> Iterator[EntranceApp]:
    """Build the window over a pipeline that has not been started. Raises ConfigurationError.

    mode: as the pipeline was opened.
    offers_setup: somebody may want to answer the first start's questions.
    """
    with ExitStack() as stack:
        url = settings.effective_database_url
        database = stack.enter_context(closing(Database(make_engine(url, limits_at_door(settings)))))
        office_database = stack.enter_context(closing(Database(make_engine(url))))
        timesheets = Timesheets(database, build_stay_rules(settings), SystemClock(), build_holiday_config(settings))
        entrance_backend = EntranceService(
            pipeline,
            build_corrections(settings, database),
            Pins(database, device=effective_kiosk_id(settings, mode)),
            OwnMonths(database, timesheets, effective_kiosk_id(settings, mode)),
            zone=settings.zone,
            kiosk_id=effective_kiosk_id(settings, mode),
            data_dir=settings.data_dir,
            greeting_by=settings.greeting_name,
        )
        running = RunningKiosk(
            errors=stack.enter_context(keep_recent_errors()),
            camera_status=lambda: pipeline.camera.status,
            frames_taken=lambda: pipeline.counts.put,
            gallery=lambda: pipeline.gallery_sync.gallery,
            name_of=pipeline.name_of,
        )
        pipeline.listen(running.recognition.listen)
        admin_backend = stack.enter_context(
            open_admin_service(settings, pipeline.mailbox, office_database, entrance_backend.take_up, running)
        )
        ui = EntranceApp(
            _office(settings, mode, offers_setup), entrance_backend, admin_backend, Language(settings.language)
        )
        pipeline.listen(ui.listen)
        pipeline.watch_over("window", lambda: ui.heartbeat_s)
        yield ui


def run_entrance_app(ui: EntranceApp, pipeline: Pipeline, for_s: float | None = None, *, windowed: bool = False) -> int:
    """Run window and pipeline until either ends, and return the exit code; see Pipeline.run.

    The window has the main thread; the pipeline is watched over by the same code as without a window.
    """

    def ended(supervision: Future[int]) -> None:
        by_itself = for_s is None and supervision.exception() is None and supervision.result() == 0
        if by_itself:
            ui.source_ended()
        else:
            ui.request_stop()

    with ThreadPoolExecutor(1, thread_name_prefix="supervisor") as pool:
        supervision = pool.submit(pipeline.run, for_s)
        supervision.add_done_callback(ended)
        try:
            ui.run(windowed=windowed)
        finally:
            pipeline.request_stop()
        return supervision.result()


def _office(settings: Settings, mode: Mode, offers_setup: bool) -> Office:
    name = settings.office_name or OFFICE_NAME
    return Office(
        name=name,
        responsible=settings.office_responsible or name,
        zone=settings.zone,
        event_mode=settings.event_mode,
        logo_path=settings.office_logo_path,
        mirrored=not settings.camera_mirror,
        sounds=settings.sounds,
        exit_reasons=parse_exit_reasons(settings.exit_reasons),
        evacuation_access=settings.evacuation_access,
        less_motion=settings.less_motion or less_motion_is_wanted(),
        theme=settings.theme,
        high_contrast=settings.high_contrast,
        large_type=settings.large_type,
        is_demo=mode is Mode.DEMO,
        offers_setup=offers_setup,
    )
