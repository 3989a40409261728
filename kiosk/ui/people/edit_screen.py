"""Editing an employee."""

from __future__ import annotations

from kiosk.employees.schemas import Employee, EmployeeUpdate
from kiosk.errors import EmailTaken, EmployeeNotFound, ExternalIdTaken, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import PersonForm
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.people.backend import PeopleBackend
from kiosk.ui.widgets import Button


class EditScreen(AdminScreen):
    """Names, e-mail address, department, position and personnel number; an error keeps what was typed."""

    def __init__(self, backend: PeopleBackend, background: Background, person: Employee) -> None:
        super().__init__()
        self._backend, self._background, self._person = backend, background, person
        self.form, self.save, self.notice = PersonForm(), Button("primary", "check"), Notice()
        self.form.fill(person)
        self.form.submitted.connect(self._send)
        self.save.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.form, self.save):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return self.tr("Edit {name}").format(name=self._person.full_name)

    def entered(self) -> None:
        self.form.name.field.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.save.setText(self.tr("Save"))

    def _send(self) -> None:
        typed = self.form.person()
        if typed is None or not self.save.isEnabled():
            return
        known = {name: getattr(self._person, name) for name in typed.model_dump()} | {"email": self._person.shown_email}
        changed = {name: value for name, value in typed.model_dump().items() if value != known[name]}
        if not changed:
            self.closed.emit()
            return
        changes = EmployeeUpdate.checked(**changed)
        self.save.setEnabled(False)
        self.notice.clear()
        self._background.run(
            self, lambda: self._backend.change(self._person.id, changes), lambda _: self.closed.emit(), self._failed
        )

    def _failed(self, error: KioskError) -> None:
        self.save.setEnabled(True)
        match error:
            case EmailTaken() | ExternalIdTaken():
                self.form.show_taken(error)
            case EmployeeNotFound():
                self.notice.say("bad", self.tr("This person is not in the database any more."))
            case _:
                sentence = self.tr("The database does not answer. Nothing is lost; try again.")
                self.notice.say("bad", sentence, self.tr("Again"))
