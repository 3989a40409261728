"""PIN number and PIN on a keypad, for everybody whom the camera does not or shall not recognise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.errors import KioskError
from kiosk.ui.background import Background
from kiosk.ui.countdown import SecondsLeft
from kiosk.ui.entrance.backend import EntranceBackend, MonthOutcome, OwnMonth, PinAccepted, PinOutcome
from kiosk.ui.keyboard import Key
from kiosk.ui.panel import Card, Panel, Screen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label, TextField

# Whoever walks away shall not leave a number standing on the screen.
LEFT_AFTER_S = 30
MAX_DIGITS = 12


class DigitField(TextField):
    """A field for digits, filled from the keypad beside it; it brings up no keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"\\d{{0,{MAX_DIGITS}}}"), self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        QLineEdit.mouseReleaseEvent(self, event)


class Keypad(Panel):
    """Ten digits, backspace and Enter.

    Signals:
        pressed: a digit's key, Key_Backspace or Key_Return.
    """

    pressed = Signal(Qt.Key)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._digits = [self._key(str(digit)) for digit in range(10)]
        for digit, key in enumerate(self._digits):
            row, column = divmod(digit - 1, 3) if digit else (3, 1)
            self._grid.addWidget(key, row, column)
            key.clicked.connect(lambda _=False, code=Qt.Key.Key_0.value + digit: self.pressed.emit(Qt.Key(code)))
        self._back, self._enter = self._key("", "backspace"), self._key("", "enter")
        self._grid.addWidget(self._back, 3, 0)
        self._grid.addWidget(self._enter, 3, 2)
        self._back.clicked.connect(lambda: self.pressed.emit(Qt.Key.Key_Backspace))
        self._enter.clicked.connect(lambda: self.pressed.emit(Qt.Key.Key_Return))

    def retranslate(self) -> None:
        self._back.setAccessibleName(self.tr("Delete the last digit"))
        self._enter.setAccessibleName(self.tr("Next"))

    def arrange(self, scale: Scale) -> None:
        self._grid.setSpacing(scale.px("s"))
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, scale.px("touch_large"))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnMinimumWidth(column, round(scale.px("touch_large") * 1.35))

    def _key(self, text: str, icon_name: str = "") -> Key:
        key = Key(self, text, icon_name=icon_name)
        key.setProperty("large", "true")
        policy = key.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        key.setSizePolicy(policy)
        return key


