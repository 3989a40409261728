"""The frames round the faces: each state has its own shape, colour, icon and label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.icons import pixmap
from kiosk.ui.theme import Scale, colour

Outline = Callable[[QRectF], QPainterPath]


@dataclass(frozen=True, slots=True)
class FaceStyle:
    """How a state looks; dashed: with a broken outline."""

    outline: Outline
    colour: str
    icon: str
    dashed: bool = False


def brackets(area: QRectF) -> QPainterPath:
    """Return four corners."""
    path = QPainterPath()
    x, y = area.width() * 0.26, area.height() * 0.26
    for corner, along, down in (
        (area.topLeft(), x, y),
        (area.topRight(), -x, y),
        (area.bottomRight(), -x, -y),
        (area.bottomLeft(), x, -y),
    ):
        path.moveTo(corner + QPointF(along, 0))
        path.lineTo(corner + QPointF(along * 0.35, 0))
        path.quadTo(corner, corner + QPointF(0, down * 0.35))
        path.lineTo(corner + QPointF(0, down))
    return path


def rounded_rectangle(area: QRectF) -> QPainterPath:
    """Return a rectangle with round corners."""
    path = QPainterPath()
    radius = min(area.width(), area.height()) * 0.14
    path.addRoundedRect(area, radius, radius)
    return path


def oval(area: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(area)
    return path


def octagon(area: QRectF) -> QPainterPath:
    path = QPainterPath()
    cut_x, cut_y = area.width() * 0.26, area.height() * 0.26
    left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
    path.moveTo(left + cut_x, top)
    for x, y in (
        (right - cut_x, top),
        (right, top + cut_y),
        (right, bottom - cut_y),
        (right - cut_x, bottom),
        (left + cut_x, bottom),
        (left, bottom - cut_y),
        (left, top + cut_y),
    ):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


FACE_STYLES = {
    FaceState.LOOKING: FaceStyle(brackets, "looking", "search"),
    FaceState.RECOGNISED: FaceStyle(rounded_rectangle, "good", "check"),
    FaceState.COME_CLOSER: FaceStyle(oval, "advice", "closer"),
    FaceState.LOOK_AT_CAMERA: FaceStyle(oval, "advice", "eye"),
    FaceState.STEP_INTO_PICTURE: FaceStyle(oval, "advice", "person"),
    FaceState.TOO_DARK: FaceStyle(oval, "advice", "light"),
    FaceState.TOO_BRIGHT: FaceStyle(oval, "advice", "light"),
    FaceState.HOLD_STILL: FaceStyle(oval, "advice", "still"),
    FaceState.UNCOVER_EYES: FaceStyle(oval, "advice", "eye"),
    FaceState.UNCOVER_FACE: FaceStyle(oval, "advice", "person"),
    FaceState.LOOK_AGAIN: FaceStyle(rounded_rectangle, "advice", "repeat", dashed=True),
    FaceState.NOT_RECOGNISED: FaceStyle(octagon, "stranger", "question"),
}


FACE_LABELS = {
    FaceState.LOOKING: QT_TRANSLATE_NOOP("FaceState", "Looking"),
    FaceState.RECOGNISED: QT_TRANSLATE_NOOP("FaceState", "Recognised"),
    FaceState.COME_CLOSER: QT_TRANSLATE_NOOP("FaceState", "Come closer"),
    FaceState.LOOK_AT_CAMERA: QT_TRANSLATE_NOOP("FaceState", "Look at the camera"),
    FaceState.STEP_INTO_PICTURE: QT_TRANSLATE_NOOP("FaceState", "Step into the picture"),
    FaceState.TOO_DARK: QT_TRANSLATE_NOOP("FaceState", "Too dark"),
    FaceState.TOO_BRIGHT: QT_TRANSLATE_NOOP("FaceState", "Too bright"),
    FaceState.HOLD_STILL: QT_TRANSLATE_NOOP("FaceState", "Hold still"),
    FaceState.UNCOVER_EYES: QT_TRANSLATE_NOOP("FaceState", "Show your eyes"),
    FaceState.UNCOVER_FACE: QT_TRANSLATE_NOOP("FaceState", "Show your whole face"),
    FaceState.LOOK_AGAIN: QT_TRANSLATE_NOOP("FaceState", "Look again"),
    FaceState.NOT_RECOGNISED: QT_TRANSLATE_NOOP("FaceState", "Not recognised"),
}


def face_label(state: FaceState) -> str:
    """Return what is written at a face, in the language that is shown."""
    return QCoreApplication.translate("FaceState", str(FACE_LABELS[state]))


class FaceFrames:
    """Paints the frames and their labels; labels stay within the picture and do not overlap."""

    def paint(
        self, painter: QPainter, area: QRectF, faces: Sequence[tuple[QRectF, FaceState]], font: QFont, scale: Scale
    ) -> None:
        """faces: each face's box in the painter's pixels, and its state."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(font)
        font.setPixelSize(scale.px("strong"))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        taken: list[QRectF] = []
        for box, state in faces:
            head = head_of(box)
            self._outline(painter, head, FACE_STYLES[state], scale)
            place = free_place(area, head, self._label_size(painter, state, scale), scale.px("s"), taken)
            self._label(painter, place, state)
            taken.append(place)

    def _outline(self, painter: QPainter, head: QRectF, style: FaceStyle, scale: Scale) -> None:
        path = style.outline(head)
        width = max(4.0, scale.times(7))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # White below, so that the colour is seen on any coat and any wall.
        for pen_width, pen_colour in ((width + 4, colour("on_accent")), (width, colour(style.colour))):
            painter.setPen(_pen(pen_colour, pen_width, width if style.dashed else None))
            painter.drawPath(path)

    def _label_size(self, painter: QPainter, state: FaceState, scale: Scale) -> QSizeF:
        metrics = QFontMetricsF(painter.font())
        height = metrics.height() + scale.px("s")
        return QSizeF(metrics.horizontalAdvance(face_label(state)) + 1.7 * height, height)

    def _label(self, painter: QPainter, place: QRectF, state: FaceState) -> None:
        style = FACE_STYLES[state]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(style.colour))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        inset = place.height() * 0.2
        side = place.height() - 2 * inset
        image = pixmap(style.icon, "on_accent", round(side), painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(place.left() + 2 * inset, place.top() + inset), image)
        painter.setPen(colour("on_accent"))
        text_area = place.adjusted(side + 3 * inset, 0, 0, 0)
        painter.drawText(text_area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, face_label(state))


