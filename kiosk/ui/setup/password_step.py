"""The administrator's password, chosen on a new device before anybody else can choose it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kiosk.errors import EasilyGuessed, InvalidInput, KioskError
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.new_password import NewPasswordForm
from kiosk.ui.background import Background
from kiosk.ui.setup.backend import PasswordChoice, SetupBackend
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.widgets import PasswordField


class PasswordStep(SetupStep):
    """Asked once: where there is a password already, or it may not be chosen here, it says so.

    Signals:
        chosen: whoever stands here has chosen it.
    """

    chosen = Signal()

    name = "password"
    can_wait = False

    def __init__(self, backend: SetupBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self.form = NewPasswordForm(FormField(PasswordField()))
        self.form.submitted.connect(self.proceed)
        self._choice = PasswordChoice.OPEN
        self.content.addWidget(self.form)
        self.content.addStretch(1)

    def entered(self) -> None:
        self._show()
        self.form.first.field.setFocus()
        self._learn_choice()

    def left(self) -> None:
        self.form.clear()

    def retranslate(self) -> None:
        self.headline.setText(self.tr("The administrator's password"))
        if self._choice is PasswordChoice.ELSEWHERE:
            sentence = self.tr("It is set on the device, at the command line:\n{command}")
            self.sentence.setText(sentence.format(command="kiosk admin set-password"))
        else:
            self.sentence.setText(self.tr("The password has been chosen. F2 or the button in the corner asks for it."))

    def proceed(self) -> None:
        if self._choice is not PasswordChoice.OPEN:
            self.done.emit({})
            return
        password = self.form.password()
        if password is None:
            return
        self.busy.emit(True)
        self._background.run(
            self, lambda: self._backend.choose_password(password), lambda _: self._chosen(), self._failed
        )

    def _learn_choice(self) -> None:
        self._background.run(self, self._backend.password_choice, self._learn, lambda _: None)

    def _learn(self, choice: PasswordChoice) -> None:
        self._choice = choice
        self._show()

    def _chosen(self) -> None:
        self._learn(PasswordChoice.MADE)
        self.chosen.emit()
        self.busy.emit(False)
        self.done.emit({})

    def _failed(self, error: KioskError) -> None:
        self.busy.emit(False)
        match error:
            case EasilyGuessed():
                self.form.show_guessed()
            case InvalidInput():
                self._learn_choice()
            case _:
                self.form.first.show_error(
                    self.tr("The password cannot be kept at the moment: the database does not answer.")
                )

    def _show(self) -> None:
        self.retranslate()
        self.sentence.setVisible(self._choice is not PasswordChoice.OPEN)
        self.form.setVisible(self._choice is PasswordChoice.OPEN)
