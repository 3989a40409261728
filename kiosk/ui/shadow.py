"""The soft shadow below a white card, drawn once for each size of window and blown up to the card's size."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import Scale, colour, scale_of

# Of the shadow's colour where it is darkest: just visible on a light canvas.
_DARKEST = 0.20


class Shadow(QWidget):
    """Lies under one card, beside it in the same parent, and reaches out on all sides, most of all below."""

    def __init__(self, card: QWidget) -> None:
        super().__init__(card.parentWidget())
        self._card = card
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.follow()

    def follow(self) -> None:
        """Go where the card has gone."""
        parent = self._card.parentWidget()
        if parent is None:
            self.hide()
            return
        if self.parentWidget() is not parent:
            self.setParent(parent)
        reach = scale_of(self).px("shadow_reach")
        self.setGeometry(self._card.geometry().marginsAdded(QMargins(reach, reach // 2, reach, reach)))
        self.stackUnder(self._card)
        self.setVisible(self._card.isVisibleTo(parent))

    def paintEvent(self, _event: QPaintEvent) -> None:
        scale = scale_of(self)
        corner = scale.px("shadow_reach") + scale.px("radius")
        painter = QPainter(self)
        _draw_stretched(painter, self.rect(), _shadow_pixmap(scale, corner), corner)
        painter.end()


def _draw_stretched(painter: QPainter, area: QRect, drawing: QPixmap, corner: int) -> None:
    """Draw a square pixmap over an area: its corners as they are, its edges stretched, and nothing in the middle."""
    side, cut = drawing.width(), max(1, min(corner, area.width() // 2, area.height() // 2))
    from_x, from_y = (0, corner, side - corner, side), (0, corner, side - corner, side)
    to_x = (area.left(), area.left() + cut, area.right() + 1 - cut, area.right() + 1)
    to_y = (area.top(), area.top() + cut, area.bottom() + 1 - cut, area.bottom() + 1)
    for row, column in product(range(3), range(3)):
        if (row, column) != (1, 1):
            target = QRect(QPoint(to_x[column], to_y[row]), QPoint(to_x[column + 1] - 1, to_y[row + 1] - 1))
            source = QRect(QPoint(from_x[column], from_y[row]), QPoint(from_x[column + 1] - 1, from_y[row + 1] - 1))
            painter.drawPixmap(target, drawing, source)


def _shadow_pixmap(scale: Scale, corner: int) -> QPixmap:
    """Return the shadow of a card that is little more than its corners."""
    dark = colour("shadow")
    key = f"shadow/{corner}/{dark.name()}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    side, reach, radius = 2 * corner + 2, scale.px("shadow_reach"), scale.px("radius")
    found = QPixmap(side, side)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # Rings upon each other, each a little smaller: what is nearer to the card lies under more of them.
    veil = QColor(dark)
    veil.setAlphaF(_DARKEST / reach)
    painter.setBrush(veil)
    for step in range(reach):
        ring = QRectF(QRect(QPoint(0, 0), found.size())).adjusted(step, step, -step, -step)
        round_px = max(1.0, radius + reach - step)
        painter.drawRoundedRect(ring, round_px, round_px)
    painter.end()
    QPixmapCache.insert(key, found)
    return found
