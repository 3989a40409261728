"""The live picture with an oval for the face, and the thumbnails of pictures taken."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.domain.types import Frame, Image
from kiosk.employees.judged_picture import portrait_part
from kiosk.ui.entrance.preview import Preview
from kiosk.ui.icons import pixmap
from kiosk.ui.theme import colour, scale_of

_SHADE = QColor(11, 16, 21, 120)


class OvalPreview(Preview):
    """Shows the part of the frame that is judged; the oval tells whether the face is good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._good = False
        self._full_frame: Frame | None = None

    def show_frame_part(self, frame: Frame | None) -> None:
        """Show the middle of a frame."""
        if frame is self._full_frame:
            return
        self._full_frame = frame
        part = None if frame is None else replace(frame, image_bgr=portrait_part(frame.image_bgr))
        self.show_frame(part, ())

    def set_good(self, good: bool) -> None:
        if good is not self._good:
            self._good = good
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._full_frame is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outside = QPainterPath()
        radius = scale_of(self).px("radius")
        outside.addRoundedRect(QRectF(self.rect()), radius, radius)
        oval = QPainterPath()
        oval.addEllipse(self._oval)
        painter.fillPath(outside - oval, _SHADE)
        width = scale_of(self).times(8 if self._good else 5)
        style = Qt.PenStyle.SolidLine if self._good else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour("good_soft" if self._good else "surface"), width, style))
        painter.drawPath(oval)
        painter.end()

    @property
    def _oval(self) -> QRectF:
        height = min(self.height() * 0.78, self.width() * 0.98)
        width = height * 0.74
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)


def small_picture(image_bgr: Image | None, side_px: int, *, mirrored: bool = True) -> QPixmap:
    """Return a picture scaled into a square of side_px; an icon where there is no picture.

    mirrored: as people know themselves from mirrors, for a camera's picture.
    """
    if image_bgr is None:
        return pixmap("photo", "ink_soft", side_px)
    turned = (image_bgr[:, ::-1] if mirrored else image_bgr).copy()
    height, width = turned.shape[:2]
    image = QImage(turned.data, width, height, width * 3, QImage.Format.Format_BGR888)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(side_px, side_px, keep, smooth))
