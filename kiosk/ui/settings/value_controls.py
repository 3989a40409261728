"""What a setting's value is chosen or typed with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.settings.states import SettingForm
from kiosk.ui.panel import Panel
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.settings.texts import value_text
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label, TextField

# One stranger in so many; another value that is set stands beside them.
STRICTNESS = ("0.01", "0.00333333", "0.001", "0.000333333", "0.0001")
ROTATIONS_DEG = ("0", "90", "180", "270")
# More of them on two buttons do not fit beside the words.
LETTERS_BESIDE = 16


class ChoiceControl(SegmentedButtons[str]):
    """A choice of a few values."""

    def __init__(self, name: str, values: tuple[str, ...]) -> None:
        super().__init__(*values)
        self._name = name

    def show_value(self, value: str) -> None:
        if value in self.buttons:
            self.choose(value)

    def retranslate(self) -> None:
        self.set_texts({value: self._text(value) for value in self.buttons})

    @property
    def letter_count(self) -> int:
        """How many letters stand on all buttons together."""
        return sum(len(self._text(value)) for value in self.buttons)

    def _text(self, value: str) -> str:
        return f"{value}°" if self._name == "camera_rotation_deg" else value_text(self._name, value)


class TextControl(Panel):
    """A text or number, with a button that takes it over once it is another.

    Signals:
        chosen: the text.
    """

    chosen = Signal(object)

    def __init__(self, form: SettingForm) -> None:
        super().__init__()
        self.field, self.take = TextField(), Button("primary", "check")
        if form.is_number:
            self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        if form.longest is not None:
            self.field.setMaxLength(form.longest)
        self._value = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self.take)
        self.take.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.take.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.take.setEnabled(text.strip() != self._value))
        self.field.returnPressed.connect(self.take.click)
        self.take.clicked.connect(lambda: self.chosen.emit(" ".join(self.field.text().split())))
        self.setFocusProxy(self.field)

    def show_value(self, value: str) -> None:
        self._value = value
        self.field.setText(value)
        self.take.setEnabled(False)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def retranslate(self) -> None:
        self.take.setAccessibleName(self.tr("Apply"))

    def arrange(self, scale: Scale) -> None:
        self._row.setSpacing(scale.px("xs"))


def control_of(name: str, form: SettingForm, value: str) -> ChoiceControl | TextControl:
    """Return what fits a setting; value: the present one, which can always be chosen."""
    choices = {"target_fpir": STRICTNESS, "camera_rotation_deg": ROTATIONS_DEG}.get(name, form.choices)
    if choices is None:
        return TextControl(form)
    known = choices if value in choices else (*choices, value)
    if form.choices == ("true", "false"):
        known = ("false", "true")
    return ChoiceControl(name, tuple(sorted(known, key=float, reverse=True)) if name == "target_fpir" else known)


def is_wide(control: QWidget) -> bool:
    """Tell whether a control takes a line of its own."""
    return isinstance(control, ChoiceControl) and (len(control.buttons) > 2 or control.letter_count > LETTERS_BESIDE)


class CameraControl(Panel):
    """A button for each camera of the device.

    Signals:
        chosen: the path of a camera.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        self._value = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._present = Label("body")
        self._column.addWidget(self._present)

    def offer(self, paths: tuple[str, ...]) -> None:
        """Show a button for each of these cameras."""
        for path in paths:
            if path not in self.buttons:
                button = Button("secondary", "camera")
                button.setText(path)
                button.setCheckable(True)
                button.clicked.connect(lambda _=False, path=path: self.chosen.emit(path))
                self.buttons[path] = button
                self._column.addWidget(button)
        self.show_value(self._value)

    def show_value(self, value: str) -> None:
        self._value = value
        known = f"/dev/video{value}" if value.isdecimal() else value
        for path, button in self.buttons.items():
            button.setChecked(path == known)
        self._present.setText(value)
        self._present.setVisible(known not in self.buttons)

    def arrange(self, scale: Scale) -> None:
        self._column.setSpacing(scale.px("xs"))
