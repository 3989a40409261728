"""What a window shows until the next one is painted in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.panel import Screen
from kiosk.ui.widgets import Label


class StartingScreen(Screen):
    """Shown while recognition starts."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = Label("heading")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(self._sentence)

    def retranslate(self) -> None:
        self._sentence.setText(self.tr("One moment — recognition is starting"))
