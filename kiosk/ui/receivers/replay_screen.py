"""Telling a receiver again from a number on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from kiosk.errors import InvalidInput, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.receivers.backend import ReceiversBackend, ReceiverSummary
from kiosk.ui.widgets import Button, Label, TextField

MOST_DIGITS = 18


class ReplayScreen(AdminScreen):
    """Asks from which number on.

    Signals:
        done: the number.
    """

    done = Signal(int)

    def __init__(self, backend: ReceiversBackend, background: Background, receiver: ReceiverSummary) -> None:
        self._receiver = receiver
        super().__init__()
        self._backend, self._background = backend, background
        self.said, self.notice = Label("strong"), Notice()
        self.number, self.send = FormField(TextField()), Button("primary", "repeat")
        self.number.field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.number.field.setMaxLength(MOST_DIGITS)
        self.number.field.returnPressed.connect(self._send)
        self.send.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        column = ScrollColumn()
        for widget in (self.said, self.number, self.send):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.add_notice(self.notice)

    def title(self) -> str:
        return self.tr("Tell {name} again").format(name=self._receiver.name)

    def entered(self) -> None:
        self.number.field.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        sentence = self.tr(
            "It was told up to number {number}; the latest is {latest}. What it knows already comes with the same id. "
            "A later number leaves out what lies before it."
        )
        self.said.setText(sentence.format(number=self._receiver.position, latest=self._receiver.latest))
        self.number.set_name(self.tr("From which number on?"))
        self.send.setText(self.tr("Tell again"))

    def _send(self) -> None:
        typed = self.number.field.text().strip()
        first = int(typed) if typed.isdecimal() and typed.isascii() else 0
        if not 1 <= first <= self._receiver.latest + 1:
            last = self._receiver.latest + 1
            self.number.show_error(self.tr("Type a number from 1 to {last}.").format(last=last))
        elif self.send.isEnabled():
            self.send.setEnabled(False)
            name = self._receiver.name
            self._background.run(
                self,
                lambda: self._backend.replay_receiver(name, first),
                lambda _: self._done(first),
                self._failed,
            )

    def _done(self, first: int) -> None:
        self.closed.emit()
        self.done.emit(first)

    def _failed(self, error: KioskError) -> None:
        self.send.setEnabled(True)
        if isinstance(error, InvalidInput):
            self.notice.say("bad", self.tr("The database was restored or copied since: first let it go on."))
        else:
            again = self.tr("Again")
            self.notice.say("bad", self.tr("The database does not answer. Nothing is lost; try again."), again)
