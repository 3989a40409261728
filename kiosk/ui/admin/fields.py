"""Form fields with a label above and an error below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.employees.schemas import MAX_LENGTH, Employee, EmployeeCreate, normalized_email
from kiosk.errors import InvalidInput
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
    """Name, e-mail address and department.

    Signals:
        submitted: Enter was pressed in the last field.
    """

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.email, self.department = (FormField(TextField()) for _ in range(3))
        self.email.field.setInputMethodHints(
            Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhEmailCharactersOnly
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for form_field in (self.name, self.email, self.department):
            form_field.field.setMaxLength(MAX_LENGTH)
            self._column.addWidget(form_field)
        self.name.field.returnPressed.connect(self.email.field.setFocus)
        self.email.field.returnPressed.connect(self.department.field.setFocus)
        self.department.field.returnPressed.connect(self.submitted)

    def fill(self, employee: Employee) -> None:
        self.name.field.setText(employee.full_name)
        self.email.field.setText(employee.email)
        self.department.field.setText(employee.department or "")

    def person(self) -> EmployeeCreate | None:
        """Return what was typed, or None after showing what is wrong with it."""
        name, email = self.name.field.text().strip(), self.email.field.text().strip()
        faulty = not name or not self._is_email(email)
        if not self._is_email(email):
            self.email.show_error(self.tr("This is no e-mail address."))
        if not name:
            self.name.show_error(self.tr("A name is needed."))
        if faulty:
            return None
        try:
            return EmployeeCreate.checked(
                full_name=name, email=email, department=self.department.field.text().strip() or None
            )
        except InvalidInput:
            self.name.show_error(self.tr("There are signs in it that no name has."))
            return None

    def say_email_taken(self) -> None:
        self.email.show_error(self.tr("Somebody else has this address."))

    def retranslate(self) -> None:
        self.name.set_name(self.tr("Full name"))
        self.email.set_name(self.tr("E-mail"))
        self.department.set_name(self.tr("Department (may stay empty)"))

    def arrange(self, scale: Scale) -> None:
        self._column.setSpacing(scale.px("s"))

    @staticmethod
    def _is_email(text: str) -> bool:
        try:
            normalized_email(text)
        except ValueError:
            return False
        return True
