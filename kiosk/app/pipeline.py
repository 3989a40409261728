"""The threads of the kiosk: camera → newest-frame mailbox → recognition → journal → recorder.

Sinks are started first and stopped last, so that what a source has delivered always has somewhere to go.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from kiosk.app.event_dispatcher import EventDispatcher
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.capture.camera_loop import CameraLoop
from kiosk.capture.source import InterruptibleSource
from kiosk.core.clock import elapsed_s, this_boot
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.logger import log
from kiosk.core.systemd import READY, STOPPING, WATCHDOG, notify
from kiosk.core.worker import Worker
from kiosk.domain.frame_result import Announcement, FrameListener, FrameResult
from kiosk.domain.ports import Clock
from kiosk.domain.types import AttendanceEvent, Frame
from kiosk.jobs.scheduler import Housekeeping
from kiosk.monitoring.device_claim import DeviceClaim
from kiosk.monitoring.frame_stats import FrameStats
from kiosk.monitoring.liveness_tally import LivenessTally
from kiosk.monitoring.publisher import StatusPublication, StatusPublisher
from kiosk.monitoring.status import CameraReport, FrameCounters, KioskStatus, SwitchReport
from kiosk.recognition.gallery_sync import GallerySync
from kiosk.recognition.recognition_loop import RecognitionLoop
from kiosk.recognition.switch_sync import SwitchSync

THREAD_FAILED = 3
STOP_TIMEOUT_S = 5.0
# No step of a healthy thread takes longer: the slowest is a transaction with a server that was cut off.
STUCK_AFTER_S = 20.0


@dataclass(frozen=True, slots=True)
class FrameCounts:
    """Number of frames since the start: put into and dropped from the mailbox, processed, refused as too old."""

    put: int
    dropped: int
    processed: int
    refused: int


class Pipeline:
    """Everything that runs between the camera and the database, with or without a screen. It is started once."""

    def __init__(
        self,
        *,
        source: InterruptibleSource,
        clock: Clock,
        mailbox: LatestSlot[Frame],
        recognition: RecognitionLoop,
        dispatcher: EventDispatcher,
        attendance: EventRegistrar,
        gallery_sync: GallerySync,
        database_writer: DatabaseWriter,
        housekeeping: Housekeeping | None = None,
        publication: StatusPublication | None = None,
        claim: DeviceClaim | None = None,
        switch_sync: SwitchSync | None = None,
        liveness_tally: LivenessTally | None = None,
    ) -> None:
        self.camera = CameraLoop(source, mailbox, clock, self.fail)
        self._clock = clock
        self.mailbox = mailbox
        self.gallery_sync = gallery_sync
        self.database_writer = database_writer
        self.attendance = attendance
        self._recognition = recognition
        self._dispatcher = dispatcher
        self._beats: dict[str, Callable[[], float | None]] = {}
        self._finished = threading.Event()
        self._failed = threading.Event()
        self._recognizer = Worker("recognition", recognition.step, cleanup=self._finished.set, on_failed=self.fail)
        self._gallery_sync = Worker("gallery", gallery_sync.step, cleanup=gallery_sync.close, on_failed=self.fail)
        self._database_writer = Worker("recorder", database_writer.step, on_failed=self.fail)
        self._housekeeping = housekeeping
        # Not on_failed: the door can do without it for a while.
        self._jobs = None if housekeeping is None else Worker("jobs", housekeeping.step)
        self._claim = claim
        self._claiming = None if claim is None else Worker("claim", claim.step)
        self._switch_sync = switch_sync
        self._switching = None if switch_sync is None else Worker("switch", switch_sync.step)
        if switch_sync is not None and switch_sync.collector is not None:
            dispatcher.listen(switch_sync.collector)
        self._liveness_tally = liveness_tally
        if liveness_tally is not None:
            dispatcher.listen(liveness_tally)
        self._tally = FrameStats()
        self._started_at = clock.now()
        self._publisher: StatusPublisher | None = None
        if publication is not None:
            dispatcher.listen(self._count)
            self._publisher = StatusPublisher(publication.path, lambda: self._status(publication))
            self._publishing = Worker("status", self._publisher.step)

    def listen(self, listener: FrameListener) -> None:
        """Add a listener for every frame's result, called on the recognition thread; before the start."""
        self._dispatcher.listen(listener)

    def watch_over(self, name: str, beat_s: Callable[[], float | None]) -> None:
        """Have the watchdog supervise something else than the own threads, such as a window; before the start.

        beat_s: returns when its last sign of life was, by time.monotonic(), None while it may rest.
        """
        self._beats[name] = beat_s

    def start(self) -> None:
        self._database_writer.start()
        self._gallery_sync.start()
        self._recognizer.start()
        self.camera.start()
        if self._jobs is not None:
            self._jobs.start()
        for worker in (self._claiming, self._switching):
            if worker is not None:
                worker.start()
        if self._publisher is not None:
            self._publishing.start()

    def run(self, for_s: float | None = None) -> int:
        """Start, go on until the source ends, a stop is requested or for_s seconds are over, and return the exit code.

        0: ended as it should. 3: a thread crashed again and again; start the process anew.
        Raises DeviceError when the source broke off before its time.
        """
        self.start()
        try:
            self._wait(for_s)
        finally:
            self.stop()
        if self._failed.is_set():
            return THREAD_FAILED
        if self.camera.error is not None:
            raise self.camera.error
        return 0

    def request_stop(self) -> None:
        """Make run return soon; may be called from a signal handler."""
        self._finished.set()

    def fail(self, thread: str) -> None:
        """End the process after a thread has failed for good, so that it is restarted."""
        log(logging.ERROR, "pipeline.failed", thread=thread)
        self._failed.set()
        self._finished.set()

    def stop(self) -> None:
        """Stop the threads, sources before sinks; events that are not in the database yet stay in the journal."""
        self._stop_publishing()
        if self._housekeeping is not None and self._jobs is not None:
            self._housekeeping.request_stop()
            self._jobs.stop(STOP_TIMEOUT_S)
        self.camera.stop(STOP_TIMEOUT_S)
        self._recognizer.stop(STOP_TIMEOUT_S)
        if self._switching is not None:
            self._switching.stop(STOP_TIMEOUT_S)
        self._gallery_sync.stop(STOP_TIMEOUT_S)
        self.database_writer.flush(STOP_TIMEOUT_S)
        self._database_writer.stop(STOP_TIMEOUT_S)
        self._release_claim()

    def name_of(self, employee_id: int) -> str | None:
        """Return an enrolled person's full name, None when it is not in the gallery."""
        return self.gallery_sync.name_of(employee_id)

    def called_name_of(self, employee_id: int) -> str | None:
        """Return what an enrolled person is called, None when that is not stored."""
        return self.gallery_sync.called_name_of(employee_id)

    def reject(self, event: AttendanceEvent) -> None:
        """Take the face of an event no more for the person of the event; any thread may call it."""
        face = self._dispatcher.face_of(event)
        if face is not None:
            self._recognition.reject(face)

    def stuck_threads(self) -> tuple[str, ...]:
        """Return the names of threads that hang; a camera thread that is reconnecting does not."""
        beats = {worker.name: worker.beat_s for worker in (self._recognizer, self._gallery_sync, self._database_writer)}
        beats["camera"] = self.camera.heartbeat_s
        beats |= {name: beat_s() for name, beat_s in self._beats.items()}
        now_s = self._clock.awake_s()
        return tuple(name for name, beat_s in beats.items() if beat_s is not None and now_s - beat_s > STUCK_AFTER_S)

    @property
    def counts(self) -> FrameCounts:
        mailbox = self.mailbox.counts
        return FrameCounts(mailbox.put, mailbox.dropped, self._recognition.processed, self._recognition.refused)

    def _count(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        self._tally.count_frame(result.latency_ms)
        for announcement in announcements:
            self._tally.count_decision(announcement.decision.status.value)

    def _status(self, publication: StatusPublication) -> KioskStatus:
        camera, frames, boot = self.camera.status, self.counts, this_boot()
        events, gallery = self.database_writer.status, self.gallery_sync.status
        return KioskStatus(
            version=publication.version,
            kiosk_id=publication.kiosk_id,
            pid=os.getpid(),
            boot_id=boot.id,
            running_s=boot.running_s,
            started_at=self._started_at,
            camera=CameraReport(
                state=camera.state, fault=camera.fault, since_at=camera.since_at, size_px=camera.size_px
            ),
            frames=FrameCounters(**asdict(frames)),
            latency=self._tally.latency,
            decisions=self._tally.decisions,
            events_waiting=events.waiting,
            events_refused=events.refused,
            database_away_since_at=events.away_since_at or gallery.away_since_at,
            database_replaced=events.replaced,
            name_clash=None if self._claim is None else self._claim.clash,
            gallery_people=gallery.person_count,
            gallery_templates=gallery.template_count,
            switch=self._switch_report(),
            liveness=None if self._liveness_tally is None else self._liveness_tally.report,
            stuck_threads=self.stuck_threads(),
            watched=publication.watched,
        )

    def _switch_report(self) -> SwitchReport | None:
        progress = None if self._switch_sync is None else self._switch_sync.progress
        if progress is None or self._switch_sync is None:
            return None
        return SwitchReport(
            new_model=progress.switch.new_model,
            running_model=self._switch_sync.running_model,
            state=progress.switch.state,
            changed=progress.changed,
            left=len(progress.left),
        )

    def _release_claim(self) -> None:
        if self._claim is None or self._claiming is None:
            return
        self._claim.request_stop()
        self._claiming.stop(STOP_TIMEOUT_S)
        if not self._failed.is_set() and not self.database_writer.is_database_away:
            self._claim.release()

    def _stop_publishing(self) -> None:
        """Stop publishing the status; its file is deleted unless the kiosk has failed."""
        if self._publisher is None:
            return
        self._publisher.request_stop()
        self._publishing.stop(STOP_TIMEOUT_S)
        if not self._failed.is_set():
            self._publisher.withdraw()

    def _wait(self, for_s: float | None) -> None:
        """Wait for the end, and feed systemd's watchdog as long as no thread hangs.

        In slices, also because a wait without an end would keep signals from being handled on some systems.
        """
        ends_s = None if for_s is None else elapsed_s() + for_s
        stuck: tuple[str, ...] = ()
        notify(READY)
        while not self._finished.wait(0.5 if ends_s is None else max(0.0, min(0.5, ends_s - elapsed_s()))):
            if ends_s is not None and elapsed_s() >= ends_s:
                break
            before, stuck = stuck, self.stuck_threads()
            if not stuck:
                notify(WATCHDOG)
            elif stuck != before:
                log(logging.ERROR, "pipeline.stuck", threads=",".join(stuck))
        notify(STOPPING)
