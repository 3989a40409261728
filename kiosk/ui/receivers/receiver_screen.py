"""One receiver: how it is, trying it, pausing it, telling it again, removing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonGrid, ConfirmScreen, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.receivers.backend import ReceiversBackend, ReceiverState, ReceiverSummary
from kiosk.ui.receivers.labels import ReceiverLabels, error_text, kind_text, moment_text, state_badge
from kiosk.ui.receivers.replay_screen import ReplayScreen
from kiosk.ui.widgets import Button

REFRESH_MS = 2000
ROWS = 7


class ReceiverScreen(AdminScreen):
    """What it shows is read again every two seconds.

    Signals:
        removed: its name, when it is told no more.
    """

    removed = Signal(str)

    def __init__(
        self, backend: ReceiversBackend, background: Background, zone: ZoneInfo, shown: ReceiverSummary
    ) -> None:
        self.shown = shown
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self._is_loading = False
        self.card, self.notice = DetailsCard(ROWS), Notice()
        self.test, self.pause = Button("primary", "check"), Button("secondary", "waiting")
        self.replay, self.remove = Button("secondary", "repeat"), Button("danger", "erase")
        self.test.clicked.connect(self._test)
        self.pause.clicked.connect(self._pause_or_resume)
        self.replay.clicked.connect(self._open_replay)
        self.remove.clicked.connect(self._ask_to_remove)
        column = ScrollColumn()
        for widget in (self.card, ButtonGrid(self.test, self.pause, self.replay, self.remove)):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.add_notice(self.notice)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.load)

    def title(self) -> str:
        return self.shown.name

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()

    def load(self) -> None:
        """Read how it is."""
        if not self._is_loading:
            self._is_loading = True
            self._background.run(self, self._backend.receivers, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.test.setText(self.tr("Try it"))
        self.replay.setText(self.tr("Tell again…"))
        self.remove.setText(self.tr("Remove…"))
        self._show()

    def _show(self) -> None:
        one, is_paused = self.shown, self.shown.state is ReceiverState.PAUSED
        self.pause.setText(self.tr("Let it go on") if is_paused else self.tr("Pause"))
        self.pause.set_icon("enter" if is_paused else "waiting")
        error = "—" if one.error is None else error_text(one.error)
        if one.state is ReceiverState.UNATTENDED:
            error = self.tr("No device tells it: kiosk deliver does not run.")
        elif not one.is_local:
            error = self.tr("Another device tells it. {error}").format(error=error).removesuffix(" —")
        told = self.tr("number {number} of {latest}").format(number=one.position, latest=one.latest)
        self.card.set_rows(
            (
                (self.tr("Kind"), kind_text(one.kind)),
                (self.tr("State"), state_badge(one.state).text),
                (self.tr("Told up to"), told),
                (self.tr("Behind by"), ReceiverLabels().waiting(one.waiting)),
                (self.tr("Last told"), moment_text(one.delivered_at, self._zone)),
                (self.tr("What is wrong"), error),
                (self.tr("Next attempt"), moment_text(one.retry_at, self._zone)),
            )
        )

    def _loaded(self, found: tuple[ReceiverSummary, ...]) -> None:
        self._is_loading = False
        present = next((one for one in found if one.name == self.shown.name), None)
        if present is None:
            self.notice.say("advice", self.tr("Somebody has removed this system meanwhile."))
        elif present != self.shown:
            self.shown = present
            self._show()

    def _failed(self, _error: KioskError) -> None:
        self._is_loading = False
        self._say_failed()

    def _say_failed(self) -> None:
        for button in (self.test, self.pause, self.remove):
            button.setEnabled(True)
        self.notice.say("bad", self.tr("The database does not answer; what is shown may be out of date."))

    def _run(self, button: Button, work: Callable[[], None], sentence: str) -> None:
        """Do something in the background, then say so."""
        button.setEnabled(False)
        self._background.run(self, work, lambda _: self._done(button, sentence), lambda _: self._say_failed())

    def _done(self, button: Button, sentence: str) -> None:
        button.setEnabled(True)
        self.notice.say("good", sentence)
        self.load()

    def _test(self) -> None:
        self.test.setEnabled(False)
        self.notice.say("advice", self.tr("Trying it takes up to half a minute."))
        name = self.shown.name
        self._background.run(
            self, lambda: self._backend.test_receiver(name), self._say_tested, lambda _: self._say_failed()
        )

    def _say_tested(self, code: str | None) -> None:
        self.test.setEnabled(True)
        if code is None:
            self.notice.say("good", self.tr("It works: the other system took a test message."))
        else:
            self.notice.say("bad", error_text(code))

    def _pause_or_resume(self) -> None:
        name = self.shown.name
        if self.shown.state is ReceiverState.PAUSED:
            sentence = self.tr("It goes on where it was; nothing is lost.")
            self._run(self.pause, lambda: self._backend.resume_receiver(name), sentence)
        else:
            sentence = self.tr("It is told nothing until it is let go on; nothing is lost meanwhile.")
            self._run(self.pause, lambda: self._backend.pause_receiver(name), sentence)

    def _open_replay(self) -> None:
        self.notice.clear()
        screen = ReplayScreen(self._backend, self._background, self.shown)
        screen.done.connect(self._say_replayed)
        self.opens.emit(screen)

    def _say_replayed(self, first: int) -> None:
        self.notice.say("good", self.tr("It is told again of everything from number {number} on.").format(number=first))
        self.load()

    def _ask_to_remove(self) -> None:
        sentence = self.tr("It is told nothing any more, and its secrets are erased. Added again, it begins anew.")
        asked = self.tr("Remove {name}?").format(name=self.shown.name)
        screen = ConfirmScreen(asked, sentence, self.tr("Remove"))
        screen.confirmed.connect(self._remove)
        self.opens.emit(screen)

    def _remove(self) -> None:
        self.remove.setEnabled(False)
        name = self.shown.name
        self._background.run(
            self, partial(self._backend.remove_receiver, name), lambda _: self._removed(), lambda _: self._say_failed()
        )

    def _removed(self) -> None:
        self.closed.emit()
        self.removed.emit(self.shown.name)
