"""The card that all others are made of."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.entrance.countdown import Countdown
from kiosk.ui.panel import Card, set_property
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Icon, Label


class Fullness(Enum):
    """How much of a card is shown: all, all but the line above the name, or that a name is registered and no more."""

    WHOLE = "whole"
    TIGHT = "tight"
    SHORT = "short"


class PersonCard(Card):
    """Icon, three lines of text, a row of buttons, and the time that is left; its makers fill it.

    expired: its time is over. resized: it may need another height now.
    """

    expired = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fullness = Fullness.WHOLE
        self._heights_px: dict[tuple[Fullness, int], int] = {}
        self.icon = Icon("person", "ink", self)
        self.above, self.headline, self.below = Label("body"), Label("heading"), Label("strong")
        self.buttons = QWidget(self)
        self._button_row = QHBoxLayout(self.buttons)
        self._button_row.setContentsMargins(0, 0, 0, 0)
        self.countdown = Countdown(self)
        self.countdown.finished.connect(self.expired)
        texts = QVBoxLayout()
        for text in (self.above, self.headline, self.below):
            texts.addWidget(text)
        self._top = QHBoxLayout()
        self._top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(texts, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self.buttons)
        self._layout.addWidget(self.countdown)
        self._texts = texts

    def add_button(self, button: Button) -> None:
        button.setProperty("snug", "true")
        self._button_row.addWidget(button, 1)

    def set_fullness(self, fullness: Fullness) -> None:
        """Make room for others."""
        self.buttons.setVisible(fullness is not Fullness.SHORT and self.has_offers)
        if fullness is self._fullness:
            return
        self._fullness = fullness
        self.above.setVisible(fullness is Fullness.WHOLE)
        self.below.setVisible(fullness is not Fullness.SHORT)
        set_property(self.headline, "kind", "strong" if fullness is Fullness.SHORT else "heading")
        self._lay_out(scale_of(self))

    def height_in(self, fullness: Fullness, width_px: int) -> int:
        """Return how high the card would be; measured once, because laying it out is slow."""
        if (fullness, width_px) not in self._heights_px:
            self.prepare()
            self.set_fullness(fullness)
            self._layout.invalidate()
            self._heights_px[fullness, width_px] = self._layout.totalHeightForWidth(width_px)
        return self._heights_px[fullness, width_px]

    def content_changed(self) -> None:
        """Its makers call this when they have changed a text or a button."""
        self._heights_px.clear()
        self.resized.emit()

    @property
    def has_offers(self) -> bool:
        """Whether there is a button to press."""
        return True

    def arrange(self, scale: Scale) -> None:
        self._heights_px.clear()
        self._lay_out(scale)

    def _lay_out(self, scale: Scale) -> None:
        margin = scale.px("m")
        above = margin if self._fullness is Fullness.WHOLE else scale.px("s")
        self._layout.setContentsMargins(margin, above, margin, scale.px("xs"))
        self._layout.setSpacing(scale.px("s"))
        self._texts.setSpacing(scale.px("xs") // 2)
        self._top.setSpacing(margin)
        self._button_row.setSpacing(scale.px("s"))
        short = self._fullness is Fullness.SHORT
        self.icon.set_size(scale.px("l") if short else max(32, scale.times(76)))
        self.countdown.setFixedHeight(scale.px("s"))
