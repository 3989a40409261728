"""The list of employees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from gui.people_driver import NAMES, Finger, PeopleDriver
from kiosk.demo import fake_office
from kiosk.employees.results import EmployeeSummary
from kiosk.errors import StorageError
from kiosk.ui.admin.admin_screen import ScrollColumn
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.model import EmployeeFilter, PeopleModel, searchable
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.screenshots.fake_admin import employee

AWAY = "The database does not answer. Nothing is lost; try again."


@pytest.mark.parametrize(
    ("typed", "filter_", "found"),
    [
        ("", EmployeeFilter.ACTIVE, ["Anna Swan", "Пётр Лебедев", "Clara Stork"]),
        ("", EmployeeFilter.ALL, list(NAMES)),
        ("", EmployeeFilter.INACTIVE, ["Дмитрий Соколов"]),
        ("", EmployeeFilter.NO_FACE, ["Пётр Лебедев", "Clara Stork"]),
        ("ЛЕБЕДЕВ", EmployeeFilter.ALL, ["Пётр Лебедев"]),
        ("петр", EmployeeFilter.ALL, ["Пётр Лебедев"]),
        ("swan anna", EmployeeFilter.ALL, ["Anna Swan"]),
        ("PERSON3@", EmployeeFilter.ALL, ["Clara Stork"]),
        ("engineer", EmployeeFilter.ALL, list(NAMES)),
        ("swan лебедев", EmployeeFilter.ALL, []),
    ],
)
def test_the_list_is_searched_as_one_types(
    people: PeopleDriver, typed: str, filter_: EmployeeFilter, found: list[str]
) -> None:
    people.click(people.screen.filters[filter_])
    people.screen.search.insert(typed)  # QTest knows no Cyrillic keys
    assert people.listed == found


def test_enter_goes_to_the_first_one_found_and_opens_it(people: PeopleDriver) -> None:
    people.qtbot.keyClicks(people.screen.search, "clara")
    people.qtbot.keyClick(people.screen.search, Qt.Key.Key_Return)
    assert people.screen.list.hasFocus()
    people.qtbot.keyClick(people.screen.list, Qt.Key.Key_Return)
    assert people.shown(PersonScreen).title() == "Clara Stork"


def test_rows_are_told_to_those_who_hear(people: PeopleDriver) -> None:
    people.backend.numbers[1] = "482913"
    people.screen.load()
    index = people.screen.model.index(0)
    people.until(lambda: "PIN" in str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == "Anna Swan, Engineering · person1@office.example, Face enrolled, PIN"
    )


def test_a_finger_scrolls_and_taps_the_list(people: PeopleDriver) -> None:
    people.backend.staff = {place: employee(place, f"Person {place:03}") for place in range(1, 200)}
    people.screen.load()
    people.until(lambda: people.screen.model.rowCount() == 199)
    finger, rows = Finger(people.window), people.screen.list
    finger.drag(rows.viewport(), 96)
    people.until(lambda: rows.verticalScrollBar().value() > 40)
    QTest.qWait(1500)  # it glides on for a while
    assert people.window.screen_shown is people.screen
    place = rows.indexAt(rows.viewport().rect().center())
    finger.drag(rows.viewport())
    assert people.shown(PersonScreen).title() == people.screen.model.summary_at(place.row()).person.full_name


def test_a_finger_scrolls_a_small_screen_and_presses_its_buttons(people: PeopleDriver) -> None:
    screen, finger = people.person(), Finger(people.window)
    area = screen.findChild(ScrollColumn)
    assert isinstance(area, ScrollColumn)
    people.until(lambda: area.verticalScrollBar().maximum() > 0)
    finger.drag(screen.edit, 160)
    people.until(lambda: area.verticalScrollBar().value() > 0)
    assert people.window.screen_shown is screen
    QTest.qWait(500)
    area.verticalScrollBar().setValue(0)
    finger.drag(screen.edit)
    people.shown(EditScreen)


def test_ten_thousand_people_are_narrowed_and_rightly(people: PeopleDriver) -> None:
    made = [
        replace(employee(place, person.full_name, person.department), email=str(person.email))
        for place, person in enumerate(fake_office.made_up_people(10_000), 1)
    ]
    people.backend.staff = {person.id: person for person in made}
    people.screen.load()
    people.until(lambda: people.screen.model.rowCount() == 10_000)
    for letter in "белова отдел":
        people.screen.search.insert(letter)
    expected = [p for p in made if "Белова" in p.full_name and p.department == "Отдел кадров"]
    assert 50 < len(expected) < 1000
    assert people.listed == [person.full_name for person in expected]
    people.screen.search.clear()
    assert len(people.listed) == 10_000


def test_the_model_keeps_to_the_rules(qtbot: QtBot) -> None:
    model = PeopleModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(searchable([EmployeeSummary(employee(place, name)) for place, name in enumerate(NAMES, 1)]))
    model.narrow("swan", EmployeeFilter.ALL)
    model.narrow("", EmployeeFilter.ALL)
    assert tester.model() is model
    assert model.rowCount() == len(NAMES)


def test_a_database_that_is_away_is_said_and_the_list_stays(people: PeopleDriver) -> None:
    people.backend.refuses = StorageError("away")
    people.screen.load()
    people.until(lambda: people.screen.notice.sentence != "")
    assert len(people.listed) == 3
    people.backend.refuses = None
    people.click(people.screen.notice.button)
    people.until(lambda: people.screen.notice.sentence == "")
