"""An employee's PIN."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gui.people_driver import PeopleDriver
from kiosk.errors import StorageError
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen

AWAY = "The database does not answer. Nothing is lost; try again."


def test_a_pin_is_typed_twice_and_the_number_is_shown(people: PeopleDriver) -> None:
    screen = people.person()
    people.click(screen.set_pin)
    pin = people.shown(SetPinScreen)
    digits = tuple(Qt.Key(Qt.Key.Key_0.value + digit) for digit in (5, 8, 0, 2, 7, 4))
    for key in (*digits, Qt.Key.Key_Return) * 2:
        pin.keypad.pressed.emit(key)
    people.until(lambda: pin.is_set)
    assert pin.finish.headline.text() == "PIN number: 482901"
    assert (pin.pin.field.text(), pin.again.field.text()) == ("", "")
    people.click(pin.finish.one)
    people.until(lambda: screen.details.values[6] == "PIN number 482901")


@pytest.mark.parametrize("agree", [True, False])
def test_a_pin_is_taken_away_after_a_question(people: PeopleDriver, agree: bool) -> None:
    people.backend.numbers[1] = "482901"
    screen = people.person()
    people.click(screen.more)
    people.until(screen.remove_pin.isVisible)
    people.click(screen.remove_pin)
    question = people.shown(ConfirmScreen)
    assert people.backend.numbers == {1: "482901"}
    people.click(question.yes if agree else question.no)
    if agree:
        people.until(lambda: screen.details.values[6] == "none")
        assert screen.notice.sentence == "The PIN was removed."
        assert not screen.remove_pin.isVisible()
    assert people.backend.numbers == ({} if agree else {1: "482901"})


def test_who_has_no_pin_is_offered_none_to_take_away(people: PeopleDriver) -> None:
    assert not people.person().remove_pin.isVisible()


@pytest.mark.parametrize(
    ("pin", "again", "fault"),
    [
        ("", "", "Six to eight digits are needed."),
        ("58027", "58027", "Six to eight digits are needed."),
        ("111111", "111111", "Anybody would try this one first. Choose another."),
        ("654321", "654321", "Anybody would try this one first. Choose another."),
        ("580274", "580275", "The two are not the same."),
    ],
)
def test_a_pin_that_does_not_fit_is_refused_with_the_reason(
    people: PeopleDriver, pin: str, again: str, fault: str
) -> None:
    people.click(people.person().set_pin)
    screen = people.shown(SetPinScreen)
    screen.pin.field.setText(pin)
    screen.again.field.setText(again)
    people.click(screen.save)
    assert fault in (screen.pin.error, screen.again.error)
    assert people.backend.numbers == {}


def test_a_pin_that_could_not_be_saved_stays_typed(people: PeopleDriver) -> None:
    people.click(people.person().set_pin)
    screen = people.shown(SetPinScreen)
    for form_field in (screen.pin, screen.again):
        form_field.field.setText("580274")
    people.backend.refuses = StorageError("away")
    people.click(screen.save)
    people.until(lambda: screen.again.error == AWAY)
    people.backend.refuses = None
    people.click(screen.save)
    people.until(lambda: screen.is_set)