def head_of(face: QRectF) -> QRectF:
    """Return the rectangle of the whole head; the detector's box reaches from brow to chin."""
    return face.adjusted(-0.18 * face.width(), -0.42 * face.height(), 0.18 * face.width(), 0.16 * face.height())


def free_place(area: QRectF, head: QRectF, size: QSizeF, gap: float, taken: Sequence[QRectF]) -> QRectF:
    """Return a label's place below the head, or above it where another label is below."""
    inside = area.adjusted(gap, gap, -gap, -gap)
    left = head.center().x() - size.width() / 2
    places = [
        _moved_inside(QRectF(QPointF(left, top), size), inside)
        for top in (head.bottom() + gap, head.top() - gap - size.height())
    ]
    return next((place for place in places if not any(place.intersects(other) for other in taken)), places[0])


def _moved_inside(place: QRectF, area: QRectF) -> QRectF:
    x = max(area.left(), min(place.left(), area.right() - place.width()))
    y = max(area.top(), min(place.top(), area.bottom() - place.height()))
    return QRectF(QPointF(x, y), place.size())


def _pen(pen_colour: QColor, width: float, dash_for: float | None) -> QPen:
    pen = QPen(pen_colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dash_for is not None:
        # A dash pattern counts in pen widths; both strokes shall break at the same places.
        pen.setDashPattern([3.0 * dash_for / width, 3.2 * dash_for / width])
    return pen
