"""Closing a month by name, after what is still open in it was said."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from kiosk.errors import EventRefused, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.events.labels import month_text
from kiosk.ui.timesheets.backend import ClosedMonthsBackend
from kiosk.ui.widgets import Button, Label, TextField

MOST_CHARACTERS = 200


class CloseMonthScreen(AdminScreen):
    """Closes when the month is closed.

    Signals:
        done: the name in which it was closed.
    """

    done = Signal(str)

    def __init__(self, backend: ClosedMonthsBackend, background: Background, month: date) -> None:
        self.month = month
        self._open: tuple[int, int] | None = None
        super().__init__()
        self._backend, self._background = backend, background
        self.said, self.still_open, self.notice = Label("strong"), Notice(), Notice()
        self.name, self.close_month = FormField(TextField()), Button("primary", "lock")
        self.name.field.setMaxLength(MOST_CHARACTERS)
        self.name.field.returnPressed.connect(self._send)
        self.close_month.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.said, self.still_open, self.name, self.close_month):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    @property
    def is_counted(self) -> bool:
        """Whether it is known what is still open."""
        return self._open is not None

    def title(self) -> str:
        return self.tr("Close {month}?").format(month=month_text(self.month, begins=False))

    def entered(self) -> None:
        month = self.month
        self._background.run(self, lambda: self._backend.open_in(month), self._count, lambda _: None)

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(
            self.tr("Whoever closes it answers for its timesheet. Nothing in it is corrected until it is opened again.")
        )
        self.name.set_name(self.tr("Your name"))
        self.close_month.setText(self.tr("Close the month"))
        if self._open is None:
            self.still_open.say("advice", self.tr("Looking for what is still open…"))
            return
        questions, requests = self._open
        if not questions and not requests:
            self.still_open.say("good", self.tr("Nothing is open: every entry has its exit, and no request waits."))
            return
        parts = [
            self.tr("%n open question(s)", "", questions) if questions else "",
            self.tr("%n unanswered request(s)", "", requests) if requests else "",
        ]
        sentence = self.tr("Still open: {what}. Such hours do not count; better answer them first.")
        self.still_open.say("advice", sentence.format(what=", ".join(part for part in parts if part)))

    def _count(self, found: tuple[int, int]) -> None:
        self._open = found
        self.retranslate()

    def _send(self) -> None:
        name, month = self.name.field.text().strip(), self.month
        if not name:
            self.name.show_error(self.tr("A name is needed: of whoever answers for the timesheet."))
        elif self.close_month.isEnabled():
            self.close_month.setEnabled(False)
            self._background.run(
                self,
                lambda: self._backend.close_month(month, name),
                lambda _: self._closed(name),
                self._failed,
            )

    def _closed(self, name: str) -> None:
        self.closed.emit()
        self.done.emit(name)

    def _failed(self, error: KioskError) -> None:
        self.close_month.setEnabled(True)
        if isinstance(error, EventRefused):
            self.notice.say("advice", self.tr("Somebody else has closed it already."))
            return
        self.notice.say("bad", self.tr("The database does not answer. Nothing is lost; try again."), self.tr("Again"))
