"""A disc with somebody's initials, for people of whom there is no portrait."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import colour, scale_of

_COLOURS = tuple(f"person_{number}" for number in range(1, 7))
_FONT_SHARE = 0.40


class Avatar(QWidget):
    """One person's disc; the name is said in words beside it."""

    def __init__(self, name: str = "", size: str = "avatar", parent: QWidget | None = None) -> None:
        """size: a size of design.toml."""
        super().__init__(parent)
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        side = scale_of(self).px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()), self._name)
        painter.end()


def initials_of(name: str) -> str:
    """Return the first letters of the first two words of a name, "?" for an empty one."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "?"


def person_colour(name: str) -> str:
    """Return the name of a person's colour; the same name always has the same."""
    return _COLOURS[zlib.crc32(" ".join(name.casefold().split()).encode()) % len(_COLOURS)]


def paint_avatar(painter: QPainter, area: QRectF, name: str) -> None:
    """Draw a person's disc into a square; the painter's pen, brush and font are changed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(person_colour(name)))
    painter.drawEllipse(area)
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(area.height() * _FONT_SHARE)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(colour("on_accent"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials_of(name))


def paint_portrait(painter: QPainter, area: QRectF, picture: QPixmap) -> None:
    """Draw the middle of a picture into a disc as large as a square."""
    path = QPainterPath()
    path.addEllipse(area)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    side = min(picture.width(), picture.height())
    middle = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
    painter.drawPixmap(area, picture, middle)
    painter.restore()
