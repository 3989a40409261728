"""The card of those who were not recognised: one serves everybody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.quality import Reason
from kiosk.domain.types import DecisionStatus
from kiosk.ui.entrance.cards import STAYS_S
from kiosk.ui.entrance.entrance_card import CardDensity, EntranceCard
from kiosk.ui.widgets import Button


class NotRecognisedCard(EntranceCard):
    """Says what to do when a face was not, or not surely, recognised; never whom it resembles."""

    pin_wanted = Signal()

    def __init__(self, status: DecisionStatus, cause: Reason | None = None, parent: QWidget | None = None) -> None:
        """cause: why the face was seen badly; None where nothing is known of it."""
        super().__init__(parent)
        self._pin = Button("secondary", "keypad")
        self._pin.clicked.connect(self.pin_wanted)
        self.add_button(self._pin)
        super().set_density(CardDensity.COMPACT)
        self.show_status(status, cause)

    def show_status(self, status: DecisionStatus, cause: Reason | None = None) -> None:
        """Show another reason, and stay longer."""
        self._status, self._cause = status, cause
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
        self.detail.setText(self._what_to_do())
        self.setAccessibleName(f"{self.headline.text()}. {self.detail.text()}")
        self.content_changed()

    def _what_to_do(self) -> str:
        match self._cause:
            case Reason.EYES_COVERED:
                return self.tr(
                    "Your eyes cannot be seen well. Take off the sunglasses or push the cap back, or use your PIN."
                )
            case Reason.FACE_COVERED:
                return self.tr(
                    "Part of your face cannot be seen. Lower the mask, the scarf or your hand, or use your PIN."
                )
            case Reason.TURNED_AWAY:
                return self.tr("Your face is turned away. Look straight into the camera, or use your PIN.")
        return self.tr("Look into the camera without sunglasses or a mask, use your PIN, or ask the administrator.")

    @property
    def _is_doubt(self) -> bool:
        return self._status is DecisionStatus.LOW_CONFIDENCE
