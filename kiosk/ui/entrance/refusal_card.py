"""The card of those who were not recognised: one serves everybody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.types import DecisionStatus
from kiosk.ui.entrance.cards import STAYS_S
from kiosk.ui.entrance.entrance_card import CardDensity, EntranceCard
from kiosk.ui.widgets import Button


class NotRecognisedCard(EntranceCard):
    """Says what to do when a face was not, or not surely, recognised; never whom it resembles."""

    pin_wanted = Signal()

    def __init__(self, status: DecisionStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin = Button("secondary", "keypad")
        self._pin.clicked.connect(self.pin_wanted)
        self.add_button(self._pin)
        super().set_density(CardDensity.COMPACT)
        self._status = status
        self.show_status(status)

    def show_status(self, status: DecisionStatus) -> None:
        """Show another reason, and stay longer."""
        self._status = status
        tone, icon = ("advice", "repeat") if self._is_doubt else ("stranger", "question")
        self.set_tone(tone)
        self.badge.show_icon(icon, tone)
        self.retranslate()
        self.countdown.start(STAYS_S, tone)

    def set_density(self, density: CardDensity) -> None:
        """Always show the PIN button: for some people there is no other way in."""

    def retranslate(self) -> None:
        self._pin.setText(self.tr("Use a PIN"))
        self.headline.setText(self.tr("Look again, please") if self._is_doubt else self.tr("Face not recognised"))
        self.detail.setText(
            self.tr("Look into the camera without sunglasses or a mask, use your PIN, or ask the administrator.")
        )
        self.setAccessibleName(f"{self.headline.text()}. {self.detail.text()}")
        self.content_changed()

    @property
    def _is_doubt(self) -> bool:
        return self._status is DecisionStatus.LOW_CONFIDENCE
