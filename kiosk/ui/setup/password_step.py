"""The administrator's password, chosen before anybody else can choose it."""

from __future__ import annotations

from kiosk.errors import KioskError
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.password_screens import NewPasswordForm, PasswordBackend
from kiosk.ui.background import Background
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.widgets import PasswordField


class PasswordStep(SetupStep):
    """Asked once: where there is a password already, it says so."""

    name = "password"
    can_wait = False

    def __init__(self, backend: PasswordBackend, background: Background) -> None:
        super().__init__(760)
        self._backend, self._background = backend, background
        self.form = NewPasswordForm(FormField(PasswordField()))
        self.form.submitted.connect(self.proceed)
        self._is_set = False
        self.content.addWidget(self.form)
        self.content.addStretch(1)

    def entered(self) -> None:
        self._show()
        self.form.first.field.setFocus()
        self._background.run(self, self._backend.has_password, self._learn, lambda _: None)

    def left(self) -> None:
        self.form.clear()

    def retranslate(self) -> None:
        self.headline.setText(self.tr("The administrator's password"))
        self.sentence.setText(self.tr("The password has been chosen. F2 or the button in the corner asks for it."))

    def proceed(self) -> None:
        password = "" if self._is_set else self.form.password()
        if password is None:
            return
        if self._is_set:
            self.done.emit({})
            return
        self.busy.emit(True)
        self._background.run(
            self, lambda: self._backend.choose_password(password), lambda _: self._chosen(), self._failed
        )

    def _learn(self, is_set: bool) -> None:
        self._is_set = is_set
        self._show()

    def _chosen(self) -> None:
        self._learn(True)
        self.busy.emit(False)
        self.done.emit({})

    def _failed(self, _error: KioskError) -> None:
        self.busy.emit(False)
        self.form.first.show_error(self.tr("The password cannot be kept at the moment: the database does not answer."))

    def _show(self) -> None:
        self.sentence.setVisible(self._is_set)
        self.form.setVisible(not self._is_set)
