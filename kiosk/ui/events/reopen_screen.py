"""Opening a closed month by name, so that it can be corrected."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from kiosk.errors import EventRefused, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.events.backend import ReopenBackend
from kiosk.ui.events.labels import month_text
from kiosk.ui.widgets import Button, Label, TextField

MOST_CHARACTERS = 200


class ReopenScreen(AdminScreen):
    """Asks who opens it and why; both stay in the audit log.

    Signals:
        reopened: it is open; the name that was given.
    """

    reopened = Signal(str)

    def __init__(self, backend: ReopenBackend, background: Background, month: date) -> None:
        self.month = month
        super().__init__()
        self._backend, self._background = backend, background
        self.said, self.notice = Label("strong"), Notice()
        self.name, self.reason = FormField(TextField()), FormField(TextField())
        self.open = Button("primary", "edit")
        for form_field in (self.name, self.reason):
            form_field.field.setMaxLength(MOST_CHARACTERS)
        self.name.field.returnPressed.connect(self.reason.field.setFocus)
        self.reason.field.returnPressed.connect(self._send)
        self.open.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.said, self.name, self.reason, self.open):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return self.tr("Open {month} again?").format(month=month_text(self.month, begins=False))

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(self.tr("Its timesheet may change then. Close the month again when it is corrected."))
        self.name.set_name(self.tr("Your name"))
        self.reason.set_name(self.tr("Why is it opened?"))
        self.open.setText(self.tr("Open the month"))

    def _send(self) -> None:
        name, reason = self.name.field.text().strip(), self.reason.field.text().strip()
        if not name:
            self.name.show_error(self.tr("A name is needed."))
        elif not reason:
            self.reason.show_error(self.tr("A reason is needed."))
        elif self.open.isEnabled():
            self.open.setEnabled(False)
            month = self.month
            self._background.run(
                self,
                lambda: self._backend.reopen_month(month, name, reason),
                lambda _: self._done(name),
                lambda error: self._failed(error, name),
            )

    def _done(self, name: str) -> None:
        self.closed.emit()
        self.reopened.emit(name)

    def _failed(self, error: KioskError, name: str) -> None:
        if isinstance(error, EventRefused):
            self._done(name)  # somebody else opened it meanwhile: that is what was wanted
            return
        self.open.setEnabled(True)
        self.notice.say("bad", self.tr("The database does not answer. Nothing is lost; try again."), self.tr("Again"))
