"""Which camera watches the door, and how its picture is turned; the whole picture is shown while it changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.config.setting_traits import SettingGroup
from kiosk.domain.types import Frame
from kiosk.settings.states import SettingState
from kiosk.ui.admin.setting_row import SettingRow
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import CameraBackend
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.settings.group_screen import GroupScreen
from kiosk.ui.settings.texts import title_of
from kiosk.ui.settings.value_controls import CameraControl
from kiosk.ui.theme import Scale, colour

FRAME_MS = 66


class CameraSettingsScreen(GroupScreen):
    """The group of the camera, below its live picture."""

    def __init__(self, backend: SettingsBackend, background: Background, frames: CameraBackend) -> None:
        super().__init__(backend, background, SettingGroup.CAMERA)
        self._frames, self._cameras = frames, CameraControl()
        self._cameras.chosen.connect(lambda path: self._change("source", path))
        self.picture = WholePicture(self)
        self._source_row = SettingRow(self._cameras, is_wide=True)
        self._card.add(self._source_row)
        self.body.insertWidget(0, self.picture)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(lambda: self.picture.show_frame(self._frames.newest_frame()))

    def entered(self) -> None:
        super().entered()
        self._timer.start()
        self._background.run(self, self._backend.cameras, self._cameras.offer, self._failed)

    def left(self) -> None:
        self._timer.stop()

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self.picture.setFixedHeight(scale.times(300))

    def _fill(self, states: Sequence[SettingState]) -> None:
        super()._fill(states)
        source = next(state for state in states if state.name == "source")
        self._states["source"], self.rows["source"] = source, self._source_row
        self._show("source")

    def _show(self, name: str) -> None:
        if name != "source":
            super()._show(name)
            return
        state = self._states[name]
        self._cameras.show_value(state.value)
        words = self.tr("A network camera's address is set by kiosk settings set source.")
        self._source_row.set_texts(title_of(name), words)
        self._source_row.set_fixed(self._fixed(state))


class WholePicture(QWidget):
    """A frame as large as it fits, with nothing cut off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None

    def show_frame(self, frame: Frame | None) -> None:
        if frame is not self._frame:
            self._frame = frame
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("sunken"))
        if self._frame is None:
            return
        image_bgr = self._frame.image_bgr
        height, width = image_bgr.shape[:2]
        image = QImage(image_bgr.data, width, height, image_bgr.strides[0], QImage.Format.Format_BGR888)
        fitting = QSize(width, height).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.translate((self.width() - fitting.width()) / 2, (self.height() - fitting.height()) / 2)
        painter.scale(fitting.width() / width, fitting.height() / height)
        painter.drawImage(0, 0, image)
