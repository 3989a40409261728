"""The camera's picture, mirrored, with a frame round each face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.core.opencv import cv2
from kiosk.domain.types import Box, Frame, Image
from kiosk.ui.entrance.face_frames import FaceFrames, head_of
from kiosk.ui.entrance.face_marks import FaceMark, FaceState
from kiosk.ui.entrance.face_ring import paint_ring, paint_tick
from kiosk.ui.theme import colour, scale_of

# How large the faces of a portrait are in it, in heights and widths of its crop; less, and the people are small.
PORTRAIT_FACE_HEIGHTS, PORTRAIT_FACE_WIDTHS = 2.6, 1.7
# How much of the way to its new place a portrait goes with each frame.
PORTRAIT_SMOOTHING = 0.15


class Crop:
    """The part of a picture that fills a widget: x' = (x − left) · scale, mirrored about the widget's middle.

    It is the middle of the picture, or the surroundings of a box, as large as the faces in it need.
    """

    def __init__(
        self, picture: tuple[int, int], target: tuple[int, int], mirrored: bool, around: Box | None = None
    ) -> None:
        """picture, target: (width, height) in pixels. around: in the picture; None for its middle."""
        (width, height), (target_width, target_height) = picture, target
        largest = max(target_width / width, target_height / height)
        self.scale, centre_x, centre_y = largest, width / 2, height / 2
        if around is not None:
            left, top, right, bottom = around
            needed_width, needed_height = PORTRAIT_FACE_WIDTHS * (right - left), PORTRAIT_FACE_HEIGHTS * (bottom - top)
            self.scale = max(largest, min(target_width / needed_width, target_height / needed_height))
            centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
        self.width_px = min(width, max(1, round(target_width / self.scale)))
        self.height_px = min(height, max(1, round(target_height / self.scale)))
        self.left_px = min(max(0, round(centre_x - self.width_px / 2)), width - self.width_px)
        self.top_px = min(max(0, round(centre_y - self.height_px / 2)), height - self.height_px)
        self._target_width, self._mirrored = target_width, mirrored

    def rect(self, box: Box) -> QRectF:
        """Return where a box of the picture lies in the widget."""
        left, right = ((x - self.left_px) * self.scale for x in (box[0], box[2]))
        top, bottom = ((y - self.top_px) * self.scale for y in (box[1], box[3]))
        if self._mirrored:
            left, right = self._target_width - right, self._target_width - left
        return QRectF(left, top, right - left, bottom - top)


class Preview(QWidget):
    """Paints the frame that it was given last."""

    def __init__(self, parent: QWidget | None = None, *, mirrored: bool = True) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.mirrored = mirrored
        self.painted_frames = 0
        self._frame: Frame | None = None
        self._painted: Frame | None = None
        self._marks: Sequence[FaceMark] = ()
        self._frames = FaceFrames()
        self._is_portrait = False
        self._around: Box | None = None
        self._pixels: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)

    def show_frame(self, frame: Frame | None, marks: Sequence[FaceMark]) -> None:
        """Show a frame and the faces in it; None shows an empty rectangle."""
        if frame is self._frame and marks == self._marks:
            return
        self._frame, self._marks = frame, marks
        self.update()

    @property
    def is_portrait(self) -> bool:
        """Whether it shows the surroundings of the faces alone."""
        return self._is_portrait

    @is_portrait.setter
    def is_portrait(self, is_portrait: bool) -> None:
        self._is_portrait, self._around = is_portrait, None

    def _follow_faces(self, widest_px: float) -> Box | None:
        """Return what a portrait shows: the box of the faces, which glides; the last one while there is none.

        Faces that are not within the widest crop make way for the largest of them, which is nearest.
        """
        if self._is_portrait and self._marks:
            recognised = [mark.box_xyxy for mark in self._marks if mark.state is FaceState.RECOGNISED]
            boxes = np.array(recognised or [mark.box_xyxy for mark in self._marks])
            now = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
            if len(boxes) > 1 and now[2] - now[0] > 0.9 * widest_px:
                now = boxes[np.argmax(boxes[:, 3] - boxes[:, 1])]
            before = now if self._around is None else np.array(self._around)
            left, top, right, bottom = (before + PORTRAIT_SMOOTHING * (now - before)).tolist()
            self._around = left, top, right, bottom
        return self._around

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._frame is None:
            painter.fillRect(self.rect(), colour("sunken"))
        else:
            self._paint_picture(painter, self._frame.image_bgr)
        self._round_corners(painter)
        painter.end()

    def _paint_picture(self, painter: QPainter, image_bgr: Image) -> None:
        ratio = self.devicePixelRatioF()
        size = (max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        height, width = image_bgr.shape[:2]
        around = self._follow_faces(height * size[0] / size[1])
        crop = Crop((width, height), size, self.mirrored, around)
        self._pixels = fill(image_bgr, crop, size, self.mirrored, self._pixels)
        picture = QImage(self._pixels.data, *size, size[0] * 4, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, picture)
        if self._frame is not self._painted:
            self._painted = self._frame
            self.painted_frames += 1
        crop = Crop((width, height), (self.width(), self.height()), self.mirrored, around)
        faces = [(crop.rect(mark.box_xyxy), mark.state) for mark in self._marks]
        self._frames.paint(painter, QRectF(self.rect()), faces, self.font(), scale_of(self))
        for mark in self._marks:
            if mark.state is FaceState.LOOKING and mark.ring > 0:
                paint_ring(painter, head_of(crop.rect(mark.box_xyxy)), mark.ring, scale_of(self))
            elif mark.state is FaceState.RECOGNISED:
                paint_tick(painter, head_of(crop.rect(mark.box_xyxy)), mark.tick, scale_of(self))

    def _round_corners(self, painter: QPainter) -> None:
        radius = scale_of(self).px("radius")
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside - inside, colour("canvas"))


def fill(
    image_bgr: Image, crop: Crop, size: tuple[int, int], mirrored: bool, pixels: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Return a crop of a picture at a (width, height) as (H, W, 4) BGRA, written into pixels where it has the size."""
    part = image_bgr[crop.top_px : crop.top_px + crop.height_px, crop.left_px : crop.left_px + crop.width_px]
    if mirrored:
        part = cv2.flip(part, 1)
    if pixels.shape[:2] != (size[1], size[0]):
        pixels = np.empty((size[1], size[0], 4), np.uint8)
    # Averaging costs more than it shows, except where pixels would be skipped.
    method = cv2.INTER_AREA if crop.scale < 0.5 else cv2.INTER_LINEAR
    cv2.resize(cv2.cvtColor(part, cv2.COLOR_BGR2BGRA), size, dst=pixels, interpolation=method)
    return pixels
