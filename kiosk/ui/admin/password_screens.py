"""The screens that ask for the administrator's password, say that there is none, and change it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal

from kiosk.domain.credentials import PASSWORD_MAX_LENGTH, PasswordCheck
from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.errors import EasilyGuessed, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.new_password import NewPasswordForm
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.countdown import SecondsLeft
from kiosk.ui.widgets import Button, Label, PasswordField


class PasswordBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def has_password(self) -> bool: ...

    def change_password(self, present: str, password: str, /) -> PasswordCheck: ...

    def password_wait_s(self) -> float:
        """Return in how many seconds the next password is checked, 0 for now."""

    def enter_password(self, password: str, /) -> PasswordCheck: ...


class CurrentPasswordField(FormField):
    """The current password, and why it was refused.

    Signals:
        waits: whether nothing may be tried at the moment.
    """

    waits = Signal(bool)

    def __init__(self) -> None:
        super().__init__(PasswordField())
        self._left = SecondsLeft(self)
        self._left.changed.connect(self._show_left)
        self._left.finished.connect(self._end_wait)

    @property
    def is_waiting(self) -> bool:
        return self._left.is_running

    def say_refused(self, attempt: PasswordCheck) -> None:
        self.field.clear()
        if attempt.wait_s > 0:
            self.wait(attempt.wait_s)
        else:
            self.show_error(self.tr("This is not the password."))

    def wait(self, wait_s: float) -> None:
        """Count the seconds down before the next attempt; 0 for none."""
        if wait_s > 0:
            self._left.start(wait_s)
            self.waits.emit(True)

    def _show_left(self, seconds: int) -> None:
        self.show_error(self.tr("Too many wrong attempts. Try again in %n second(s).", "", seconds))

    def _end_wait(self) -> None:
        self.show_error("")
        self.waits.emit(False)


class PasswordScreenBase(AdminScreen):
    """Base class of the password screens.

    Signals:
        opened: the administrator may come in.
    """

    opened = Signal()

    def __init__(self, backend: PasswordBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self.password = CurrentPasswordField()
        self.password.field.setMaxLength(PASSWORD_MAX_LENGTH)
        self.enter = Button("primary", "lock")
        self.enter.clicked.connect(self._send)
        self.password.waits.connect(self.enter.setDisabled)
        self.column = ScrollColumn()
        self.body.addWidget(self.column)

    def entered(self) -> None:
        self.password.field.setFocus()
        self._background.run(self, self._backend.password_wait_s, self.password.wait, self._cannot_check)

    def left(self) -> None:
        self.password.field.clear()

    def _send(self) -> None:
        raise NotImplementedError

    def _failed(self, error: KioskError, /) -> None:
        self._set_waiting(False)
        self._cannot_check(error)

    def say_database_away(self) -> None:
        """Say that the password cannot be checked."""
        self.password.show_error(self.tr("The password cannot be checked at the moment: the database does not answer."))

    def _cannot_check(self, _error: KioskError) -> None:
        self.say_database_away()

    def _set_waiting(self, waiting: bool) -> None:
        self.enter.setEnabled(not waiting and not self.password.is_waiting)
        self.password.field.setEnabled(not waiting)


class PasswordScreen(PasswordScreenBase):
    """Asks for the password, and shows a way to the list of who is in where that needs none.

    Signals:
        evacuation_wanted: somebody wants to see who is in.
    """

    evacuation_wanted = Signal()

    def __init__(
        self,
        backend: PasswordBackend,
        background: Background,
        access: EvacuationAccess = EvacuationAccess.PASSWORD,
    ) -> None:
        super().__init__(backend, background)
        self._access = access
        self.password.field.returnPressed.connect(self._send)
        self._forgotten, self.evacuation = Label("caption"), Button("secondary", "exit")
        self.evacuation.setVisible(access.is_open(database_away=False))
        self.evacuation.clicked.connect(self.evacuation_wanted)
        for widget in (self.password, self.enter, self.evacuation, self._forgotten):
            self.column.content.addWidget(widget)
        self.column.content.addStretch(1)

    def title(self) -> str:
        return self.tr("Administration")

    def retranslate(self) -> None:
        super().retranslate()
        self.password.set_name(self.tr("Password"))
        self.enter.setText(self.tr("Open"))
        self.evacuation.setText(self.tr("Who is in"))
        self._forgotten.setText(
            self.tr("Forgotten? On the device: {command}").format(command="kiosk admin set-password")
        )

    def say_database_away(self) -> None:
        super().say_database_away()
        self.evacuation.setVisible(self._access.is_open(database_away=True))

    def _send(self) -> None:
        password = self.password.field.text()
        if not password or not self.enter.isEnabled():
            return
        self._set_waiting(True)
        self._background.run(self, lambda: self._backend.enter_password(password), self._answered, self._failed)

    def _answered(self, attempt: PasswordCheck) -> None:
        self._set_waiting(False)
        self.evacuation.setVisible(self._access.is_open(database_away=False))
        if attempt.accepted:
            self.opened.emit()
        else:
            self.password.say_refused(attempt)


class NoPasswordScreen(AdminScreen):
    """Says where the first password is set: never here, where whoever comes first could choose it."""

    def __init__(self) -> None:
        super().__init__()
        self._column = ScrollColumn()
        self.sentence, self.how = Label("strong"), Label("body")
        for widget in (self.sentence, self.how):
            self._column.content.addWidget(widget)
        self._column.content.addStretch(1)
        self.body.addWidget(self._column)

    def title(self) -> str:
        return self.tr("Administration")

    def retranslate(self) -> None:
        super().retranslate()
        self.sentence.setText(self.tr("No administrator's password has been set yet."))
        self.how.setText(
            self.tr("It is set on the device, at the command line:\n{command}").format(
                command="kiosk admin set-password"
            )
        )


class ChangePasswordScreen(PasswordScreenBase):
    """Changes the password; wrong current ones are counted as at the password screen."""

    def __init__(self, backend: PasswordBackend, background: Background) -> None:
        super().__init__(backend, background)
        self.form = NewPasswordForm(FormField(PasswordField()))
        self.done = Notice()
        self.password.field.returnPressed.connect(self.form.first.field.setFocus)
        self.form.submitted.connect(self._send)
        for widget in (self.done, self.password, self.form, self.enter):
            self.column.content.addWidget(widget)
        self.column.content.addStretch(1)

    def title(self) -> str:
        return self.tr("Change the password")

    def left(self) -> None:
        super().left()
        self.form.clear()

    def retranslate(self) -> None:
        super().retranslate()
        self.password.set_name(self.tr("Current password"))
        self.enter.setText(self.tr("Change"))

    def _send(self) -> None:
        present = self.password.field.text()
        if not present:
            self.password.show_error(self.tr("Enter the current password first."))
            return
        password = self.form.password()
        if password is None or not self.enter.isEnabled():
            return
        self._set_waiting(True)
        self._background.run(
            self, lambda: self._backend.change_password(present, password), self._answered, self._failed
        )

    def _failed(self, error: KioskError, /) -> None:
        if isinstance(error, EasilyGuessed):
            self._set_waiting(False)
            self.form.show_guessed()
        else:
            super()._failed(error)

    def _answered(self, attempt: PasswordCheck) -> None:
        self._set_waiting(False)
        if not attempt.accepted:
            self.password.say_refused(attempt)
            return
        self.left()
        for widget in (self.password, self.form, self.enter):
            widget.hide()
        self.done.say("good", self.tr("The new password is in force from now on."))
