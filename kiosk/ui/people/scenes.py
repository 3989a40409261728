"""The employees' screens, set by hand for pictures of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from kiosk.errors import StorageError
from kiosk.ui.admin.page import Question
from kiosk.ui.admin.scenes import desk_of, open_screen, until
from kiosk.ui.admin.stage import StagedDesk
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.model import Which
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin import SetPinScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots import Stage

_LONG_NAME, _PLAIN_NAME = 3, 5


def _desk(stage: Stage) -> StagedDesk:
    desk = desk_of(stage)
    desk.numbers = {1: "482913", 3: "731205"}
    for place in (2, 6):
        desk.staff[place] = replace(desk.staff[place], is_active=place != 6)
    return desk


def _list(stage: Stage) -> tuple[StagedDesk, PeopleScreen]:
    desk = _desk(stage)
    screen = PeopleScreen(desk, stage.background)
    open_screen(stage, screen)
    screen.which[Which.ALL].click()
    until(lambda: screen.model.rowCount() > 1)
    return desk, screen


def _shown(stage: Stage) -> None:
    _list(stage)


def _search(stage: Stage) -> None:
    _, screen = _list(stage)
    screen.search.setText("ан" if stage.language == "ru" else "an")
    stage.window.keyboard.serve(screen.search, stage.language)
    stage.window.keyboard.show()
    QTest.qWait(60)


def _away(stage: Stage) -> None:
    desk, screen = _list(stage)
    desk.refuses = StorageError("away")
    screen.load()
    until(lambda: bool(screen.notice.sentence))


def _person(stage: Stage, place: int = _LONG_NAME) -> PersonScreen:
    desk = _desk(stage)
    screen = PersonScreen(desk, stage.background, desk.person(place))
    screen.opens.connect(stage.window.open)
    open_screen(stage, screen)
    return screen


def _one(stage: Stage) -> None:
    _person(stage)


def _deactivated(stage: Stage) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.activity.click()
    until(lambda: bool(screen.notice.sentence))


def _erase(stage: Stage) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.erase.click()
    QTest.qWait(60)


def _erased(stage: Stage) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.erase.click()
    question = stage.window.screen_shown
    if isinstance(question, Question):
        question.yes.click()
    until(lambda: bool(screen.notice.sentence))


def _remove_pin(stage: Stage) -> None:
    _person(stage).remove_pin.click()
    QTest.qWait(60)


def _edit(stage: Stage) -> None:
    desk = _desk(stage)
    screen = EditScreen(desk, stage.background, desk.staff[_PLAIN_NAME])
    open_screen(stage, screen)
    screen.form.email.field.setText(desk.staff[1].email)
    screen.save.click()
    until(screen.save.isEnabled)


def _pin(stage: Stage) -> SetPinScreen:
    desk = _desk(stage)
    screen = SetPinScreen(desk, stage.background, desk.staff[_LONG_NAME])
    open_screen(stage, screen)
    return screen


def _pin_refused(stage: Stage) -> None:
    screen = _pin(stage)
    screen.pin.field.setText("1234")
    screen.save.click()


def _pin_set(stage: Stage) -> None:
    screen = _pin(stage)
    for labelled in (screen.pin, screen.again):
        labelled.field.setText("2580")
    screen.save.click()
    until(lambda: screen.is_set)


PEOPLE_SCENES: dict[str, Callable[[Stage], None]] = {
    "people": _shown,
    "people-search": _search,
    "people-away": _away,
    "person": _one,
    "person-deactivated": _deactivated,
    "person-erase": _erase,
    "person-erased": _erased,
    "person-edit": _edit,
    "person-remove-pin": _remove_pin,
    "person-pin": _pin_refused,
    "person-pin-set": _pin_set,
}
