"""Whether the camera sees people."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.capture.status import SourceState
from kiosk.domain.quality import Reason
from kiosk.domain.types import Frame
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import CameraBackend
from kiosk.ui.enroll.labels import ICONS, instruction
from kiosk.ui.entrance.camera_labels import fault_sentence
from kiosk.ui.entrance.preview import Preview
from kiosk.ui.setup.backend import SetupBackend
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label

FRAME_MS = 33
# A sentence stands long enough to be read.
JUDGE_MS = 700
STALE_AFTER_S = 2.5


class CameraStep(SetupStep):
    """The live picture, and how a face in it is judged."""

    name = "camera"
    can_wait = False

    def __init__(
        self, backend: CameraBackend, setup_backend: SetupBackend, background: Background, *, mirrored: bool
    ) -> None:
        super().__init__()
        self._backend, self._setup_backend, self._background = backend, setup_backend, background
        self._frame: Frame | None = None
        self._frame_s = float("-inf")
        self._judged_picture: JudgedPicture | None = None
        self._busy = False
        self.preview = Preview(self, mirrored=mirrored)
        self._icon, self.words = Icon("camera", "accent", self), Label("heading")
        self._side = QVBoxLayout()
        self._side.addStretch(1)
        for widget in (self._icon, self.words, self.sentence):
            self._side.addWidget(widget)
        self._side.addStretch(1)
        self._all = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._all.addWidget(self.preview, 3)
        self._all.addLayout(self._side, 2)
        self.content.addLayout(self._all, 1)
        self._look_timer, self._judge_timer = self._timer(FRAME_MS, self._look), self._timer(JUDGE_MS, self._judge)

    def entered(self) -> None:
        self._busy = False
        self._look_timer.start()
        self._judge_timer.start()
        self._say()

    def left(self) -> None:
        self._look_timer.stop()
        self._judge_timer.stop()
        self.preview.show_frame(None, ())

    def retranslate(self) -> None:
        self.headline.setText(self.tr("Does the camera see you?"))
        self.sentence.setText(
            self.tr("At eye level, 1.4 to 1.6 m above the floor, with the light on the faces and not behind them.")
        )
        self._say()

    def arrange(self, scale: Scale) -> None:
        self._all.setSpacing(scale.px("l"))
        self._side.setSpacing(scale.px("s"))
        self._icon.set_size(scale.times(110))
        upright = scale.is_portrait
        self._all.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignHCenter if upright else Qt.AlignmentFlag.AlignLeft
        self._side.setAlignment(self._icon, side)
        for text in (self.words, self.sentence):
            text.setAlignment(side)
        self.preview.setMinimumHeight(scale.times(620 if upright else 400))

    def _look(self) -> None:
        frame = self._backend.newest_frame()
        if frame is not self._frame:
            self._frame, self._frame_s = frame, time.monotonic()
        self.preview.show_frame(frame if self._is_alive else None, ())

    def _judge(self) -> None:
        frame = self._frame
        if frame is not None and self._is_alive and not self._busy:
            self._busy = True
            self._background.run(
                self, lambda: self._backend.judge_frame(frame), self._judged, lambda _: self._judged(None)
            )
        self._say()

    def _judged(self, picture: JudgedPicture | None) -> None:
        self._busy, self._judged_picture = False, picture
        self._say()

    @property
    def _is_alive(self) -> bool:
        return self._frame is not None and time.monotonic() - self._frame_s < STALE_AFTER_S

    def _say(self) -> None:
        icon, words = self._verdict()
        self.words.setText(words)
        self._icon.show_icon(icon, "accent")

    def _verdict(self) -> tuple[str, str]:
        status = self._setup_backend.camera_status()
        if not self._is_alive:
            if status.state is SourceState.LOST:
                return "camera-off", fault_sentence(status.fault)
            return "camera", self.tr("Starting the camera")
        if self._judged_picture is None:
            return "eye", self.tr("Stand before the camera")
        if self._judged_picture.sample is not None:
            return "check", self.tr("Your face is clearly visible")
        reason = self._judged_picture.reason
        if reason is None or reason is Reason.NO_FACE:
            return "eye", self.tr("Stand before the camera")
        return ICONS.get(reason, "eye"), instruction(reason)

    def _timer(self, interval_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer
