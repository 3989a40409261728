"""The office's name and logo, and its clock."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.core.logger import log
from kiosk.ui.entrance.backend import Office
from kiosk.ui.language import date_text, time_text
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label


class OfficeSign(Panel):
    """The office's logo and name; the kiosk's own mark where there is no logo."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = _load(office)
        self._picture = QLabel(self) if self._logo is not None else Icon("mark", "accent", self)
        self._name = Label("strong")
        self._name.setText(office.name)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self._name, 1, Qt.AlignmentFlag.AlignVCenter)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        height = scale.px("touch")
        if isinstance(self._picture, Icon):
            self._picture.set_size(round(height * 0.8))
        elif self._logo is not None:
            self._picture.setPixmap(_fitted(self._logo, QSize(3 * height, height), self.devicePixelRatioF()))


class ClockLabel(Panel):
    """The office's time and date."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.time, self.date = Label("clock"), Label("body")
        for text in (self.time, self.date):
            text.setWordWrap(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.time)
        self._layout.addWidget(self.date)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.retranslate)
        self._timer.start()

    def align(self, alignment: Qt.AlignmentFlag) -> None:
        for text in (self.time, self.date):
            text.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)

    def retranslate(self) -> None:
        now = datetime.now(UTC)
        self.time.setText(time_text(now, self._zone))
        self.date.setText(date_text(now, self._zone))


def _load(office: Office) -> QPixmap | None:
    """Return the office's logo; None where there is none and, with a line in the log, where it cannot be read."""
    if office.logo_path is None:
        return None
    path = str(office.logo_path)
    picture = _drawn(path) if path.lower().endswith(".svg") else QPixmap(path)
    if picture is None or picture.isNull():
        log(logging.WARNING, "office.logo_unreadable", path=path)
        return None
    return picture


def _drawn(path: str) -> QPixmap | None:
    """Return an SVG as a picture large enough for any screen."""
    renderer = QSvgRenderer(path)
    if not renderer.isValid():
        return None
    picture = QPixmap(renderer.defaultSize().scaled(QSize(900, 300), Qt.AspectRatioMode.KeepAspectRatio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    return picture


def _fitted(picture: QPixmap, size: QSize, device_pixel_ratio: float) -> QPixmap:
    fitted = picture.scaled(
        size * device_pixel_ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(device_pixel_ratio)
    return fitted
