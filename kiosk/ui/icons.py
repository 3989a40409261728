"""The icons of assets/icons, drawn sharp at any size in any colour of the design.

An icon is an SVG on a 24 × 24 grid whose lines are `currentColor`; all are drawn for this project.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from kiosk.config.paths import ASSETS_DIR
from kiosk.core.files import read_asset
from kiosk.ui.theme import theme

ICONS_DIR = ASSETS_DIR / "icons"


def pixmap(name: str, colour_name: str, size_px: int, device_pixel_ratio: float = 1.0, *, gap: float = 0.0) -> QPixmap:
    """Return assets/icons/<name>.svg in a colour of the design, size_px high; cached.

    gap: empty space to the right of it, in widths of the icon.
    """
    key = f"{name}/{theme().colours[colour_name]}/{size_px}/{device_pixel_ratio}/{gap}"
    image = QPixmap()
    if QPixmapCache.find(key, image):
        return image
    image = QPixmap(QSize(round(size_px * (1 + gap)), size_px) * device_pixel_ratio)
    image.setDevicePixelRatio(device_pixel_ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size_px, size_px), name, colour_name)
    painter.end()
    QPixmapCache.insert(key, image)
    return image


def icon(name: str, colour_name: str, *, gap: float = 0.0) -> QIcon:
    """Return an icon for a button, in several sizes for its iconSize to choose from.

    gap: as in pixmap; Qt itself leaves too little before a text.
    """
    found = QIcon()
    for size_px in (24, 32, 48, 64, 96):
        found.addPixmap(pixmap(name, colour_name, size_px, gap=gap))
        found.addPixmap(pixmap(name, "ink_soft", size_px, gap=gap), QIcon.Mode.Disabled)
    return found


def paint(painter: QPainter, area: QRectF, name: str, colour_name: str) -> None:
    _renderer(name, theme().colours[colour_name]).render(painter, area)


@cache
def _renderer(name: str, rgb: str) -> QSvgRenderer:
    drawing = read_asset(ICONS_DIR / f"{name}.svg")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", rgb).encode()))
