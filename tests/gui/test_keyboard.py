"""The on-screen keyboard: it comes when a field is touched, types into it, and goes again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.conftest import SIZES
from kiosk.ui.keyboard import Key
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.widgets import Button, Capitals, PasswordField, TextField
from kiosk.ui.window import KioskWindow


class Form(Screen):
    """Two fields and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.number, self.done = TextField(), TextField(), Button("primary")
        self.number.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        layout = QVBoxLayout(self)
        for widget in (self.name, self.number, self.done):
            layout.addWidget(widget)

    def retranslate(self) -> None:
        self.done.setText("Done")


@pytest.fixture
def form(qtbot: QtBot, window: KioskWindow) -> Form:
    made = Form()
    window.open(made)
    with qtbot.waitActive(window):
        window.show()
    return made


def touch(qtbot: QtBot, field: TextField) -> None:
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)


def keys(window: KioskWindow) -> dict[str, Key]:
    found = [key for key in window.keyboard.findChildren(Key) if key.isVisible()]
    return {key.text() or key.accessibleName(): key for key in found}


def press(qtbot: QtBot, window: KioskWindow, *texts: str) -> None:
    for text in texts:
        qtbot.mouseClick(keys(window)[text], Qt.MouseButton.LeftButton)


def test_it_comes_by_touch_and_not_by_tab(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    form.name.setFocus(Qt.FocusReason.TabFocusReason)
    assert not window.keyboard.isVisible()
    touch(qtbot, form.name)
    assert window.keyboard.isVisible()


def test_it_types_deletes_and_enters(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    touch(qtbot, form.name)
    press(qtbot, window, "Capital letters", "O", "l", "e", "g", "x", "Delete the last character", ".", "@", "7")
    assert form.name.text() == "Oleg.@7"
    with qtbot.waitSignal(form.name.returnPressed):
        press(qtbot, window, "Enter")


def test_it_knows_two_alphabets_and_signs(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    touch(qtbot, form.name)
    press(qtbot, window, "РУС", "Capital letters", "Ё", "ж", " ", "?#+", "№", "&&", "РУС", "ъ", "ENG", "q")
    assert form.name.text() == "Ёж №&ъq"


def test_it_begins_with_the_alphabet_of_the_screens(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    window.use_language(Language.RUSSIAN)
    touch(qtbot, form.name)
    assert "ф" in keys(window)


def test_it_keeps_to_latin_letters_where_others_are_refused(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    window.use_language(Language.RUSSIAN)
    form.name.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
    touch(qtbot, form.name)
    assert "q" in keys(window)


def test_a_number_gets_a_keypad(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    touch(qtbot, form.number)
    assert [text for text in keys(window) if text.isalpha() and len(text) == 1] == []
    press(qtbot, window, "4", "0", "1")
    assert form.number.text() == "401"


def test_it_follows_to_the_next_field_and_goes_with_the_last(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    touch(qtbot, form.name)
    form.number.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.keyboard.isVisible()
    assert "q" not in keys(window)
    form.done.setFocus(Qt.FocusReason.TabFocusReason)
    assert not window.keyboard.isVisible()


def test_it_can_be_put_away_and_a_real_keyboard_still_types(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    touch(qtbot, form.name)
    press(qtbot, window, "Hide the keyboard")
    assert not window.keyboard.isVisible()
    qtbot.keyClicks(form.name, "Anna")
    assert form.name.text() == "Anna"


def test_it_comes_with_the_field_for_whoever_works_by_finger(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    qtbot.mouseClick(form.done, Qt.MouseButton.LeftButton)
    form.name.setFocus()
    assert window.keyboard.isVisible()
    press(qtbot, window, "Hide the keyboard")
    form.done.setFocus()
    qtbot.keyClick(form.done, Qt.Key.Key_Space)
    form.name.setFocus()
    assert not window.keyboard.isVisible()


def test_it_stays_away_from_a_field_that_only_narrows_a_list(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    form.name.brings_keyboard = False
    qtbot.mouseClick(form.done, Qt.MouseButton.LeftButton)
    form.name.setFocus()
    assert not window.keyboard.isVisible()
    touch(qtbot, form.name)
    assert window.keyboard.isVisible()


@pytest.mark.parametrize(
    ("capitals", "typed"), [("words", "Anna-Maria S"), ("first", "Anna-maria s"), ("none", "anna-maria s")]
)
def test_names_begin_with_a_capital_letter(
    qtbot: QtBot, window: KioskWindow, form: Form, capitals: Capitals, typed: str
) -> None:
    form.name.capitals = capitals
    touch(qtbot, form.name)
    for character in "anna-maria s":
        found = keys(window)
        key = next(found[text] for text in (character, character.upper()) if text in found)
        qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert form.name.text() == typed
    press(qtbot, window, "Delete the last character")
    assert keys(window)["Capital letters"].isChecked() is (capitals == "words")


def test_a_number_that_may_have_letters_begins_with_the_keypad(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    form.number.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
    touch(qtbot, form.number)
    press(qtbot, window, "4", "ENG", "a")
    assert form.number.text() == "4a"


def test_a_password_can_be_shown_and_hides_again(qtbot: QtBot, window: KioskWindow, form: Form) -> None:
    field = PasswordField(form)
    form.layout().addWidget(field)
    qtbot.waitUntil(field.isVisible)
    qtbot.keyClicks(field, "secret")
    assert (field.displayText(), field.eye.accessibleName()) == ("●" * 6, "Show what was typed")
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert (field.displayText(), field.eye.accessibleName()) == ("secret", "Hide what was typed")
    field.clear()
    qtbot.keyClicks(field, "next")
    assert field.displayText() == "●" * 4


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", list(Language))
def test_every_key_can_be_hit_and_heard(
    qtbot: QtBot, window: KioskWindow, form: Form, size: tuple[int, int], language: Language
) -> None:
    window.resize(*size)
    window.use_language(language)
    touch(qtbot, form.name)
    for text in ("", "?#+"):
        if text:
            press(qtbot, window, text)
        shown = keys(window)
        assert set("1234567890") <= shown.keys()
        for name, key in shown.items():
            assert key.width() >= 48 and key.height() >= 48, f"{name} is {key.width()} x {key.height()}"
            assert name
            assert window.keyboard.rect().contains(key.geometry())
