"""Form fields with a label above and an error below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.greeting_names import proposed_called_name
from kiosk.employees.schemas import MAX_EXTERNAL_ID, MAX_LENGTH, Employee, EmployeeCreate, normalized_email
from kiosk.errors import EmailTaken, ExternalIdTaken, InvalidInput, KioskError
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label, TextField


class FormField(Panel):
    """A text field with its label and its error."""

    def __init__(self, field: TextField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._label, self._error = Label("body"), Label("body", tone="bad")
        self._error.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, field, self._error):
            self._column.addWidget(widget)
        field.textEdited.connect(lambda: self.show_error(""))

    @property
    def error(self) -> str:
        return self._error.text()

    def set_name(self, name: str) -> None:
        self._label.setText(name)
        self.field.setAccessibleName(name)

    def show_error(self, sentence: str) -> None:
        """Show an error and focus the field; "" hides it."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.field.set_wrong(bool(sentence))
        if sentence:
            self.field.setFocus()

    def arrange(self, scale: Scale) -> None:
        self._column.setSpacing(scale.px("xs"))


class PersonForm(Panel):
    """Name, how it is greeted, e-mail address, department, position and personnel number; only the name is needed.

    While a full name is typed, its given name is proposed for the greeting.

    Signals:
        submitted: Enter was pressed in the last field.
    """

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.called = (FormField(TextField(capitals="words")) for _ in range(2))
        self.department, self.position = (FormField(TextField(capitals="first")) for _ in range(2))
        self.email, self.external_id = (FormField(TextField()) for _ in range(2))
        self.external_id.field.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.email.field.setInputMethodHints(
            Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhEmailCharactersOnly
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._proposed = ""
        self.name.field.textEdited.connect(self._propose_called)
        fields = (self.name, self.called, self.email, self.department, self.position, self.external_id)
        self._fields = fields
        for form_field in fields:
            form_field.field.setMaxLength(MAX_LENGTH)
            self._column.addWidget(form_field)
        self.external_id.field.setMaxLength(MAX_EXTERNAL_ID)
        for form_field, following in pairwise(fields):
            form_field.field.returnPressed.connect(following.field.setFocus)
        self.external_id.field.returnPressed.connect(self.submitted)

    def fill(self, employee: Employee) -> None:
        self.name.field.setText(employee.full_name)
        self.called.field.setText(employee.called or "")
        self._proposed = proposed_called_name(employee.full_name)
        self.email.field.setText(employee.shown_email or "")
        self.department.field.setText(employee.department or "")
        self.position.field.setText(employee.position or "")
        self.external_id.field.setText(employee.external_id or "")

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the fields, from top to bottom."""
        return tuple(form_field.field.text() for form_field in self._fields)

    def fill_texts(self, texts: Sequence[str]) -> None:
        """Put back what stood in the fields. texts: as they were."""
        for form_field, text in zip(self._fields, texts, strict=False):
            form_field.field.setText(text)
            form_field.show_error("")
        self._proposed = proposed_called_name(self.name.field.text())

    def clear_for_next(self) -> None:
        """Empty the fields but the department: people of one come one after another."""
        department = self.department.field.text()
        self.fill_texts(("",) * len(self._fields))
        self.department.field.setText(department)

    def person(self) -> EmployeeCreate | None:
        """Return what was typed, or None after showing what is wrong with it."""
        name, email = self.name.field.text().strip(), self.email.field.text().strip() or None
        is_no_email = email is not None and not self._is_email(email)
        if is_no_email:
            self.email.show_error(self.tr("This is not an e-mail address."))
        if not name:
            self.name.show_error(self.tr("A name is needed."))
        if is_no_email or not name:
            return None
        try:
            return EmployeeCreate.checked(
                full_name=name,
                email=email,
                department=self.department.field.text().strip() or None,
                position=self.position.field.text().strip() or None,
                external_id=self.external_id.field.text().strip() or None,
                called=self.called.field.text().strip() or None,
            )
        except InvalidInput:
            self.name.show_error(self.tr("It has characters that no name has."))
            return None

    def show_taken(self, error: KioskError) -> bool:
        """Show at its field what somebody else has; return False for any other error."""
        match error:
            case EmailTaken():
                self.email.show_error(self.tr("Somebody else has this address."))
            case ExternalIdTaken():
                self.external_id.show_error(self.tr("Somebody else has this number."))
            case _:
                return False
        return True

    def retranslate(self) -> None:
        self.name.set_name(self.tr("Full name"))
        self.called.set_name(self.tr("Name in the greeting (the full one if empty)"))
        self.email.set_name(self.tr("E-mail (may stay empty)"))
        self.department.set_name(self.tr("Department (may stay empty)"))
        self.position.set_name(self.tr("Position (may stay empty)"))
        self.external_id.set_name(self.tr("Personnel number (may stay empty)"))

    def arrange(self, scale: Scale) -> None:
        self._column.setSpacing(scale.px("s"))

    def _propose_called(self, full_name: str) -> None:
        """Propose what the person is called, unless somebody has typed or deleted it."""
        proposed = proposed_called_name(full_name)
        if self.called.field.text() == self._proposed and proposed != self._proposed:
            self.called.field.setText(proposed)
            self._proposed = proposed

    @staticmethod
    def _is_email(text: str) -> bool:
        try:
            normalized_email(text)
        except ValueError:
            return False
        return True
