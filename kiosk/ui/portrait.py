"""Somebody's portrait, or their initials where none is kept."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.types import Image
from kiosk.ui.avatar import paint_avatar, paint_portrait
from kiosk.ui.pictures import pixmap_of
from kiosk.ui.theme import scale_of


class Portrait(QWidget):
    """A large disc; the name is said in words beside it."""

    def __init__(self, name: str, drawn_px: int = 180) -> None:
        """drawn_px: its side, on a screen whose shorter side is 1080."""
        super().__init__()
        self._name, self._drawn_px = name, drawn_px
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def has_picture(self) -> bool:
        """Whether the portrait is shown, and not the initials."""
        return self._picture is not None

    def show_picture(self, image_bgr: Image | None) -> None:
        """Show a portrait, (H, W, 3) BGR uint8; None for the initials."""
        self._picture = None if image_bgr is None else pixmap_of(image_bgr)
        self.update()

    def sizeHint(self) -> QSize:
        side = scale_of(self).times(self._drawn_px)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is None:
            paint_avatar(painter, QRectF(self.rect()), self._name)
        else:
            paint_portrait(painter, QRectF(self.rect()), self._picture)
        painter.end()