class PinScreen(Screen):
    """Asks for number and PIN; it closes when they are right, and when nobody touches it for a while.

    Signals:
        accepted: a PinAccepted.
        month_opened: the OwnMonth of whoever wants to see it.
    """

    accepted = Signal(PinAccepted)
    month_opened = Signal(OwnMonth)

    def __init__(self, backend: EntranceBackend, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backend, self._background = backend, background
        self._message = ""
        self._title, self._answer = Label("title"), Label("strong", tone="bad")
        self._number_label, self._pin_label = Label("body"), Label("body")
        self.number, self.pin = DigitField(self), DigitField(self)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter, self.cancel = Button("primary", "check"), Button("secondary", "back")
        self.month = Button("secondary")
        self.month.clicked.connect(self._open_month)
        self.keypad = Keypad(self)
        self.keypad.pressed.connect(self._type)
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._send)
        self.enter.clicked.connect(self._send)
        self.cancel.clicked.connect(self.closed)
        self._left = SecondsLeft(self)
        self._left.changed.connect(self._show_left)
        self._left.finished.connect(self._end_wait)
        self._idle = QTimer(self)
        self._idle.setInterval(round(LEFT_AFTER_S * 1000))
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.closed)
        for field in (self.number, self.pin):
            field.textEdited.connect(self._typed)
            field.installEventFilter(self)
        self._build()

    def _build(self) -> None:
        self._card = Card(self)
        self._fields = QVBoxLayout()
        for widget in (self._title, self._number_label, self.number, self._pin_label, self.pin, self._answer):
            self._fields.addWidget(widget)
        self._fields.addStretch(1)
        self._buttons = QHBoxLayout()
        self._fields.addWidget(self.month)
        self._buttons.addWidget(self.cancel)
        self._buttons.addWidget(self.enter, 1)
        self._fields.addLayout(self._buttons)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._card)
        self._inside.addLayout(self._fields, 1)
        self._inside.addWidget(self.keypad)
        self._outside = QVBoxLayout(self)
        self._outside.addWidget(self._card)

    @property
    def answer(self) -> str:
        """Why number and PIN were refused, "" before that."""
        return self._answer.text()

    def entered(self) -> None:
        self.number.setFocus()
        self._idle.start()
        self._background.run(self, self._backend.pin_wait_s, self._wait, self._cannot_check)

    def left(self) -> None:
        self._idle.stop()
        self._left.stop()
        self.number.clear()
        self.pin.clear()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Number and PIN"))
        self._number_label.setText(self.tr("PIN number"))
        self._pin_label.setText(self.tr("PIN"))
        self.number.setAccessibleName(self.tr("PIN number"))
        self.pin.setAccessibleName(self.tr("PIN"))
        self.enter.setText(self.tr("Register"))
        self.month.setText(self.tr("My month"))
        self.cancel.setText(self.tr("Back"))

    def arrange(self, scale: Scale) -> None:
        turned = QBoxLayout.Direction.TopToBottom if scale.is_portrait else QBoxLayout.Direction.LeftToRight
        self._inside.setDirection(turned)
        edge = scale.px("l")
        window = self.window().size()
        # On a small screen the keypad takes all there is.
        small = scale.factor < 0.7
        spare_x = 0 if small else max(0, (window.width() - scale.times(1500)) // 2)
        spare_y = 0 if small else max(0, (window.height() - scale.times(1350 if scale.is_portrait else 860)) // 2)
        self._outside.setContentsMargins(edge + spare_x, edge + spare_y, edge + spare_x, edge + spare_y)
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(scale.px("xl"))
        self._fields.setSpacing(scale.px("s"))
        self._buttons.setSpacing(scale.px("s"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Restart the idle timer at every touch and key."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self._idle.start()
        return super().eventFilter(watched, event)

    def _type(self, key: Qt.Key) -> None:
        self._idle.start()
        field = self.pin if self.pin.hasFocus() else self.number
        field.setFocus()
        text = chr(key.value) if Qt.Key.Key_0.value <= key.value <= Qt.Key.Key_9.value else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _typed(self) -> None:
        self._answer.setText("")
        for field in (self.number, self.pin):
            field.set_wrong(False)

    def _send(self) -> None:
        self._ask(self._backend.enter_pin)

    def _open_month(self) -> None:
        self._ask(self._backend.open_month)

    def _ask(self, ask: Callable[[str, str], PinOutcome | MonthOutcome]) -> None:
        if self._left.is_running:
            return
        missing = self.number if not self.number.text() else self.pin if not self.pin.text() else None
        if missing is not None:
            missing.set_wrong(True)
            missing.setFocus()
            return
        number, pin = self.number.text(), self.pin.text()
        self._set_waiting(True)
        self._background.run(self, lambda: ask(number, pin), self._answered, self._failed)

    def _answered(self, outcome: PinOutcome | MonthOutcome) -> None:
        self._set_waiting(False)
        if isinstance(outcome, PinAccepted):
            self.accepted.emit(outcome)
            self.closed.emit()
            return
        if isinstance(outcome, OwnMonth):
            self.closed.emit()
            self.month_opened.emit(outcome)
            return
        self.pin.clear()
        self.pin.set_wrong(True)
        self.pin.setFocus()
        if outcome.wait_s > 0:
            self._wait(outcome.wait_s)
        else:
            self._answer.setText(self.tr("Number or PIN is wrong."))

    def _wait(self, wait_s: float) -> None:
        if wait_s > 0:
            self._left.start(wait_s)
            self._set_asks(False)

    def _show_left(self, seconds: int) -> None:
        self._idle.start()
        self._answer.setText(self.tr("Too many attempts. Try again in %n second(s).", "", seconds))

    def _end_wait(self) -> None:
        self._typed()
        self._set_asks(True)

    def _failed(self, error: KioskError) -> None:
        self._set_waiting(False)
        self._cannot_check(error)

    def _cannot_check(self, _error: KioskError) -> None:
        self._answer.setText(self.tr("PINs cannot be checked at the moment. Please tell the administrator."))

    def _set_waiting(self, waiting: bool) -> None:
        self._idle.start()
        for widget in (self.number, self.pin, self.keypad):
            widget.setEnabled(not waiting)
        self._set_asks(not waiting and not self._left.is_running)

    def _set_asks(self, asks: bool) -> None:
        for button in (self.enter, self.month):
            button.setEnabled(asks)
