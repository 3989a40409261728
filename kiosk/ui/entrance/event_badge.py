"""An icon on a filled shape: a disc for who comes in, a rounded square for who leaves, so that it is told by shape."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui import icons
from kiosk.ui.theme import colour

_ICON_SHARE = 0.56


class EventBadge(QWidget):
    """Shows one icon; whatever it says is also said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon, self._colour, self._is_disc = "person", "ink", True

    def show_icon(self, name: str, colour_name: str, *, is_disc: bool = True) -> None:
        self._icon, self._colour, self._is_disc = name, colour_name, is_disc
        self.update()

    def set_size(self, size_px: int) -> None:
        self.setFixedSize(size_px, size_px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = float(self.width())
        radius = side / 2 if self._is_disc else side * 0.24
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(self._colour))
        painter.setBrush(colour(self._colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), radius, radius)
        inset = side * (1 - _ICON_SHARE) / 2
        icons.paint(painter, QRectF(inset, inset, side * _ICON_SHARE, side * _ICON_SHARE), self._icon, "on_accent")
        painter.end()
