"""Clock and invitation over the dim picture, while nobody is there."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.core.opencv import cv2
from kiosk.domain.types import Frame, Image
from kiosk.ui import icons
from kiosk.ui.entrance.preview import Crop, fill
from kiosk.ui.language import date_text, time_text
from kiosk.ui.panel import Panel
from kiosk.ui.theme import colour, scale_of

# Where the clock stands, minute by minute, in shares of the free room: a picture that never moves burns in.
_PLACES = ((0.50, 0.45), (0.44, 0.40), (0.56, 0.40), (0.56, 0.52), (0.44, 0.52))

# How bright the picture is, so that white letters are read on its brightest places, and how much smaller it is made.
_BRIGHTNESS = 0.25
_SOFTER = 4


class IdlePanel(Panel):
    """Moves the clock every minute, so that it does not burn in; nothing else moves but the picture.

    Signals:
        touched: the screen was touched, or a key pressed.
    """

    touched = Signal()

    def __init__(
        self, office_name: str, zone: ZoneInfo, parent: QWidget | None = None, *, mirrored: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._office_name, self._zone, self._mirrored = office_name, zone, mirrored
        self._invitation = ""
        self._frame: Frame | None = None
        self._pixels: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)
        self._minute = -1
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Nobody is there. Touch to wake the screen."))
        self._invitation = self.tr("Look at the camera")
        self.update()

    def show_frame(self, frame: Frame | None) -> None:
        """Show a frame, dimmed; None shows the night."""
        if frame is not self._frame:
            self._frame = frame
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = datetime.now(UTC)
        scale = scale_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frame is None:
            painter.fillRect(self.rect(), colour("night"))
        else:
            self._paint_picture(painter, self._frame.image_bgr)
        painter.setPen(colour("night_ink" if self._frame is None else "on_picture"))
        share_x, share_y = _PLACES[now.minute % len(_PLACES)]
        middle = QPointF(self.width() * share_x, self.height() * share_y)
        clock_px = scale.times(260)
        self._line(painter, middle, clock_px, QFont.Weight.DemiBold, time_text(now, self._zone))
        below = middle + QPointF(0, clock_px * 0.72)
        self._line(painter, below, scale.px("strong"), QFont.Weight.Normal, date_text(now, self._zone))
        invites_at = below + QPointF(0, clock_px * 0.42)
        self._line(painter, invites_at, scale.px("title"), QFont.Weight.DemiBold, self._invitation)
        self._sign(painter, QPointF(middle.x(), middle.y() - clock_px * 0.82), scale.px("strong"))
        painter.end()

    def _paint_picture(self, painter: QPainter, image_bgr: Image) -> None:
        """Paint the picture dark and soft: made small first, because that takes a quarter of the time."""
        height, width = image_bgr.shape[:2]
        small_width = max(1, self.width() // _SOFTER)
        small_height = max(1, self.height() // _SOFTER)
        crop = Crop((width, height), (small_width, small_height), self._mirrored)
        self._pixels = fill(image_bgr, crop, (small_width, small_height), self._mirrored, self._pixels)
        dark = cv2.resize(cv2.convertScaleAbs(self._pixels, alpha=_BRIGHTNESS), (self.width(), self.height()))
        picture = QImage(dark.data, self.width(), self.height(), self.width() * 4, QImage.Format.Format_RGB32)
        painter.drawImage(0, 0, picture)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.touched.emit()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        self.touched.emit()

    def _sign(self, painter: QPainter, middle: QPointF, size_px: int) -> None:
        """Paint the mark with the office's name beside it."""
        font = self._font(size_px, QFont.Weight.DemiBold)
        painter.setFont(font)
        mark_px = size_px * 1.5
        width = mark_px + size_px / 2 + painter.fontMetrics().horizontalAdvance(self._office_name)
        left = middle.x() - width / 2
        ink = "night_ink" if self._frame is None else "on_picture"
        icons.paint(painter, QRectF(left, middle.y() - mark_px / 2, mark_px, mark_px), "mark", ink)
        area = QRectF(left + mark_px + size_px / 2, middle.y() - size_px, width, 2 * size_px)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._office_name)

    def _line(self, painter: QPainter, middle: QPointF, size_px: int, weight: QFont.Weight, text: str) -> None:
        painter.setFont(self._font(size_px, weight))
        area = QRectF(0, 0, self.width(), size_px * 1.4)
        area.moveCenter(middle)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _font(self, size_px: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(weight)
        return font

    def _tick(self) -> None:
        minute = datetime.now(UTC).minute
        if self.isVisible() and minute != self._minute:
            self._minute = minute
            self.update()
