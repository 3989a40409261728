"""The employees' screens, set by hand for pictures of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtTest import QTest

from kiosk.errors import StorageError
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.model import EmployeeFilter
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.screenshots.fake_staff import POSITIONS, staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until

_LONG_NAME, _PLAIN_NAME = 3, 5


def _backend(fixture: SceneFixture) -> FakeAdminBackend:
    backend = staffed_backend(fixture)
    backend.numbers = {1: "482913", 3: "731205"}
    backend.staff[3] = replace(backend.staff[3], external_id="00417", position=POSITIONS[fixture.language])
    for place in (2, 6):
        backend.staff[place] = replace(backend.staff[place], is_active=place != 6)
    return backend


def _list(fixture: SceneFixture) -> tuple[FakeAdminBackend, PeopleScreen]:
    backend = _backend(fixture)
    screen = PeopleScreen(backend, fixture.background)
    fixture.open(screen)
    screen.filters[EmployeeFilter.ALL].click()
    wait_until(lambda: screen.model.rowCount() > 1)
    return backend, screen


def _shown(fixture: SceneFixture) -> None:
    _list(fixture)


def _search(fixture: SceneFixture) -> None:
    _, screen = _list(fixture)
    screen.search.setText("ан" if fixture.language == "ru" else "an")
    fixture.window.keyboard.serve(screen.search, fixture.language)
    fixture.window.keyboard.show()
    QTest.qWait(60)


def _away(fixture: SceneFixture) -> None:
    backend, screen = _list(fixture)
    backend.refuses = StorageError("away")
    screen.load()
    wait_until(lambda: bool(screen.notice.sentence))


def _person(fixture: SceneFixture, place: int = _LONG_NAME) -> PersonScreen:
    backend = _backend(fixture)
    screen = PersonScreen(backend, fixture.background, backend.person(place))
    screen.opens.connect(fixture.window.open)
    fixture.open(screen)
    wait_until(lambda: screen.month.is_loaded)
    return screen


def _portrait(fixture: SceneFixture) -> None:
    backend = _backend(fixture)
    backend.portraits = {1: np.ascontiguousarray(fixture.images["near"].image_bgr[60:420, 460:820])}
    backend.staff[1] = replace(backend.staff[1], photo_path="kept")
    events = EventsContext(backend.attendance, fixture.background, ZONE)
    screen = PersonScreen(backend, fixture.background, backend.person(1), events)
    fixture.open(screen)
    wait_until(lambda: screen.portrait.has_picture and screen.month.is_loaded)
    screen.more.click()


def _one(fixture: SceneFixture) -> None:
    _person(fixture)


def _deactivated(fixture: SceneFixture) -> None:
    screen = _person(fixture, _PLAIN_NAME)
    screen.activity.click()
    wait_until(lambda: bool(screen.notice.sentence))


def _erase(fixture: SceneFixture) -> None:
    screen = _person(fixture, _PLAIN_NAME)
    screen.erase.click()
    QTest.qWait(60)


def _erased(fixture: SceneFixture) -> None:
    screen = _person(fixture, _PLAIN_NAME)
    screen.erase.click()
    question = fixture.window.screen_shown
    if isinstance(question, ConfirmScreen):
        question.yes.click()
    wait_until(lambda: bool(screen.notice.sentence))


def _remove_pin(fixture: SceneFixture) -> None:
    _person(fixture).remove_pin.click()
    QTest.qWait(60)


def _edit(fixture: SceneFixture) -> None:
    backend = _backend(fixture)
    screen = EditScreen(backend, fixture.background, backend.staff[_PLAIN_NAME])
    fixture.open(screen)
    screen.form.email.field.setText(backend.staff[1].email)
    screen.save.click()
    wait_until(screen.save.isEnabled)


def _pin(fixture: SceneFixture) -> SetPinScreen:
    backend = _backend(fixture)
    screen = SetPinScreen(backend, fixture.background, backend.staff[_LONG_NAME])
    fixture.open(screen)
    return screen


def _pin_refused(fixture: SceneFixture) -> None:
    screen = _pin(fixture)
    screen.pin.field.setText("123456")
    screen.save.click()


def _pin_set(fixture: SceneFixture) -> None:
    screen = _pin(fixture)
    for form_field in (screen.pin, screen.again):
        form_field.field.setText("580274")
    screen.save.click()
    wait_until(lambda: screen.is_set)


PEOPLE_SCENES = (
    Scene("people", _shown),
    Scene("people-search", _search),
    Scene("people-away", _away),
    Scene("person", _one),
    Scene("person-portrait", _portrait),
    Scene("person-deactivated", _deactivated),
    Scene("person-erase", _erase),
    Scene("person-erased", _erased),
    Scene("person-edit", _edit),
    Scene("person-remove-pin", _remove_pin),
    Scene("person-pin", _pin_refused),
    Scene("person-pin-set", _pin_set),
)
