"""Base class of the cards at the entrance."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.countdown import Countdown
from kiosk.ui.entrance.event_badge import EventBadge
from kiosk.ui.entrance.name_label import NameLabel
from kiosk.ui.panel import Card, set_property
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Label


class CardDensity(Enum):
    """How much of a card is shown: it fills the room; all; all but the line above the name; or the name alone."""

    LARGE = "large"
    FULL = "full"
    COMPACT = "compact"
    MINIMAL = "minimal"


# The largest letters of the name and the side of the badge, in pixels on a screen whose shorter side is 1080.
NAME_PX = {CardDensity.LARGE: 160, CardDensity.FULL: 80, CardDensity.COMPACT: 70, CardDensity.MINIMAL: 44}
BADGE_PX = {CardDensity.LARGE: 112, CardDensity.FULL: 72, CardDensity.COMPACT: 72, CardDensity.MINIMAL: 48}


class EntranceCard(Card):
    """Badge, three lines of text, a row of buttons and a countdown; subclasses fill it.

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
        self.badge = EventBadge(self)
        self.overline, self.headline, self.detail = Label("strong"), NameLabel(), Label("strong")
        self.buttons = QWidget(self)
        self._button_row = QHBoxLayout(self.buttons)
        self._button_row.setContentsMargins(0, 0, 0, 0)
        self.countdown = Countdown(self)
        self.countdown.finished.connect(self.expired)
        self._top = QGridLayout()
        self._top.setColumnStretch(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._top, 1)
        self._layout.addWidget(self.buttons)
        self._layout.addWidget(self.countdown)
        self._place_texts()

    def add_button(self, button: Button) -> None:
        button.setProperty("snug", "true")
        self._button_row.addWidget(button, 1)

    def set_density(self, density: CardDensity) -> None:
        """Show more or less of the card."""
        self.buttons.setVisible(density is not CardDensity.MINIMAL and self.has_actions)
        if density is self._density:
            return
        self._density = density
        is_large = density is CardDensity.LARGE
        self.overline.setVisible(density in (CardDensity.LARGE, CardDensity.FULL))
        self.detail.setVisible(density is not CardDensity.MINIMAL)
        set_property(self.overline, "kind", "title" if is_large else "strong")
        set_property(self.detail, "kind", "heading" if is_large else "strong")
        self._place_texts()
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

    def _place_texts(self) -> None:
        """Put the name below badge and greeting, or beside the badge where there is no room for a greeting."""
        for widget in (self.badge, self.overline, self.headline, self.detail):
            self._top.removeWidget(widget)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._top.addWidget(self.badge, 0, 0, middle)
        if self._density in (CardDensity.LARGE, CardDensity.FULL):
            self._top.addWidget(self.overline, 0, 1, middle)
            self._top.addWidget(self.headline, 1, 0, 1, 2)
            self._top.addWidget(self.detail, 2, 0, 1, 2)
        else:
            self._top.addWidget(self.headline, 0, 1)
            self._top.addWidget(self.detail, 1, 0, 1, 2)
        self._top.setRowStretch(1, 1 if self._density is CardDensity.LARGE else 0)

    def _lay_out(self, scale: Scale) -> None:
        is_large = self._density is CardDensity.LARGE
        side = scale.px("l" if is_large else "m")
        above = scale.px("s" if self._density in (CardDensity.COMPACT, CardDensity.MINIMAL) else "m")
        self._layout.setContentsMargins(side, above, side, scale.px("xs"))
        self._layout.setSpacing(scale.px("s"))
        self._top.setHorizontalSpacing(scale.px("m"))
        self._top.setVerticalSpacing(scale.px("xs"))
        self._button_row.setSpacing(scale.px("s"))
        self.badge.set_size(max(24, scale.times(BADGE_PX[self._density])))
        self.headline.set_largest(max(20, scale.times(NAME_PX[self._density])), fills=is_large)
        self.countdown.setFixedHeight(scale.px("s"))
