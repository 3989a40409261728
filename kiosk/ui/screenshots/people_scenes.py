"""The employees' screens, set by hand for pictures of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from kiosk.errors import StorageError
from kiosk.ui.admin.admin_screen import Question
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.model import Which
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin import SetPinScreen
from kiosk.ui.screenshots.admin_scenes import backend_of, open_screen, until
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots.pictures import Studio

_LONG_NAME, _PLAIN_NAME = 3, 5


def _backend(stage: Studio) -> FakeAdminBackend:
    backend = backend_of(stage)
    backend.numbers = {1: "482913", 3: "731205"}
    for place in (2, 6):
        backend.staff[place] = replace(backend.staff[place], is_active=place != 6)
    return backend


def _list(stage: Studio) -> tuple[FakeAdminBackend, PeopleScreen]:
    backend = _backend(stage)
    screen = PeopleScreen(backend, stage.background)
    open_screen(stage, screen)
    screen.which[Which.ALL].click()
    until(lambda: screen.model.rowCount() > 1)
    return backend, screen


def _shown(stage: Studio) -> None:
    _list(stage)


def _search(stage: Studio) -> None:
    _, screen = _list(stage)
    screen.search.setText("ан" if stage.language == "ru" else "an")
    stage.window.keyboard.serve(screen.search, stage.language)
    stage.window.keyboard.show()
    QTest.qWait(60)


def _away(stage: Studio) -> None:
    backend, screen = _list(stage)
    backend.refuses = StorageError("away")
    screen.load()
    until(lambda: bool(screen.notice.sentence))


def _person(stage: Studio, place: int = _LONG_NAME) -> PersonScreen:
    backend = _backend(stage)
    screen = PersonScreen(backend, stage.background, backend.person(place))
    screen.opens.connect(stage.window.open)
    open_screen(stage, screen)
    return screen


def _one(stage: Studio) -> None:
    _person(stage)


def _deactivated(stage: Studio) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.activity.click()
    until(lambda: bool(screen.notice.sentence))


def _erase(stage: Studio) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.erase.click()
    QTest.qWait(60)


def _erased(stage: Studio) -> None:
    screen = _person(stage, _PLAIN_NAME)
    screen.erase.click()
    question = stage.window.screen_shown
    if isinstance(question, Question):
        question.yes.click()
    until(lambda: bool(screen.notice.sentence))


def _remove_pin(stage: Studio) -> None:
    _person(stage).remove_pin.click()
    QTest.qWait(60)


def _edit(stage: Studio) -> None:
    backend = _backend(stage)
    screen = EditScreen(backend, stage.background, backend.staff[_PLAIN_NAME])
    open_screen(stage, screen)
    screen.form.email.field.setText(backend.staff[1].email)
    screen.save.click()
    until(screen.save.isEnabled)


def _pin(stage: Studio) -> SetPinScreen:
    backend = _backend(stage)
    screen = SetPinScreen(backend, stage.background, backend.staff[_LONG_NAME])
    open_screen(stage, screen)
    return screen


def _pin_refused(stage: Studio) -> None:
    screen = _pin(stage)
    screen.pin.field.setText("1234")
    screen.save.click()


def _pin_set(stage: Studio) -> None:
    screen = _pin(stage)
    for labelled in (screen.pin, screen.again):
        labelled.field.setText("2580")
    screen.save.click()
    until(lambda: screen.is_set)


PEOPLE_SCENES: dict[str, Callable[[Studio], None]] = {
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
