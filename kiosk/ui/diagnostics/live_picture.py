"""The camera's whole picture with a box at each face, its scores, and why it is not recognised."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.core.opencv import cv2
from kiosk.domain.frame_result import FrameResult, Observation
from kiosk.domain.types import DecisionStatus, Image
from kiosk.ui.diagnostics.labels import face_lines
from kiosk.ui.theme import colour, scale_of

_COLOURS = {
    DecisionStatus.MATCH: "good",
    DecisionStatus.LOW_CONFIDENCE: "advice",
    DecisionStatus.UNKNOWN: "stranger",
    DecisionStatus.NO_FACE: "looking",
}
CAPTION_OPACITY = 0.88


class LivePicture(QWidget):
    """Paints the result that it was given last; not mirrored, as the camera sees it."""

    def __init__(self, name_of: Callable[[int], str | None], parent: QWidget | None = None) -> None:
        """name_of: returns an enrolled person's name, from memory."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._name_of = name_of
        self._result: FrameResult | None = None
        self._qualities: dict[int, float] = {}
        self._pixels: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)

    def show_result(self, result: FrameResult | None) -> None:
        """Show another frame; None shows an empty rectangle."""
        if result is self._result:
            return
        self._result = result
        faces = () if result is None else result.observations
        # A settled face is judged from time to time; its last quality stands meanwhile.
        known = {face.track_id: self._qualities[face.track_id] for face in faces if face.track_id in self._qualities}
        self._qualities = known | {face.track_id: face.quality.quality_score for face in faces if face.quality}
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("sunken"))
        if self._result is not None:
            area = self._paint_picture(painter, self._result.frame.image_bgr)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for face in self._result.observations:
                self._paint_face(painter, area, self._result.frame.image_bgr, face)
        painter.end()

    def _paint_picture(self, painter: QPainter, image_bgr: Image) -> QRectF:
        """Paint the whole picture, as large as it fits, and return where."""
        ratio = self.devicePixelRatioF()
        height, width = image_bgr.shape[:2]
        factor = min(self.width() * ratio / width, self.height() * ratio / height)
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        if self._pixels.shape[:2] != (size[1], size[0]):
            self._pixels = np.empty((size[1], size[0], 4), np.uint8)
        method = cv2.INTER_AREA if factor < 0.5 else cv2.INTER_LINEAR
        cv2.resize(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2BGRA), size, dst=self._pixels, interpolation=method)
        picture = QImage(self._pixels.data, *size, size[0] * 4, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        area = QRectF(0, 0, size[0] / ratio, size[1] / ratio)
        area.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(area.topLeft(), picture)
        return area

    def _paint_face(self, painter: QPainter, area: QRectF, image_bgr: Image, face: Observation) -> None:
        factor = area.width() / image_bgr.shape[1]
        left, top, right, bottom = (value * factor for value in face.box_xyxy)
        box = QRectF(area.left() + left, area.top() + top, right - left, bottom - top)
        name = _COLOURS[face.decision.status] if face.decision is not None else "looking"
        scale = scale_of(self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, ink in ((scale.px("ring") + 3, "on_accent"), (scale.px("ring"), name)):
            painter.setPen(QPen(colour(ink), width))
            painter.drawRect(box)
        lines = face_lines(face, self._qualities.get(face.track_id), self._name_of)
        self._paint_caption(painter, area, box, lines, name)

    def _paint_caption(
        self, painter: QPainter, area: QRectF, box: QRectF, lines: tuple[str, ...], colour_name: str
    ) -> None:
        """Write below the face, or over it where the picture ends there."""
        font = QFont(self.font())
        font.setPixelSize(scale_of(self).px("caption"))
        metrics, edge = QFontMetricsF(font), scale_of(self).px("xs")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * edge
        field = QRectF(box.left(), box.bottom() + edge, width, len(lines) * metrics.height() + 2 * edge)
        field.moveLeft(max(area.left(), min(field.left(), area.right() - field.width())))
        field.moveBottom(min(field.bottom(), area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(CAPTION_OPACITY)
        painter.fillRect(field, colour(colour_name))
        painter.setOpacity(1.0)
        painter.setPen(colour("on_accent"))
        painter.setFont(font)
        for place, line in enumerate(lines):
            top = field.top() + edge + place * metrics.height()
            row = QRectF(field.left() + edge, top, field.width(), metrics.height())
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
