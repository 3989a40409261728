"""What stands behind the administrator's diagnostics: readings, backup, report, restarting and switching off."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from db.session import Database, make_engine
from db.time_limits import LONG_LIMITS
from kiosk.app.backup import build_backup_creator, build_backup_dir
from kiosk.app.decision import build_decider
from kiosk.app.doctor import write_device_report
from kiosk.app.models import embedder_in_use
from kiosk.capture.address import is_address, parse_address
from kiosk.capture.status import CameraStatus
from kiosk.capture.v4l2 import CameraFormat, list_cameras
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.context import acting_as
from kiosk.core.power import PowerAction, power_access, request_power
from kiosk.core.recent_errors import RecentErrors
from kiosk.domain.door_tail import measure_door_tail
from kiosk.domain.frame_result import FrameResult
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Clock, Embedder
from kiosk.domain.thresholds import strangers_named
from kiosk.jobs import clock_watch
from kiosk.monitoring.live_recognition import LiveRecognition, TimedFrame
from kiosk.monitoring.machine_readings import read_machine
from kiosk.recognition import door_calibration
from kiosk.security.audit_recorder import AuditRecorder
from kiosk.ui.diagnostics.backend import CameraState, DeviceState, Progress, RecognitionState

ACTOR = "admin"


@dataclass(frozen=True, slots=True)
class RunningKiosk:
    """What the diagnostics see of the running kiosk; without one, nothing.

    Attributes:
        recognition: told of every frame's result.
        errors: the last lines of the log.
        camera_status: returns the camera's status, None before it was opened.
        frames_taken: returns how many frames the camera has delivered.
        gallery: returns the present gallery.
        name_of: returns an enrolled person's name.
    """

    recognition: LiveRecognition = field(default_factory=LiveRecognition)
    errors: RecentErrors = field(default_factory=RecentErrors)
    camera_status: Callable[[], CameraStatus | None] = lambda: None
    frames_taken: Callable[[], int] = lambda: 0
    gallery: Callable[[], Gallery | None] = lambda: None
    name_of: Callable[[int], str | None] = lambda _: None


class Diagnostics:
    """Fulfils kiosk.ui.diagnostics.backend.DiagnosticsBackend. Any thread may call it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        embedder: Embedder,
        running: RunningKiosk,
        clock: Clock | None = None,
    ) -> None:
        """embedder: the one in use. clock: the machine's own without one."""
        self._settings, self._database, self._embedder = settings, database, embedder
        self._running, self._clock = running, clock or SystemClock()
        self._started_at = self._clock.now()

    def newest_result(self) -> FrameResult | None:
        return self._running.recognition.newest

    def frames(self) -> tuple[TimedFrame, ...]:
        return self._running.recognition.frames

    def frames_taken(self) -> int:
        return self._running.frames_taken()

    def name_of(self, employee_id: int) -> str | None:
        return self._running.name_of(employee_id)

    def device_state(self) -> DeviceState:
        settings, backups = self._settings, build_backup_dir(self._settings)
        return DeviceState(
            version=version("face-attendance-kiosk"),
            kiosk_id=settings.kiosk_id,
            started_at=self._started_at,
            camera=CameraState(camera_address(settings.source), self._running.camera_status(), self._camera_modes()),
            recognition=self._recognition(),
            machine=read_machine(settings.data_dir),
            backed_up_at=backups.newest_at(),
            backup_dir=backups.folder,
            purged_at=clock_watch.last_purge_at(settings.data_dir / clock_watch.FILE_NAME),
            errors=self._running.errors.latest,
            restart=power_access(PowerAction.RESTART),
            switch_off=power_access(PowerAction.SWITCH_OFF),
        )

    def back_up(self, progress: Progress) -> Path:
        """Make a backup with connections of its own, for it may take long. Raises StorageError, ConfigurationError."""
        url = self._settings.effective_database_url
        with acting_as(ACTOR), closing(Database(make_engine(url, LONG_LIMITS))) as database:
            return build_backup_creator(self._settings, database).create(self._settings.backup_keep, progress).path

    def save_report(self, folder: Path) -> Path:
        """Raises StorageError."""
        return write_device_report(self._settings, folder, self._running.errors.latest)

    def request_power(self, action: PowerAction) -> None:
        """Raises PowerRefused; StorageError, before anything happens, where it cannot be recorded."""
        with acting_as(ACTOR):
            AuditRecorder(self._database).record("power", None, {"action": action.name.lower()})
        request_power(action)

    def _camera_modes(self) -> tuple[CameraFormat, ...]:
        """Return what the camera offers, where it is one of this machine's own."""
        named = Path(
            f"/dev/video{self._settings.source}" if self._settings.source.isdecimal() else self._settings.source
        )
        if not named.is_char_device():
            return ()
        device = named.resolve()
        return next((camera.formats for camera in list_cameras() if camera.path.resolve() == device), ())

    def _recognition(self) -> RecognitionState:
        settings, gallery = self._settings, self._running.gallery()
        model_version = self._embedder.model_version
        measured = door_calibration.load_for(settings.data_dir / door_calibration.FILE_NAME, model_version)
        decider = build_decider(settings, self._embedder)
        is_enrolled = gallery is not None and gallery.template_count > 0
        accept = one_in = None
        if gallery is not None and is_enrolled:
            accept = decider.thresholds(gallery).accept
            named = strangers_named(decider.tail, accept - (decider.rise() or 0.0), gallery.comparisons)
            one_in = round(1 / max(named, 1e-9))
        visits = 0 if measured is None else measured.histogram.visits
        return RecognitionState(
            detector=settings.detector,
            embedder=embedder_in_use(settings),
            people=0 if gallery is None else gallery.person_count,
            templates=0 if gallery is None else gallery.template_count,
            one_stranger_in=one_in,
            accept=accept,
            door_visits=visits,
            door_since_at=None if measured is None or not visits else measured.since_at,
            is_door_measured=measured is not None and measure_door_tail(measured.histogram, decider.tail) is not None,
        )


def camera_address(source: str) -> str:
    """Return what a source is called on the screen, never with a password."""
    return parse_address(source).shown if is_address(source) else source
