"""Buttons that stand together, of which one is chosen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy

from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

Key = TypeVar("Key", bound=Hashable)


class SegmentedButtons(Panel, Generic[Key]):
    """A choice of two to five.

    Signals:
        chosen: the key of the button that somebody pressed.

    Attributes:
        buttons: each key's button.
    """

    chosen = Signal(object)

    def __init__(self, *keys: Key) -> None:
        super().__init__()
        self.buttons: dict[Key, Button] = {key: Button("segment") for key in keys}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for key, button in self.buttons.items():
            button.setCheckable(True)
            button.setProperty("snug", "true")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._row.addWidget(button, 1)

    @property
    def key(self) -> Key | None:
        """The key that is chosen, None while none is."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), None)

    def choose(self, key: Key) -> None:
        """Choose one without the signal."""
        self.buttons[key].setChecked(True)

    def set_texts(self, texts: Mapping[Key, str]) -> None:
        for key, text in texts.items():
            self.buttons[key].setText(text)

    def sizeHint(self) -> QSize:
        """All are as wide as the widest."""
        hints = [button.sizeHint() for button in self.buttons.values()]
        widest = max(hint.width() for hint in hints)
        width = widest * len(hints) + self._row.spacing() * (len(hints) - 1)
        return QSize(width, max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def arrange(self, scale: Scale) -> None:
        self._row.setSpacing(scale.times(2))
