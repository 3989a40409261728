"""The cards, the newest on top: several people at once get a card each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.quality import Reason
from kiosk.domain.registration import AlreadyRegistered, Registered
from kiosk.domain.types import AttendanceEvent, DecisionStatus, EventType
from kiosk.ui.entrance.backend import PersonSeen
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.entrance_card import CardDensity, EntranceCard
from kiosk.ui.entrance.refusal_card import NotRecognisedCard
from kiosk.ui.panel import Panel
from kiosk.ui.slide import slide_in
from kiosk.ui.theme import Scale, scale_of

# No screen has room for more, and measuring them takes time.
MAX_CARDS = 6


class CardColumn(Panel):
    """Shows as many cards as there is room for.

    Attributes:
        slides_in: whether a new card is seen to come.

    Signals:
        void_wanted: the card and the event that is not theirs.
        turn_wanted: the card and the event's trace_id.
        reject_wanted, pass_wanted: the card and the event that stands.
        reason_wanted: the card, the exit and the code of its reason.
        left: the card and the exit that it shows.
        pin_wanted: somebody wants to use a PIN.
        changed: a card was added or removed.
    """

    void_wanted = Signal(GreetingCard, AttendanceEvent)
    reject_wanted = Signal(GreetingCard, AttendanceEvent)
    turn_wanted = Signal(GreetingCard, UUID)
    pass_wanted = Signal(GreetingCard, AttendanceEvent)
    reason_wanted = Signal(GreetingCard, AttendanceEvent, str)
    left = Signal(GreetingCard, AttendanceEvent)
    pin_wanted = Signal()
    changed = Signal()

    def __init__(
        self, zone: ZoneInfo, can_turn: bool, parent: QWidget | None = None, reasons: Sequence[ExitReason] = ()
    ) -> None:
        super().__init__(parent)
        self._zone, self._can_turn, self._reasons = zone, can_turn, reasons
        self._cards: list[EntranceCard] = []
        self._fitting = False
        self.slides_in = True
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(1)

    @property
    def greeted_count(self) -> int:
        """How many people are greeted."""
        return sum(isinstance(card, GreetingCard) for card in self._cards)

    @property
    def cards(self) -> tuple[EntranceCard, ...]:
        """The cards that are shown, the newest first."""
        return tuple(self._cards)

    def greet(self, seen: PersonSeen) -> None:
        """Add a card; where the event has a card already, that one stays longer."""
        standing = self._card_of(seen)
        if standing is not None:
            standing.greet_again()
            return
        card = GreetingCard(seen, self._zone, self._can_turn, self._reasons, self)
        card.void_wanted.connect(lambda event: self.void_wanted.emit(card, event))
        card.reject_wanted.connect(lambda last: self.reject_wanted.emit(card, last))
        card.pin_wanted.connect(self.pin_wanted)
        card.turn_wanted.connect(lambda trace_id: self.turn_wanted.emit(card, trace_id))
        card.pass_wanted.connect(lambda last: self.pass_wanted.emit(card, last))
        card.reason_wanted.connect(lambda leaving, reason: self.reason_wanted.emit(card, leaving, reason))
        self._add(card)
        self._drop_not_recognised()
        if isinstance(seen.outcome, Registered) and seen.outcome.event.event_type is EventType.EXIT:
            self.left.emit(card, seen.outcome.event)

    def replace(self, card: GreetingCard, seen: PersonSeen) -> None:
        """Put a card of what was registered now in the place of one that offered it."""
        self._remove(card)
        self.greet(seen)

    def refuse(self, status: DecisionStatus, cause: Reason | None = None) -> None:
        """Show what to do; one card serves everybody who was not recognised. cause: of a face that was seen badly."""
        for card in self._cards:
            if isinstance(card, GreetingCard) and card.state is CardState.VOIDED:
                card.greet_again()  # it is the face that somebody said to be another's, and it offers the PIN
                return
            if isinstance(card, NotRecognisedCard):
                card.show_status(status, cause)
                return
        card = NotRecognisedCard(status, cause, self)
        card.pin_wanted.connect(self.pin_wanted)
        self._add(card)

    def clear(self) -> None:
        for card in self.cards:
            self._remove(card)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _card_of(self, seen: PersonSeen) -> GreetingCard | None:
        wanted = _event(seen)
        for card in self._cards:
            if isinstance(card, GreetingCard) and wanted is not None and card.event_shown == wanted:
                return card
        return None

    def _add(self, card: EntranceCard) -> None:
        card.expired.connect(lambda: self._remove(card))
        card.resized.connect(self._fit)
        self._cards.insert(0, card)
        if len(self._cards) > MAX_CARDS:
            self._remove(self._cards[-1])
        self._layout.insertWidget(0, card)
        card.show()
        self._fit()
        self.changed.emit()
        if self.slides_in:
            slide_in(card, scale_of(self).px("xl"))

    def _remove(self, card: EntranceCard) -> None:
        if card not in self._cards:
            return
        self._cards.remove(card)
        self._layout.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._fit()
        self.changed.emit()

    def _drop_not_recognised(self) -> None:
        """Remove the card: most likely it was for the person who is greeted now."""
        for card in self.cards:
            if isinstance(card, NotRecognisedCard):
                self._remove(card)

    def _fit(self) -> None:
        """Show all cards as fully as there is room, then the older ones shortened, then remove the oldest."""
        if not self.isVisible() or not self._cards or self._fitting:
            return
        self._fitting = True  # measuring a card changes it, and a changed card asks to be fitted
        plan = next((plan for plan in self._plans() if self._fits(plan)), None)
        if plan is None and len(self._cards) > 1:
            self._fitting = False
            self._remove(self._cards[-1])
            return
        for card, density in zip(self._cards, plan or [CardDensity.COMPACT], strict=True):
            card.set_density(density)
            self._layout.setStretchFactor(card, 1 if density is CardDensity.LARGE else 0)
            card.updateGeometry()  # measured, it had other heights in between
        self._layout.setStretch(self._layout.count() - 1, 0 if plan == [CardDensity.LARGE] else 1)
        self._fitting = False

    def _plans(self) -> Iterator[Sequence[CardDensity]]:
        count = len(self._cards)
        if count == 1 and isinstance(self._cards[0], GreetingCard):
            yield [CardDensity.LARGE]
        yield [CardDensity.FULL] * count
        for tight in range(count, 0, -1):
            yield [CardDensity.COMPACT] * tight + [CardDensity.MINIMAL] * (count - tight)

    def _fits(self, plan: Sequence[CardDensity]) -> bool:
        heights_px = [card.height_in(density, self.width()) for card, density in zip(self._cards, plan, strict=True)]
        return sum(heights_px) + self._layout.spacing() * (len(heights_px) - 1) <= self.height()


def _event(seen: PersonSeen) -> AttendanceEvent | None:
    match seen.outcome:
        case Registered(event):
            return event
        case AlreadyRegistered(last):
            return last
        case _:
            return None
