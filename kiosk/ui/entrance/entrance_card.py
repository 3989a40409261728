"""Base class of the cards at the entrance."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.countdown import Countdown
from kiosk.ui.panel import Card, set_property
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Icon, Label


class CardDensity(Enum):
    """How much of a card is shown: all; all but the line above the name; or the name alone."""

    FULL = "full"
    COMPACT = "compact"
    MINIMAL = "minimal"


class EntranceCard(Card):
    """Icon, three lines of text, a row of buttons and a countdown; subclasses fill it.

    Signals:
        expired: the countdown is over.
        resized: the card may need another height.
    """

    expired = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._density = CardDensity.FULL
        self._heights_px: dict[tuple[CardDensity, int], int] = {}
        self.icon = Icon("person", "ink", self)
        self.overline, self.headline, self.detail = Label("body"), Label("heading"), Label("strong")
        self.buttons = QWidget(self)
        self._button_row = QHBoxLayout(self.buttons)
        self._button_row.setContentsMargins(0, 0, 0, 0)
        self.countdown = Countdown(self)
        self.countdown.finished.connect(self.expired)
        texts = QVBoxLayout()
        for text in (self.overline, self.headline, self.detail):
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

    def set_density(self, density: CardDensity) -> None:
        """Show more or less of the card."""
        self.buttons.setVisible(density is not CardDensity.MINIMAL and self.has_actions)
        if density is self._density:
            return
        self._density = density
        self.overline.setVisible(density is CardDensity.FULL)
        self.detail.setVisible(density is not CardDensity.MINIMAL)
        set_property(self.headline, "kind", "strong" if density is CardDensity.MINIMAL else "heading")
        self._lay_out(scale_of(self))

    def height_in(self, density: CardDensity, width_px: int) -> int:
        """Return the card's height at a density, in pixels; cached, because a layout is slow."""
        if (density, width_px) not in self._heights_px:
            self.prepare()
            self.set_density(density)
            self._layout.invalidate()
            self._heights_px[density, width_px] = self._layout.totalHeightForWidth(width_px)
        return self._heights_px[density, width_px]

    def content_changed(self) -> None:
        """Subclasses call this when they have changed a text or a button."""
        self._heights_px.clear()
        self.resized.emit()

    @property
    def has_actions(self) -> bool:
        """Whether it has buttons to press."""
        return True

    def arrange(self, scale: Scale) -> None:
        self._heights_px.clear()
        self._lay_out(scale)

    def _lay_out(self, scale: Scale) -> None:
        margin = scale.px("m")
        above = margin if self._density is CardDensity.FULL else scale.px("s")
        self._layout.setContentsMargins(margin, above, margin, scale.px("xs"))
        self._layout.setSpacing(scale.px("s"))
        self._texts.setSpacing(scale.px("xs") // 2)
        self._top.setSpacing(margin)
        self._button_row.setSpacing(scale.px("s"))
        short = self._density is CardDensity.MINIMAL
        self.icon.set_size(scale.px("l") if short else max(32, scale.times(76)))
        self.countdown.setFixedHeight(scale.px("s"))
