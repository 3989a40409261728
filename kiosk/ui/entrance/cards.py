"""A card for each person who was recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.ui.entrance.backend import HoursToday, PersonSeen
from kiosk.ui.entrance.entrance_card import CardDensity, EntranceCard
from kiosk.ui.entrance.reason_buttons import ReasonButtons
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import duration_text, time_text, unbroken
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

# Long enough to read a name and press a button, short enough for the next in the queue.
STAYS_S = 8.0
STAYS_SHORTLY_S = 5.0


class CardState(Enum):
    """What a greeting card says."""

    REGISTERED = "registered"
    ALREADY = "already"
    NOT_REGISTERED = "not_registered"
    VOIDED = "voided"
    FAILED = "failed"


_TONES = {
    CardState.ALREADY: "",
    CardState.NOT_REGISTERED: "bad",
    CardState.VOIDED: "advice",
    CardState.FAILED: "bad",
}
_ICONS = {
    CardState.NOT_REGISTERED: ("warning", "bad"),
    CardState.VOIDED: ("repeat", "advice"),
    CardState.FAILED: ("warning", "bad"),
}


class GreetingCard(EntranceCard):
    """Greets one person.

    Signals:
        void_wanted: the event, when somebody says that it is not theirs.
        reject_wanted: the event that stands, when somebody says that they are not that person.
        pin_wanted: somebody who is not that person wants to use a PIN.
        turn_wanted: the event's trace_id, when it shall be turned into its opposite.
        pass_wanted: the last event, when somebody comes or goes although it is recent.
        reason_wanted: the exit and the code of its reason.
    """

    void_wanted = Signal(AttendanceEvent)
    reject_wanted = Signal(AttendanceEvent)
    pin_wanted = Signal()
    turn_wanted = Signal(UUID)
    pass_wanted = Signal(AttendanceEvent)
    reason_wanted = Signal(AttendanceEvent, str)

    def __init__(
        self,
        seen: PersonSeen,
        zone: ZoneInfo,
        can_turn: bool,
        reasons: Sequence[ExitReason] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._zone, self._can_turn = seen.name, zone, can_turn
        self._busy = False
        self._hours: HoursToday | None = None
        self.reasons = ReasonButtons(reasons, self)
        self.event_shown: AttendanceEvent | None = None
        self.state = CardState.NOT_REGISTERED
        self.not_me = Button("secondary", "close")
        self.turn = Button("secondary", "swap")
        self.go = Button("secondary", "next")
        self.pin = Button("primary", "keypad")
        for button in (self.not_me, self.turn, self.go, self.pin):
            self.add_button(button)
        self._layout.insertWidget(1, self.reasons)
        self.go.clicked.connect(self._pass)
        self.reasons.chosen.connect(self._give_reason)
        self.not_me.clicked.connect(self._reject)
        self.pin.clicked.connect(self.pin_wanted)
        self.turn.clicked.connect(self._turn)
        self._take(seen)

    @property
    def name(self) -> str | None:
        """Whom it greets; None while the name is not known."""
        return self._name

    def greet_again(self) -> None:
        """Stay longer: the same event was announced again."""
        self.countdown.start(STAYS_S, self.countdown_colour)

    def show_voided(self) -> None:
        self._change(CardState.VOIDED)

    def show_turned(self, event: AttendanceEvent) -> None:
        """Show the event that counts now; it may be turned back."""
        self.event_shown = event
        self._change(CardState.REGISTERED)

    def show_failed(self) -> None:
        """Say that it did not work; the event stays as it was."""
        self._change(CardState.FAILED)

    def show_explained(self, event: AttendanceEvent) -> None:
        """Show the exit with its reason."""
        self.event_shown = event
        self._change(CardState.REGISTERED)

    def show_hours(self, hours: HoursToday) -> None:
        """Show how long the person worked today."""
        self._hours = hours
        self.retranslate()

    def set_density(self, density: CardDensity) -> None:
        self.reasons.setVisible(density is not CardDensity.MINIMAL and self.offers_reasons)
        super().set_density(density)

    @property
    def offers_reasons(self) -> bool:
        """Whether the person leaves and has not said why."""
        event = self.event_shown
        leaves = event is not None and event.event_type is EventType.EXIT and event.reason is None
        return leaves and self.state is CardState.REGISTERED and not self.reasons.is_empty

    @property
    def has_actions(self) -> bool:
        return self.state in (CardState.REGISTERED, CardState.ALREADY, CardState.VOIDED)

    @property
    def countdown_colour(self) -> str:
        return self._tone or "accent"

    def retranslate(self) -> None:
        self.not_me.setText(self.tr("That's not me"))
        self.pin.setText(self.tr("Use a PIN"))
        if self.event_shown is not None:
            self.turn.setText(event_style(self.event_shown.event_type.opposite).change_to)
            self.go.setText(event_style(self.event_shown.event_type.opposite).go)
        self.reasons.retranslate()
        above, below = self._lines()
        self.overline.setText(above)
        is_voided = self.state is CardState.VOIDED
        self.headline.setText(self.tr("Use your PIN, please") if is_voided else self._name or self.tr("Recognised"))
        self.detail.setText(below)
        self.setAccessibleName(f"{self.headline.text()}. {below}")
        self.content_changed()

    def _take(self, seen: PersonSeen) -> None:
        match seen.outcome:
            case Registered(event):
                self.event_shown = event
                self._change(CardState.REGISTERED)
            case AlreadyRegistered(last):
                self.event_shown = last
                self._change(CardState.ALREADY)
            case NotRegistered():
                self._change(CardState.NOT_REGISTERED)

    def _lines(self) -> tuple[str, str]:
        """Return the texts above and below the name."""
        if self.event_shown is not None and self.state in (CardState.REGISTERED, CardState.ALREADY):
            return self._event_lines(self.event_shown)
        lines = {
            CardState.NOT_REGISTERED: (
                self.tr("Not registered"),
                self.tr("This device cannot save it. Please tell the administrator."),
            ),
            CardState.VOIDED: (self.tr("Removed"), self.tr("Your face will not be taken for that person again.")),
            CardState.FAILED: (self.tr("This did not work"), self.tr("Please tell the administrator.")),
        }
        return lines[self.state]

    def _event_lines(self, event: AttendanceEvent) -> tuple[str, str]:
        style, time = event_style(event.event_type), time_text(event.occurred_at, self._zone)
        if self.state is CardState.REGISTERED:
            greeting = style.greeting_at(event.occurred_at.astimezone(self._zone).hour)
            return greeting, " · ".join((style.registered_at.format(time=time), *map(unbroken, self._about_day(event))))
        return style.already_registered, style.stands_since.format(time=time)

    def _about_day(self, event: AttendanceEvent) -> Iterator[str]:
        """Return why the person leaves, how long they worked today, and how that differs from what was planned."""
        reason = self.reasons.name_of(event.reason)
        if reason:
            yield reason
        if self._hours is not None and event.event_type is EventType.EXIT:
            yield self.tr("today {hours}").format(hours=duration_text(self._hours.worked))
            if self._hours.balance is not None:
                yield self.tr("balance {hours}").format(hours=duration_text(self._hours.balance, signed=True))

    def _show_badge(self) -> None:
        """Show the icon, and colour the card by what became of the event."""
        if self.event_shown is not None and self.state in (CardState.REGISTERED, CardState.ALREADY):
            style = event_style(self.event_shown.event_type)
            self.badge.show_icon(style.icon, style.colour, is_disc=style.is_disc)
        else:
            self.badge.show_icon(*_ICONS[self.state])
        self.set_tone(self._tone)
        self.overline.set_tone(self._tone)

    @property
    def _tone(self) -> str:
        if self.event_shown is not None and self.state is CardState.REGISTERED:
            return event_style(self.event_shown.event_type).colour
        return _TONES[self.state]

    def _change(self, state: CardState) -> None:
        self.state = state
        self._busy = False
        self._show_badge()
        self.buttons.setVisible(self.has_actions)
        self.not_me.setVisible(state is not CardState.VOIDED)
        self.pin.setVisible(state is CardState.VOIDED)
        self.turn.setVisible(self._can_turn and state is CardState.REGISTERED)
        self.go.setVisible(self._can_turn and state is CardState.ALREADY)
        self.reasons.setVisible(self.offers_reasons)
        self.retranslate()
        self.countdown.start(STAYS_S if self.has_actions else STAYS_SHORTLY_S, self.countdown_colour)

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        # In a narrow column the words need all the room.
        narrow = not scale.is_portrait and scale.factor < 0.7
        self.not_me.set_icon("" if narrow else "close")
        self.turn.set_icon("" if narrow else "swap")
        self.go.set_icon("" if narrow else "next")

    def _reject(self) -> None:
        wanted = self.reject_wanted if self.state is CardState.ALREADY else self.void_wanted
        if self._begin():
            wanted.emit(self.event_shown)

    def _turn(self) -> None:
        if self._begin():
            self.turn_wanted.emit(self._trace_id)

    def _pass(self) -> None:
        if self._begin():
            self.pass_wanted.emit(self.event_shown)

    def _give_reason(self, code: str) -> None:
        if self._begin():
            self.reason_wanted.emit(self.event_shown, code)

    @property
    def _trace_id(self) -> UUID | None:
        return self.event_shown.trace_id if self.event_shown else None

    def _begin(self) -> bool:
        """Tell whether a request may be sent: there is an event, and no request is waiting for its answer."""
        if self.event_shown is None or self._busy:
            return False
        self._busy = True
        self.countdown.start(STAYS_S, self.countdown_colour)
        return True
