"""A new password of the administrator, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.credentials import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH
from kiosk.ui.admin.fields import FormField
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label, PasswordField


class NewPasswordForm(Panel):
    """A new password, typed twice.

    Signals:
        submitted: Enter was pressed in the second field.
    """

    submitted = Signal()

    def __init__(self, first: FormField) -> None:
        """first: the field that it is typed into first."""
        super().__init__()
        self._why = Label("body")
        self.first, self.again = first, FormField(PasswordField())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for form_field in (self.first, self.again):
            form_field.field.setMaxLength(PASSWORD_MAX_LENGTH)
        self.first.field.returnPressed.connect(self.again.field.setFocus)
        self.again.field.returnPressed.connect(self.submitted)
        for widget in (self._why, self.first, self.again):
            self._column.addWidget(widget)

    def password(self) -> str | None:
        """Return the new password, or None after showing what is wrong with it."""
        password = self.first.field.text()
        if len(password) < PASSWORD_MIN_LENGTH:
            self.first.show_error(self.tr("It is too short."))
            return None
        if password != self.again.field.text():
            self.again.field.clear()
            self.again.show_error(self.tr("The two are not the same."))
            return None
        return password

    def show_guessed(self) -> None:
        """Say that the password is one of those that are tried first."""
        self.again.field.clear()
        self.first.show_error(self.tr("Anybody would try this one first. Three words in a row are better."))

    def clear(self) -> None:
        for form_field in (self.first, self.again):
            form_field.field.clear()

    def retranslate(self) -> None:
        self._why.setText(
            self.tr(
                "It opens the list of employees and everything else here. Nobody can look it up later: keep it safe."
            )
        )
        self.first.set_name(self.tr("New password, %n character(s) at least", "", PASSWORD_MIN_LENGTH))
        self.again.set_name(self.tr("Once more"))

    def arrange(self, scale: Scale) -> None:
        self._column.setSpacing(scale.px("s"))
