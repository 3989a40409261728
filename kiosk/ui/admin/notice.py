"""A message on a screen, with a button to undo or to try again."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.ui.panel import Card
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Icon, Label

Tone = Literal["good", "advice", "bad"]
_ICONS: dict[Tone, str] = {"good": "check", "advice": "info", "bad": "warning"}


class Notice(Card):
    """Hidden until it has a message.

    Signals:
        pressed: its button was pressed.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._sentence, self.button = Icon("info", "ink", self), Label("body"), Button("secondary")
        self.button.clicked.connect(self.pressed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self.button)
        self.hide()

    @property
    def sentence(self) -> str:
        """The message that is shown, "" for none."""
        return self._sentence.text()

    def say(self, tone: Tone, sentence: str, button: str = "") -> None:
        """Show a message. button: the button's text; "" for no button."""
        self.set_tone(tone)
        self._icon.show_icon(_ICONS[tone], tone)
        self._sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()

    def clear(self) -> None:
        self._sentence.setText("")
        self.hide()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("s")
        self._row.setContentsMargins(scale.px("m"), edge, edge, edge)
        self._row.setSpacing(edge)
        self._icon.set_size(scale.times(44))
