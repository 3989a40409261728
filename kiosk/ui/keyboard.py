"""The on-screen keyboard: Russian and English letters, signs, and a keypad for numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from kiosk.ui.icons import icon
from kiosk.ui.keyboard_layouts import KEYPAD, LETTERS, SIGNS, KeyboardLayout
from kiosk.ui.language import Language
from kiosk.ui.panel import Panel, set_property
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import TextField

# A row is so many half keys wide: twelve keys of Russian letters.
_ROW_HALVES = 24
_DIGITS_ONLY, _DIGITS_FIRST = Qt.InputMethodHint.ImhDigitsOnly, Qt.InputMethodHint.ImhPreferNumbers
# A name's next part begins after one of these.
_BETWEEN_WORDS = " -'’"


class Key(QPushButton):
    """One key; it never takes the focus from the field that is typed into."""

    def __init__(self, parent: QWidget, text: str = "", *, icon_name: str = "", repeats: bool = False) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(repeats)
        if icon_name:
            self.setIcon(icon(icon_name, "ink"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            side_px = round(self.fontMetrics().height() * 1.1)
            self.setIconSize(QSize(side_px, side_px))
        super().changeEvent(event)


class OnScreenKeyboard(Panel):
    """Types into the field that has the focus; the window shows and hides it.

    Signals:
        hidden_by_user: the key that hides it was pressed.
    """

    hidden_by_user = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = Language.ENGLISH
        self._layout_shown: KeyboardLayout = LETTERS[self._language]
        self._shifted, self._has_letters = False, True
        self._field: QWidget | None = None
        self._letters: list[Key] = []
        self._specials: dict[str, Key] = {}
        self._grid = QGridLayout(self)

    def serve(self, field: QWidget, language: Language) -> None:
        """Show the keys that a field asks for by its input method hints, in a language."""
        hints = field.inputMethodHints()
        self._has_letters = not hints & _DIGITS_ONLY
        latin_only = bool(hints & Qt.InputMethodHint.ImhLatinOnly)
        self._language = Language.ENGLISH if latin_only else language
        self._field, self._shifted = field, self._wants_capital(field)
        self._show_layout(KEYPAD if hints & (_DIGITS_ONLY | _DIGITS_FIRST) else LETTERS[self._language])

    def retranslate(self) -> None:
        names = {
            "shift": self.tr("Capital letters"),
            "backspace": self.tr("Delete the last character"),
            "enter": self.tr("Enter"),
            "hide": self.tr("Hide the keyboard"),
            "language": self.tr("Other alphabet"),
            "signs": self.tr("Symbols"),
            "letters": self.tr("Letters"),
            "space": self.tr("Space"),
        }
        for name, key in self._specials.items():
            key.setAccessibleName(names[name])

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("s")
        spare = max(0, self.window().width() - scale.times(720 if self._layout_shown is KEYPAD else 1500)) // 2
        self._grid.setContentsMargins(max(edge, spare), edge, max(edge, spare), edge)
        self._grid.setSpacing(scale.px("xs"))

    def _show_layout(self, layout: KeyboardLayout) -> None:
        self._layout_shown = layout
        self.setUpdatesEnabled(False)
        for key in (*self._letters, *self._specials.values()):
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self._letters, self._specials = [], {}
        if layout is KEYPAD:
            self._lay_keypad()
        else:
            self._lay_letters(layout)
        self.retranslate()
        self.arrange(scale_of(self))
        self._grid.activate()
        self.setUpdatesEnabled(True)

    def _lay_letters(self, layout: KeyboardLayout) -> None:
        for place, row in enumerate(layout.rows[:-1]):
            self._lay_row(row, place, (_ROW_HALVES - 2 * len(row)) // 2, 2)
        last_row, last_place = layout.rows[-1], len(layout.rows) - 1
        side = (_ROW_HALVES - 2 * len(last_row)) // 2
        if layout is not SIGNS:
            self._special("shift", last_place, 0, side, icon_name="shift").setCheckable(True)
            self._specials["shift"].setChecked(self._shifted)
            self._specials["shift"].clicked.connect(self._shift)
        self._lay_row(last_row, last_place, side, 2)
        self._special("backspace", last_place, _ROW_HALVES - side, side, icon_name="backspace", repeats=True)
        self._specials["backspace"].clicked.connect(self._delete)
        self._lay_bottom(layout, last_place + 1)

    def _lay_bottom(self, layout: KeyboardLayout, place: int) -> None:
        letters, other = LETTERS[self._language], LETTERS[self._language.other]
        self._special("signs", place, 0, 3, text=letters.short_name if layout is SIGNS else SIGNS.short_name)
        self._specials["signs"].clicked.connect(lambda: self._show_layout(letters if layout is SIGNS else SIGNS))
        self._special("language", place, 3, 3, text=other.short_name)
        self._specials["language"].clicked.connect(self._change_alphabet)
        self._letter("@", place, 6, 2)
        self._special("space", place, 8, 6, text=" ").clicked.connect(self._space)
        self._letter(".", place, 14, 2)
        self._letter("-", place, 16, 2)
        self._special("enter", place, 18, 3, icon_name="enter").clicked.connect(self._enter)
        self._special("hide", place, 21, 3, icon_name="keyboard-down").clicked.connect(self.hidden_by_user)

    def _lay_keypad(self) -> None:
        for place, row in enumerate(KEYPAD.rows[:-1]):
            self._lay_row(row, place, 0, 4)
        self._special("hide", 3, 0, 2, icon_name="keyboard-down").clicked.connect(self.hidden_by_user)
        self._special("backspace", 3, 2, 2, icon_name="backspace", repeats=True)
        self._specials["backspace"].clicked.connect(lambda: self._press(Qt.Key.Key_Backspace))
        self._lay_row(KEYPAD.rows[-1], 3, 4, 4)
        if self._has_letters:
            letters = LETTERS[self._language]
            self._special("letters", 3, 8, 2, text=letters.short_name).clicked.connect(
                lambda: self._show_layout(letters)
            )
        columns = 2 if self._has_letters else 4
        self._special("enter", 3, 12 - columns, columns, icon_name="enter").clicked.connect(self._enter)

    def _lay_row(self, row: str, place: int, first: int, width: int) -> None:
        for index, character in enumerate(row):
            self._letter(character, place, first + index * width, width)

    def _letter(self, character: str, place: int, column: int, width: int) -> None:
        key = Key(self, _shown(character, self._shifted), repeats=True)
        key.clicked.connect(lambda: self._type(character))
        key.setProperty("character", character)
        self._place(key, place, column, width)
        self._letters.append(key)

    def _special(
        self,
        name: str,
        place: int,
        column: int,
        width: int,
        *,
        text: str = "",
        icon_name: str = "",
        repeats: bool = False,
    ) -> Key:
        key = Key(self, text, icon_name=icon_name, repeats=repeats)
        set_property(key, "special", "true")
        self._place(key, place, column, width)
        self._specials[name] = key
        return key

    def _place(self, key: Key, place: int, column: int, width: int) -> None:
        self._grid.addWidget(key, place, column, 1, width)
        key.show()

    def _shift(self) -> None:
        self._shifted = not self._shifted
        self._specials["shift"].setChecked(self._shifted)
        for key in self._letters:
            key.setText(_shown(str(key.property("character")), self._shifted))

    def _change_alphabet(self) -> None:
        self._language = self._language.other
        self._show_layout(LETTERS[self._language])

    def _type(self, character: str) -> None:
        text = character.upper() if self._shifted else character
        self._press(Qt.Key.Key_unknown, text)
        self._follow_text()

    def _follow_text(self) -> None:
        """Shift where the field's next letter is to be a capital one, and nowhere else."""
        if self._shifted != self._wants_capital(self._field) and "shift" in self._specials:
            self._shift()

    @staticmethod
    def _wants_capital(field: QWidget | None) -> bool:
        if not isinstance(field, TextField) or field.capitals == "none":
            return False
        before = field.text()[: field.cursorPosition()]
        return not before or (field.capitals == "words" and before[-1] in _BETWEEN_WORDS)

    def _delete(self) -> None:
        self._press(Qt.Key.Key_Backspace)
        self._follow_text()

    def _space(self) -> None:
        self._press(Qt.Key.Key_Space, " ")
        self._follow_text()

    def _enter(self) -> None:
        self._press(Qt.Key.Key_Return, "\r")

    def _press(self, key: Qt.Key, text: str = "") -> None:
        field = QApplication.focusWidget()
        if not is_text_field(field):
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def is_text_field(widget: QWidget | None) -> bool:
    """Whether something can be typed into a widget."""
    return isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isEnabled() and not widget.isReadOnly()


def _shown(character: str, shifted: bool) -> str:
    # An ampersand in a button's text would mark a shortcut.
    return (character.upper() if shifted else character).replace("&", "&&")
