"""The entrance screen as a whole."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kiosk.capture.status import SourceState
from kiosk.domain.quality import Reason
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered, RegistrationOutcome
from kiosk.domain.types import AttendanceEvent, DecisionStatus, EventMode
from kiosk.ui.background import Background
from kiosk.ui.chimes import Sound
from kiosk.ui.entrance.backend import EntranceBackend, EntranceBridge, HoursToday, Office, PersonSeen, PinAccepted
from kiosk.ui.entrance.camera_panel import CameraPanel, preview_place
from kiosk.ui.entrance.card_column import CardColumn
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.header import ClockLabel, OfficeSign
from kiosk.ui.entrance.idle_panel import IdlePanel
from kiosk.ui.entrance.invitation import Invitation, PrivacyNotice, hint_for
from kiosk.ui.entrance.status_line import StatusLine
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import shown_language
from kiosk.ui.panel import Panel, Screen
from kiosk.ui.sounds import Sounds
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button

IDLE_AFTER_S = 60.0
STATUS_MS = 500


class EntranceScreen(Screen):
    """The entrance screen.

    Signals:
        language_wanted, pin_wanted, admin_wanted, setup_wanted: the button for it was pressed.
        slept: the screen was dimmed.
    """

    language_wanted = Signal()
    pin_wanted = Signal()
    admin_wanted = Signal()
    setup_wanted = Signal()
    slept = Signal()

    def __init__(
        self, office: Office, backend: EntranceBackend, bridge: EntranceBridge, background: Background, sounds: Sounds
    ) -> None:
        super().__init__()
        self._office, self._backend, self._background, self._sounds = office, backend, background, sounds
        self.picture = CameraPanel(
            backend, bridge, mirrored=office.mirrored, less_motion=office.less_motion, parent=self
        )
        self.cards = CardColumn(office.zone, office.event_mode is EventMode.TOGGLE, self, office.exit_reasons)
        self.cards.slides_in = not office.less_motion
        self.status = StatusLine(self)
        self.idle = IdlePanel(office.name, office.zone, self, mirrored=office.mirrored)
        self._is_shown = False
        self._greeted_count = 0  # 2 for more
        self._make_widgets()
        self._lay_out()
        self._idle_timer = _timer(self, round(IDLE_AFTER_S * 1000), self.fall_asleep, single=True)
        self._status_timer = _timer(self, STATUS_MS, self.refresh_status)
        self._connect(bridge)

    def _make_widgets(self) -> None:
        self._active_panel = Panel(self)
        self._sign, self._clock = OfficeSign(self._office, self), ClockLabel(self._office.zone, self)
        self._invitation = Invitation(self)
        self._pin = Button("primary", "keypad")
        self._language = Button("secondary", "globe")
        self._admin = Button("icon", "admin")
        self._setup = Button("secondary", "next")
        if not self._office.offers_setup:
            self._setup.hide()
        self._notice = PrivacyNotice(self)
        for button in (self._pin, self._language, self._setup):
            button.setProperty("snug", "true")

    def _lay_out(self) -> None:
        self._header = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._header.addWidget(self._sign)
        self._header.addWidget(self._clock)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._pin, 3)
        self._buttons.addWidget(self._language, 2)
        self._side_column = QVBoxLayout()
        self._side_column.addLayout(self._header)
        self._side_column.addWidget(self._invitation, 1)
        self._side_column.addWidget(self.cards, 1)
        self._side_column.addLayout(self._buttons)
        self._preview_column = QVBoxLayout()
        self._preview_column.addWidget(self.picture)
        self._preview_column.addWidget(self._notice)
        self._preview_column.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addLayout(self._preview_column)
        self._middle.addLayout(self._side_column)
        self._footer = QHBoxLayout()
        self._footer.addWidget(self.status, 1)
        self._footer.addWidget(self._setup)
        self._footer.addWidget(self._admin)
        self._layout = QVBoxLayout(self._active_panel)
        self._layout.addLayout(self._middle, 1)
        self._layout.addLayout(self._footer)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._active_panel)
        self._stack.addWidget(self.idle)
        self.cards.hide()

    def _connect(self, bridge: EntranceBridge) -> None:
        bridge.person_seen.connect(self.show_person)
        bridge.refused.connect(self._refuse)
        self.picture.face_seen.connect(self.wake)
        self.idle.touched.connect(self.wake)
        self.picture.dim_frame.connect(self.idle.show_frame)
        self.cards.changed.connect(self._make_room)
        self.cards.void_wanted.connect(self._void)
        self.cards.reject_wanted.connect(self._reject)
        self.cards.turn_wanted.connect(self._turn)
        self.cards.pass_wanted.connect(self._pass)
        self.cards.reason_wanted.connect(self._give_reason)
        self.cards.left.connect(self._show_hours)
        self.cards.pin_wanted.connect(self.pin_wanted)
        self._pin.clicked.connect(self.pin_wanted)
        self._language.clicked.connect(self.wake)
        self._language.clicked.connect(self.language_wanted)
        self._admin.clicked.connect(self.admin_wanted)
        self._setup.clicked.connect(self.setup_wanted)

    @property
    def asleep(self) -> bool:
        """Whether the screen is dimmed."""
        return self._stack.currentWidget() is self.idle

    def entered(self) -> None:
        self._is_shown = True
        self.refresh_status()
        self._status_timer.start()
        self.wake()

    def left(self) -> None:
        self._is_shown = False
        self._status_timer.stop()
        self._idle_timer.stop()
        self.picture.stop()
        self.cards.clear()

    def wake(self) -> None:
        """End the dimming, and start the idle timer again."""
        if not self._is_shown:
            return
        self._idle_timer.start()
        if self.asleep or not self.picture.running:
            self._stack.setCurrentWidget(self._active_panel)
            self.picture.run(dim=False)

    def show_person(self, seen: PersonSeen) -> None:
        """Greet somebody whose event is safe, or say that it is not."""
        self.wake()
        self.cards.greet(seen)
        self._sound(seen.outcome)

    def _sound(self, outcome: RegistrationOutcome) -> None:
        match outcome:
            case Registered(event):
                self._sounds.play(event_style(event.event_type).sound)
            case NotRegistered():
                self._sounds.play(Sound.REFUSAL)
            case AlreadyRegistered():
                pass

    def show_pin_accepted(self, accepted: PinAccepted) -> None:
        self.show_person(PersonSeen(self._backend.name_of(accepted.employee_id), accepted.outcome))

    def retranslate(self) -> None:
        self._pin.setText(self.tr("Use a PIN"))
        self._language.setText(shown_language().other.own_name)
        self._admin.setAccessibleName(self.tr("Administration"))
        self._setup.setText(self.tr("Set up this device"))
        notice = self.tr("Faces are recognised here to record arrivals and departures. Responsible: {who}.")
        demo = self.tr("This is a demo: a clip of people who walk past is played in place of a camera.")
        self._notice.say(demo if self._office.is_demo else notice.format(who=self._office.responsible))
        self.refresh_status()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._layout.setContentsMargins(edge, edge, edge, scale.px("xs"))
        self._layout.setSpacing(scale.px("xs"))
        self._middle.setSpacing(scale.px("l"))
        self._side_column.setSpacing(scale.px("s"))
        self._preview_column.setSpacing(scale.px("s"))
        self._header.setSpacing(scale.px("xs"))
        self._buttons.setSpacing(scale.px("s"))
        self._middle.setDirection(
            QBoxLayout.Direction.TopToBottom if scale.is_portrait else QBoxLayout.Direction.LeftToRight
        )
        self._header.setDirection(
            QBoxLayout.Direction.LeftToRight if scale.is_portrait else QBoxLayout.Direction.TopToBottom
        )
        side = Qt.AlignmentFlag.AlignRight if scale.is_portrait else Qt.AlignmentFlag.AlignLeft
        self._clock.align(side)
        self._size_picture(scale)

    def _size_picture(self, scale: Scale) -> None:
        """Keep the preview wide: whoever stands where it is cut off is seen by the camera and does not know it."""
        share, height = preview_place(scale, self.window().width() - 2 * scale.px("m"), self._greeted_count)
        self._middle.setStretch(0, share)
        self._middle.setStretch(1, 100 - share)
        self.picture.setFixedHeight(height)

    def _refuse(self, status: DecisionStatus, cause: Reason | None) -> None:
        self.wake()
        self.cards.refuse(status, cause)
        if status is DecisionStatus.UNKNOWN:
            self._sounds.play(Sound.REFUSAL)

    def _void(self, card: GreetingCard, event: AttendanceEvent) -> None:
        self._background.run(
            card, lambda: self._backend.void(event), lambda _: card.show_voided(), lambda _: card.show_failed()
        )

    def _reject(self, card: GreetingCard, last: AttendanceEvent) -> None:
        self._backend.reject(last)
        card.show_voided()

    def _turn(self, card: GreetingCard, trace_id: UUID) -> None:
        def turned(event: AttendanceEvent) -> None:
            card.show_turned(event)
            self._sounds.play(event_style(event.event_type).sound)

        self._background.run(card, lambda: self._backend.turn(trace_id), turned, lambda _: card.show_failed())

    def _pass(self, card: GreetingCard, last: AttendanceEvent) -> None:
        def passed(outcome: RegistrationOutcome) -> None:
            self._sound(outcome)
            self.cards.replace(card, PersonSeen(card.name, outcome))

        self._background.run(card, lambda: self._backend.pass_now(last), passed, lambda _: card.show_failed())

    def _give_reason(self, card: GreetingCard, leaving: AttendanceEvent, reason: str) -> None:
        def given(outcome: RegistrationOutcome) -> None:
            if isinstance(outcome, Registered):
                card.show_explained(outcome.event)
            else:
                card.show_failed()

        give = self._backend.give_reason
        self._background.run(card, lambda: give(leaving, reason), given, lambda _: card.show_failed())

    def _show_hours(self, card: GreetingCard, leaving: AttendanceEvent) -> None:
        def known(hours: HoursToday | None) -> None:
            if hours is not None:
                card.show_hours(hours)

        self._background.run(card, lambda: self._backend.hours_of(leaving), known, lambda _: None)

    def _make_room(self) -> None:
        """Show the invitation only where there is no card."""
        any_card, greeted_count = bool(self.cards.cards), min(2, self.cards.greeted_count)
        self._invitation.setVisible(not any_card)
        self.cards.setVisible(any_card)
        if greeted_count != self._greeted_count:
            self._greeted_count = greeted_count
            self.picture.preview.is_portrait = greeted_count > 0
            for widget in (self._sign, self._clock):
                widget.setVisible(greeted_count == 0)
            self._size_picture(scale_of(self))
        # The next card may come before the event loop has laid this one out, and is measured against the room there is.
        self._layout.activate()

    def refresh_status(self) -> None:
        """Read the kiosk's status and show it."""
        status = self._backend.status()
        self.status.show_status(status)
        lost = status.camera.state is SourceState.LOST
        self.picture.say(self.status.camera_sentence(), "camera-off" if lost else "camera")
        self._invitation.show_hint(hint_for(self.picture.marks, camera_lost=lost))

    def fall_asleep(self) -> None:
        """Dim the screen, unless a card is shown."""
        if self.cards.cards:
            self._idle_timer.start()
            return
        self._stack.setCurrentWidget(self.idle)
        self.idle.setFocus()
        self.picture.run(dim=True)
        self.slept.emit()


def _timer(parent: QWidget, interval_ms: int, slot: object, *, single: bool = False) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(interval_ms)
    timer.setSingleShot(single)
    timer.timeout.connect(slot)
    return timer
