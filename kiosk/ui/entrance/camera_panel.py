"""The preview, the timer that reads new frames for it, and what is said where there is no picture."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.frame_result import FrameResult
from kiosk.domain.types import Frame
from kiosk.ui.entrance.backend import EntranceBackend, EntranceBridge
from kiosk.ui.entrance.face_marks import FaceMark, FaceMarks
from kiosk.ui.entrance.preview import Preview
from kiosk.ui.panel import Card, Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label

FRAME_MS = 33
# While the screen is dim the picture moves, and a face is noticed, this often.
IDLE_MS = 150
# A picture that has not changed for so long is not shown any more: a still face looks like a living one.
STALE_AFTER_S = 2.5
# Frames of faces that nobody has seen for so long are taken away.
FACES_GONE_AFTER_S = 0.8
# Width by height of the preview, and its share of a wide window: most of a camera's 16:9, and room for the cards;
# beside one greeting, where it is a portrait; beside several.
PLACES = ((1.5, 0.66), (0.75, 0.28), (1.3, 0.4))
# Width by height above a greeting, in a window that is taller than wide.
PORTRAIT_ABOVE_RATIO = 2.0


def preview_place(scale: Scale, width_px: int, greeted_count: int) -> tuple[int, int]:
    """Return the preview's share of a wide window in percent, 0 in a tall one, and its height in pixels.

    It is as wide as there is room: whoever stands where it is cut off is seen by the camera and does not know it.

    Args:
        scale: of the window.
        width_px: of the window, without its margins.
        greeted_count: how many people are greeted; 2 for more.
    """
    ratio, share = PLACES[greeted_count]
    if scale.is_portrait:
        return 0, round(width_px / (PORTRAIT_ABOVE_RATIO if greeted_count else ratio))
    return round(100 * share), round((width_px - scale.px("l")) * share / ratio)


class CameraPanel(Panel):
    """The preview, or a sentence where there is no picture.

    Signals:
        face_seen: a frame with a face in it was processed.
        dim_frame: the newest frame while the screen is dim; None while there is no picture.
    """

    face_seen = Signal()
    dim_frame = Signal(object)

    def __init__(
        self,
        backend: EntranceBackend,
        bridge: EntranceBridge,
        *,
        mirrored: bool,
        less_motion: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend, self._bridge = backend, bridge
        self._marks = FaceMarks(less_motion=less_motion)
        self._result: FrameResult | None = None
        self._frame: Frame | None = None
        self._frame_s = self._result_s = time.monotonic()
        self._dim = False
        self.preview = Preview(self, mirrored=mirrored)
        self._placeholder = _PreviewPlaceholder(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._placeholder)
        self._stack.addWidget(self.preview)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def run(self, *, dim: bool) -> None:
        """Start to read frames and faces. dim: less often, and for the dim screen."""
        self._dim = dim
        self._timer.start(IDLE_MS if dim else FRAME_MS)

    def stop(self) -> None:
        self._timer.stop()

    @property
    def sentence(self) -> str:
        """What is said where there is no picture."""
        return self._placeholder.sentence

    @property
    def marks(self) -> tuple[FaceMark, ...]:
        """The faces that are framed."""
        return self._marks.marks

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def say(self, sentence: str, icon_name: str) -> None:
        """Set the sentence and the icon for when there is no picture."""
        self._placeholder.say(sentence, icon_name)

    def _look(self) -> None:
        now_s = time.monotonic()
        self._look_for_faces(now_s)
        frame = self._backend.newest_frame()
        if frame is not self._frame:
            self._frame, self._frame_s = frame, now_s
        alive = frame is not None and now_s - self._frame_s < STALE_AFTER_S
        if self._dim:
            self.dim_frame.emit(frame if alive else None)
            return
        self._stack.setCurrentWidget(self.preview if alive else self._placeholder)
        if alive:
            self.preview.show_frame(frame, self._marks.marks)

    def _look_for_faces(self, now_s: float) -> None:
        result = self._bridge.newest_result
        if result is None:
            return
        if result is not self._result:
            self._result, self._result_s = result, now_s
            self._marks.update(result)
            if result.observations:
                self.face_seen.emit()
        elif now_s - self._result_s > FACES_GONE_AFTER_S:
            self._marks.clear()


class _PreviewPlaceholder(Card):
    """An icon and a sentence in place of the picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = Icon("camera", "ink_soft", self)
        self._sentence = Label("strong")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addWidget(self._sentence)
        self._layout.addStretch(1)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def say(self, sentence: str, icon_name: str) -> None:
        self._sentence.setText(sentence)
        self._icon.show_icon(icon_name, "ink_soft")

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("xl")
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(scale.px("m"))
        self._icon.set_size(scale.times(120))
