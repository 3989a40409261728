"""Giving an employee a PIN, typed twice; then their PIN number is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.credentials import PIN_PATTERN, is_too_simple
from kiosk.employees.schemas import Employee
from kiosk.errors import EasilyGuessed, EmployeeInactive, EmployeeNotFound, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.fields import FormField
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import PinBackend
from kiosk.ui.enroll.steps import EndStep
from kiosk.ui.entrance.pin_screen import DigitField, Keypad
from kiosk.ui.panel import Card
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label

# As drawn for a screen whose shorter side is 1080; upright screens have room for more.
SMALL, HIGHEST = 0.7, {False: 900, True: 1400}


class SetPinScreen(AdminScreen):
    """The employee types the PIN; the administrator need not see it."""

    def __init__(self, backend: PinBackend, background: Background, person: Employee) -> None:
        super().__init__()
        self._backend, self._background, self._person = backend, background, person
        self.number = ""
        self._why = Label("body")
        self.pin, self.again = FormField(DigitField()), FormField(DigitField())
        for form_field in (self.pin, self.again):
            form_field.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.keypad, self.save = Keypad(self), Button("primary", "check")
        self.finish = EndStep("keypad", "good")
        self.finish.other.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build())
        self._stack.addWidget(self.finish)
        self.body.addWidget(self._stack)
        self.keypad.pressed.connect(self._type)
        self.pin.field.returnPressed.connect(self.again.field.setFocus)
        self.again.field.returnPressed.connect(self._send)
        self.save.clicked.connect(self._send)
        self.finish.first.connect(self.closed)

    def _build(self) -> QWidget:
        self._card = Card()
        fields = QVBoxLayout()
        for widget in (self._why, self.pin, self.again):
            fields.addWidget(widget)
        fields.addStretch(1)
        fields.addWidget(self.save)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._card)
        self._inside.addLayout(fields, 1)
        self._inside.addWidget(self.keypad)
        return self._card

    @property
    def is_set(self) -> bool:
        """Whether the PIN was set and the number is shown."""
        return self._stack.currentWidget() is self.finish

    def title(self) -> str:
        return self.tr("PIN of {name}").format(name=self._person.full_name)

    def entered(self) -> None:
        self.pin.field.setFocus()

    def left(self) -> None:
        self.pin.field.clear()
        self.again.field.clear()

    def retranslate(self) -> None:
        super().retranslate()
        self._why.setText(self.tr("With their number and this PIN the person registers without a face."))
        self.pin.set_name(self.tr("PIN, six to eight digits"))
        self.again.set_name(self.tr("Once more"))
        self.save.setText(self.tr("Save"))
        self.finish.one.setText(self.tr("Done"))
        self.finish.headline.setText(self.tr("PIN number: {number}").format(number=self.number))
        self.finish.sentence.setText(
            self.tr("{name} types it together with the PIN at the entrance. Write it down for them.").format(
                name=self._person.full_name
            )
        )

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        upright = scale.is_portrait
        self._inside.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        edge = scale.px("l")
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(scale.px("l"))
        # On a small screen the keypad takes all there is.
        spare_px = self.window().height() - scale.times(HIGHEST[upright])
        self._stack.setContentsMargins(0, 0, 0, 0 if scale.factor < SMALL else max(0, spare_px // 2))

    def _type(self, key: Qt.Key) -> None:
        field = self.again.field if self.again.field.hasFocus() else self.pin.field
        field.setFocus()
        text = chr(key.value) if Qt.Key.Key_0.value <= key.value <= Qt.Key.Key_9.value else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _send(self) -> None:
        pin = self.pin.field.text()
        if not self.save.isEnabled() or not self._is_fit(pin):
            return
        self._set_waiting(True)
        self._background.run(self, lambda: self._backend.set_pin(self._person.id, pin), self._saved, self._failed)

    def _is_fit(self, pin: str) -> bool:
        if not PIN_PATTERN.fullmatch(pin):
            self.pin.show_error(self.tr("Six to eight digits are needed."))
        elif is_too_simple(pin):
            self._say_guessed()
        elif pin != self.again.field.text():
            self.again.field.clear()
            self.again.show_error(self.tr("The two are not the same."))
        else:
            return True
        return False

    def _saved(self, number: str) -> None:
        self._set_waiting(False)
        self.number = number
        self.left()
        self.retranslate()
        self._stack.setCurrentWidget(self.finish)
        self.finish.one.setFocus()

    def _say_guessed(self) -> None:
        self.pin.show_error(self.tr("Anybody would try this one first. Choose another."))

    def _failed(self, error: KioskError) -> None:
        self._set_waiting(False)
        match error:
            case EasilyGuessed():
                self._say_guessed()
                return
            case EmployeeInactive():
                sentence = self.tr("This person has been deactivated. Restore them first.")
            case EmployeeNotFound():
                sentence = self.tr("This person is not in the database any more.")
            case _:
                sentence = self.tr("The database does not answer. Nothing is lost; try again.")
        self.again.show_error(sentence)

    def _set_waiting(self, waiting: bool) -> None:
        for widget in (self.pin.field, self.again.field, self.save, self.keypad):
            widget.setEnabled(not waiting)
