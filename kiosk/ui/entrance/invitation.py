"""What is shown before anybody was recognised: what to do, and the privacy notice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label


class PrivacyNotice(Panel):
    """Says that faces are recognised here, and who is responsible."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._text = Icon("info", "ink_soft", self), Label("soft")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self._text, 1)

    def say(self, text: str) -> None:
        self._text.setText(text)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        self._icon.set_size(round(scale.px("body") * 1.25))


class Invitation(Panel):
    """Says what to do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._camera_lost = False
        self._icon = Icon("eye", "accent", self)
        self._title, self._more = Label("heading"), Label("body")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(1)
        for widget in (self._icon, self._title, self._more):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)

    def offer_pin(self, camera_lost: bool) -> None:
        """Set whether the camera is lost: then a PIN is asked for."""
        if camera_lost is not self._camera_lost:
            self._camera_lost = camera_lost
            self._icon.show_icon("keypad" if camera_lost else "eye", "accent")
            self.retranslate()

    def retranslate(self) -> None:
        if self._camera_lost:
            self._title.setText(self.tr("Use your PIN, please"))
            self._more.setText(self.tr("Nobody can be recognised until the camera is back."))
        else:
            self._title.setText(self.tr("Look at the camera"))
            self._more.setText(self.tr("Your name appears here as soon as you are registered."))

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        self._icon.set_size(scale.times(96))
