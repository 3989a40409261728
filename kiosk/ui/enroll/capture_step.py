"""Taking the samples with the camera: frames are judged by themselves, and good ones kept."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QVBoxLayout

from kiosk.domain.quality import Reason
from kiosk.domain.types import Frame
from kiosk.employees.capture_session import MOST_SAMPLES, CaptureSession, HeadPose
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.errors import KioskError
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import CameraBackend
from kiosk.ui.enroll.labels import ICONS, instruction
from kiosk.ui.enroll.oval_preview import OvalPreview
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Icon, Label

FRAME_MS = 33
# After a picture was judged the processor is left to the recognition for so long.
REST_MS = 80
# One instruction stands long enough to be read.
READ_S = 0.7
STALE_AFTER_S = 2.5


class CaptureStep(Panel):
    """Shows one instruction at a time and takes what is good.

    Signals:
        picture_taken: a JudgedPicture was accepted.
        complete: there are enough pictures.
    """

    picture_taken = Signal(object)
    complete = Signal()

    def __init__(self, backend: CameraBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self.session = CaptureSession(time.monotonic())
        self.pictures: list[JudgedPicture] = []
        self._asked: Reason | HeadPose = HeadPose.STRAIGHT
        self._asked_s = self._frame_s = 0.0
        self._judged: Frame | None = None
        self._newest: Frame | None = None
        self._busy = self._takes_covered = False
        self.preview = OvalPreview(self)
        self.take = Button("secondary", "check")
        self.take.clicked.connect(self._take_covered)
        self.take.hide()
        self._icon, self._words = Icon("eye", "accent", self), Label("heading")
        self._hint, self._count = Label("soft"), Label("body")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, MOST_SAMPLES)
        self._side = QVBoxLayout()
        self._side.addStretch(1)
        for widget in (self._icon, self._words, self.take, self._count, self._bar, self._hint):
            self._side.addWidget(widget)
        self._side.addStretch(1)
        self._all = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addWidget(self.preview, 5)
        self._all.addLayout(self._side, 4)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._look)

    @property
    def words(self) -> str:
        """The instruction that is shown."""
        return self._words.text()

    def start(self) -> None:
        """Take the pictures that are still missing."""
        self._timer.start()
        self._busy = False
        self._show_progress()

    def stop(self) -> None:
        self._timer.stop()

    def start_over(self) -> None:
        """Discard all pictures and start again."""
        self.session, self.pictures = CaptureSession(time.monotonic()), []
        self._takes_covered = False
        self.take.hide()
        self.start()

    def retake(self, place: int) -> None:
        """Discard one picture and take it again. place: its index."""
        self.session.retake(place, time.monotonic())
        del self.pictures[place]
        self.start()

    def retranslate(self) -> None:
        self._words.setText(instruction(self._asked))
        self.take.setText(self.tr("Take it as it is"))
        self._hint.setText(self.tr("The pictures are taken by themselves, and none of them is kept."))
        self._show_progress()

    def arrange(self, scale: Scale) -> None:
        self._all.setSpacing(scale.px("l"))
        self._side.setSpacing(scale.px("s"))
        self._icon.set_size(scale.times(110))
        upright = scale.is_portrait
        self._all.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        self._all.setStretch(0, 5 if upright else 1)
        self._all.setStretch(1, 2 if upright else 1)
        side = Qt.AlignmentFlag.AlignHCenter if upright else Qt.AlignmentFlag.AlignLeft
        self._side.setAlignment(self._icon, side)
        for text in (self._words, self._hint, self._count):
            text.setAlignment(side)

    def _look(self) -> None:
        if not self.isVisible():
            return
        now_s = time.monotonic()
        frame = self._backend.newest_frame()
        if frame is not self._newest:
            self._newest, self._frame_s = frame, now_s
        alive = frame is not None and now_s - self._frame_s < STALE_AFTER_S
        self.preview.show_frame_part(frame if alive else None)
        if not alive:
            self._say_no_camera()
        elif frame is not None and frame is not self._judged and not self._busy:
            self._judged, self._busy = frame, True
            self._background.run(self, lambda: self._backend.judge_frame(frame), self._judge, self._failed)

    def _judge(self, picture: JudgedPicture) -> None:
        QTimer.singleShot(REST_MS, self, self._rest)
        if not self._timer.isActive():
            return
        now_s = time.monotonic()
        covering = picture.covering if not self._takes_covered else None
        self.preview.set_good(picture.sample is not None and covering is None)
        if covering is not None:
            self.take.show()
        elif picture.sample is not None and self.session.offer(picture.sample, now_s):
            self.pictures.append(picture)
            self._show_progress()
            self.picture_taken.emit(picture)
        if not self._timer.isActive():
            return
        if self.session.is_complete(now_s):
            self.stop()
            self.complete.emit()
            return
        self._ask(picture.reason or covering or self.session.wanted, now_s)

    def _ask(self, asked: Reason | HeadPose, now_s: float) -> None:
        if asked != self._asked and now_s - self._asked_s > READ_S:
            self._asked, self._asked_s = asked, now_s
            self._words.setText(instruction(asked))
            self._icon.show_icon(ICONS.get(asked, "person"), "accent")

    def _take_covered(self) -> None:
        """Take pictures of a face as it is: some people are never without glasses, a scarf or a veil."""
        self._takes_covered = True
        self.take.hide()

    def _rest(self) -> None:
        self._busy = False

    def _failed(self, _error: KioskError) -> None:
        QTimer.singleShot(REST_MS, self, self._rest)
        self._words.setText(self.tr("The picture cannot be checked; the log says why."))

    def _say_no_camera(self) -> None:
        self._asked_s = 0.0
        self._asked = Reason.NO_FACE
        self._words.setText(self.tr("There is no picture from the camera."))
        self._icon.show_icon("camera-off", "accent")

    def _show_progress(self) -> None:
        self._bar.setValue(len(self.pictures))
        self._count.setText(self.tr("{taken} of {most} pictures").format(taken=len(self.pictures), most=MOST_SAMPLES))
