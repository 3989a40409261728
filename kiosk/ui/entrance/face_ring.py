"""What moves at a face: a ring that closes while it is looked at, and a tick that is drawn when it is recognised."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from kiosk.ui.theme import Scale, colour

# The tick's corners within its disc, in shares of the disc's side.
_TICK = ((0.28, 0.53), (0.44, 0.69), (0.73, 0.35))


def paint_ring(painter: QPainter, head: QRectF, share: float, scale: Scale) -> None:
    """Draw so much of a ring round a head, from the top; share: 0 for none, 1 for all of it."""
    width = max(4.0, scale.times(8))
    side = max(head.width(), head.height()) + 2 * width
    area = QRectF(0, 0, side, side)
    area.moveCenter(head.center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen_width, name in ((width + 4, "on_accent"), (width, "looking")):
        painter.setPen(QPen(colour(name), pen_width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, 90 * 16, -round(share * 360 * 16))


def paint_tick(painter: QPainter, head: QRectF, share: float, scale: Scale) -> None:
    """Draw a disc at the head's corner, and so much of a tick in it."""
    side = max(28.0, scale.times(64))
    area = QRectF(head.right() - side / 2, head.top() - side / 2, side, side)
    painter.setPen(QPen(colour("on_accent"), max(2.0, side * 0.06)))
    painter.setBrush(colour("good"))
    painter.drawEllipse(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour("on_accent"), side * 0.11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(_tick(area, share))


def _tick(area: QRectF, share: float) -> QPainterPath:
    """Return the first part of the tick, by the length of its strokes."""
    corners = [area.topLeft() + QPointF(x * area.width(), y * area.height()) for x, y in _TICK]
    path = QPainterPath(corners[0])
    short, long = ((corners[place + 1] - corners[place]) for place in (0, 1))
    lengths = [(part.x() ** 2 + part.y() ** 2) ** 0.5 for part in (short, long)]
    left = share * sum(lengths)
    for start, part, length in zip(corners, (short, long), lengths, strict=False):
        path.lineTo(start + part * min(1.0, max(0.0, left) / length))
        left -= length
        if left <= 0:
            break
    return path
