"""The list of employees, and what is done with one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.demo import fake_office
from kiosk.domain.erasure_leftovers import ErasureLeftover, LeftoverKind
from kiosk.employees.results import EmployeeSummary, PersonalDataExport
from kiosk.errors import EmployeeNotFound, KioskError, StorageError
from kiosk.ui.admin.admin_screen import ConfirmScreen, ScrollColumn
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.labels import leftover_text
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.model import EmployeeFilter, PeopleModel, searchable
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, employee
from kiosk.ui.window import KioskWindow

NAMES = ("Anna Swan", "Пётр Лебедев", "Clara Stork", "Дмитрий Соколов")
AWAY = "The database does not answer. Nothing is lost; try again."
S = TypeVar("S", bound=Screen)


class Walk:
    """The list in a window, and the fingers on it."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background = FakeAdminBackend(*NAMES), Background()
        self.backend.staff[4] = replace(self.backend.staff[4], is_active=False)
        window.open(Screen())
        self.people = PeopleScreen(self.backend, self.background)
        self._show(self.people)
        with qtbot.waitActive(window):
            window.show()
        self.until(lambda: self.people.model.rowCount() == 3)

    def _show(self, screen: Screen) -> None:
        if isinstance(screen, PeopleScreen | PersonScreen):
            screen.opens.connect(self._show)
        self.window.open(screen)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def click(self, widget: object) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def touch_row(self, place: int) -> None:
        rows = self.people.list
        self.qtbot.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(self.people.model.index(place)).center()
        )

    def shown(self, kind: type[S]) -> S:
        self.until(lambda: isinstance(self.window.screen_shown, kind))
        assert isinstance(self.window.screen_shown, kind)
        return self.window.screen_shown

    def person(self, place: int = 0) -> PersonScreen:
        self.touch_row(place)
        return self.shown(PersonScreen)

    @property
    def listed(self) -> list[str]:
        model = self.people.model
        return [model.summary_at(place).person.full_name for place in range(model.rowCount())]


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow) -> Iterator[Walk]:
    made = Walk(qtbot, window)
    yield made
    made.background.stop()


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
def test_the_list_is_searched_as_one_types(walk: Walk, typed: str, filter_: EmployeeFilter, found: list[str]) -> None:
    walk.click(walk.people.filters[filter_])
    walk.people.search.insert(typed)  # QTest knows no Cyrillic keys
    assert walk.listed == found


def test_enter_goes_to_the_first_one_found_and_opens_it(walk: Walk) -> None:
    walk.qtbot.keyClicks(walk.people.search, "clara")
    walk.qtbot.keyClick(walk.people.search, Qt.Key.Key_Return)
    assert walk.people.list.hasFocus()
    walk.qtbot.keyClick(walk.people.list, Qt.Key.Key_Return)
    assert walk.shown(PersonScreen).title() == "Clara Stork"


def test_rows_are_told_to_those_who_hear(walk: Walk) -> None:
    walk.backend.numbers[1] = "482913"
    walk.people.load()
    index = walk.people.model.index(0)
    walk.until(lambda: "PIN" in str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == "Anna Swan, Engineering · person1@office.example, 3 templates, PIN"
    )


class Finger:
    """A touch screen's finger, on a widget of a window that is no larger than the offscreen platform's screen."""

    def __init__(self, window: KioskWindow) -> None:
        self.window, self.device = window, QTest.createTouchDevice()
        window.resize(790, 420)
        QTest.qWait(100)

    def _touch(self, what: str, at: QPoint) -> None:
        getattr(QTest.touchEvent(self.window, self.device), what)(0, at, self.window).commit()
        QTest.qWait(20)

    def drag(self, widget: QWidget, up_px: int = 0, at: QPoint | None = None) -> None:
        """Put the finger on a widget, move it up, and take it away."""
        start = widget.mapTo(self.window, at or widget.rect().center())
        self._touch("press", start)
        for step in range(1, up_px // 8 + 1):
            self._touch("move", start - QPoint(0, 8 * step))
        self._touch("release", start - QPoint(0, up_px))


def test_a_finger_scrolls_and_taps_the_list(walk: Walk) -> None:
    walk.backend.staff = {place: employee(place, f"Person {place:03}") for place in range(1, 200)}
    walk.people.load()
    walk.until(lambda: walk.people.model.rowCount() == 199)
    finger, rows = Finger(walk.window), walk.people.list
    finger.drag(rows.viewport(), 96)
    walk.until(lambda: rows.verticalScrollBar().value() > 40)
    QTest.qWait(1500)  # it glides on for a while
    assert walk.window.screen_shown is walk.people
    place = rows.indexAt(rows.viewport().rect().center())
    finger.drag(rows.viewport())
    assert walk.shown(PersonScreen).title() == walk.people.model.summary_at(place.row()).person.full_name


def test_a_finger_scrolls_a_small_screen_and_presses_its_buttons(walk: Walk) -> None:
    screen, finger = walk.person(), Finger(walk.window)
    area = screen.findChild(ScrollColumn)
    assert isinstance(area, ScrollColumn)
    walk.until(lambda: area.verticalScrollBar().maximum() > 0)
    finger.drag(screen.edit, 160)
    walk.until(lambda: area.verticalScrollBar().value() > 0)
    assert walk.window.screen_shown is screen
    QTest.qWait(500)
    finger.drag(screen.edit)
    walk.shown(EditScreen)


def test_ten_thousand_people_are_narrowed_and_rightly(walk: Walk) -> None:
    made = [
        replace(employee(place, person.full_name, person.department), email=person.email)
        for place, person in enumerate(fake_office.made_up_people(10_000), 1)
    ]
    walk.backend.staff = {person.id: person for person in made}
    walk.people.load()
    walk.until(lambda: walk.people.model.rowCount() == 10_000)
    for letter in "белова отдел":
        walk.people.search.insert(letter)
    expected = [p for p in made if "Белова" in p.full_name and p.department == "Отдел кадров"]
    assert 50 < len(expected) < 1000
    assert walk.listed == [person.full_name for person in expected]
    walk.people.search.clear()
    assert len(walk.listed) == 10_000


def test_the_model_keeps_to_the_rules(qtbot: QtBot) -> None:
    model = PeopleModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(searchable([EmployeeSummary(employee(place, name)) for place, name in enumerate(NAMES, 1)]))
    model.narrow("swan", EmployeeFilter.ALL)
    model.narrow("", EmployeeFilter.ALL)
    assert tester.model() is model
    assert model.rowCount() == len(NAMES)


def test_a_database_that_is_away_is_said_and_the_list_stays(walk: Walk) -> None:
    walk.backend.refuses = StorageError("away")
    walk.people.load()
    walk.until(lambda: walk.people.notice.sentence != "")
    assert len(walk.listed) == 3
    walk.backend.refuses = None
    walk.click(walk.people.notice.button)
    walk.until(lambda: walk.people.notice.sentence == "")


def test_deactivating_is_taken_back_at_once(walk: Walk) -> None:
    screen = walk.person()
    walk.click(screen.activity)
    walk.until(lambda: not walk.backend.staff[1].is_active)
    walk.until(lambda: screen.activity.text() == "Restore")
    assert screen.notice.sentence == "Anna Swan has been deactivated; the door does not know them any more."
    assert not screen.enroll.isEnabled() and not screen.set_pin.isEnabled()
    walk.click(screen.notice.button)
    walk.until(lambda: walk.backend.staff[1].is_active)
    walk.until(lambda: screen.notice.sentence == "Anna Swan has been restored.")


def test_somebody_deactivated_earlier_is_restored_and_listed_again(walk: Walk) -> None:
    walk.click(walk.people.filters[EmployeeFilter.INACTIVE])
    screen = walk.person()
    walk.click(screen.activity)
    walk.until(lambda: walk.backend.staff[4].is_active)
    walk.click(screen.back)
    walk.until(lambda: walk.listed == [])


@pytest.mark.parametrize("agree", [True, False])
def test_erasing_asks_first_and_says_what_goes(walk: Walk, agree: bool) -> None:
    screen = walk.person()
    walk.click(screen.erase)
    question = walk.shown(ConfirmScreen)
    assert question.title() == "Erase the face of Anna Swan?"
    walk.click(question.yes if agree else question.no)
    assert walk.window.screen_shown is screen
    if agree:
        walk.until(lambda: screen.notice.sentence == "Erased: 3 templates, 2 snapshots, 1 consent.")
        walk.until(lambda: screen.details.values[2] == "not enrolled")
    else:
        QTest.qWait(50)
        assert walk.backend.erased == set()


def test_russian_counts_are_right(walk: Walk) -> None:
    walk.window.use_language(Language.RUSSIAN)
    screen = walk.person()
    walk.click(screen.erase)
    walk.click(walk.shown(ConfirmScreen).yes)
    walk.until(lambda: screen.notice.sentence == "Стёрто: 3 шаблона, 2 снимка, 1 согласие.")


def test_name_and_address_are_mended(walk: Walk) -> None:
    screen = walk.person()
    walk.click(screen.edit)
    edit = walk.shown(EditScreen)
    edit.form.name.field.selectAll()
    walk.qtbot.keyClicks(edit.form.name.field, "Anna Heron")
    edit.form.department.field.clear()
    walk.click(edit.save)
    walk.until(lambda: walk.window.screen_shown is screen)
    walk.until(lambda: screen.title() == "Anna Heron" and screen.details.values[1] == "none")
    assert walk.backend.staff[1].department is None
    walk.click(screen.back)
    walk.until(lambda: "Anna Heron" in walk.listed)


@pytest.mark.parametrize(
    ("email", "refuses", "fault"),
    [
        ("person2@office.example", None, "Somebody else has this address."),
        ("anna.office", None, "This is no e-mail address."),
        ("heron@office.example", StorageError("away"), AWAY),
        ("heron@office.example", EmployeeNotFound("gone"), "This person is not in the database any more."),
    ],
    ids=["taken", "no address", "database away", "gone"],
)
def test_what_cannot_be_saved_is_said_and_stays_typed(
    walk: Walk, email: str, refuses: KioskError | None, fault: str
) -> None:
    walk.click(walk.person().edit)
    edit = walk.shown(EditScreen)
    edit.form.email.field.setText(email)
    walk.backend.refuses = refuses
    walk.click(edit.save)
    walk.until(lambda: fault in (edit.form.email.error, edit.notice.sentence))
    assert edit.form.email.field.text() == email
    assert edit.save.isEnabled()
    walk.backend.refuses = None
    edit.form.email.field.setText("anna@office.example")
    walk.click(edit.save)
    walk.shown(PersonScreen)
    assert walk.backend.staff[1].email == "anna@office.example"


def test_a_pin_is_typed_twice_and_the_number_is_shown(walk: Walk) -> None:
    screen = walk.person()
    walk.click(screen.set_pin)
    pin = walk.shown(SetPinScreen)
    for key in (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_8, Qt.Key.Key_0, Qt.Key.Key_Return) * 2:
        pin.keypad.pressed.emit(key)
    walk.until(lambda: pin.is_set)
    assert pin.finish.headline.text() == "Personal number: 482901"
    assert (pin.pin.field.text(), pin.again.field.text()) == ("", "")
    walk.click(pin.finish.one)
    walk.until(lambda: screen.details.values[3] == "personal number 482901")


@pytest.mark.parametrize("agree", [True, False])
def test_a_pin_is_taken_away_after_a_question(walk: Walk, agree: bool) -> None:
    walk.backend.numbers[1] = "482901"
    screen = walk.person()
    walk.until(screen.remove_pin.isVisible)
    walk.click(screen.remove_pin)
    question = walk.shown(ConfirmScreen)
    assert walk.backend.numbers == {1: "482901"}
    walk.click(question.yes if agree else question.no)
    if agree:
        walk.until(lambda: screen.details.values[3] == "none")
        assert screen.notice.sentence == "The PIN was taken away."
        assert not screen.remove_pin.isVisible()
    assert walk.backend.numbers == ({} if agree else {1: "482901"})


def test_who_has_no_pin_is_offered_none_to_take_away(walk: Walk) -> None:
    assert not walk.person().remove_pin.isVisible()


@pytest.mark.parametrize(
    ("pin", "again", "fault"),
    [
        ("", "", "Four to eight digits are needed."),
        ("123", "123", "Four to eight digits are needed."),
        ("1111", "1111", "Anybody would try this one first. Choose another."),
        ("4321", "4321", "Anybody would try this one first. Choose another."),
        ("2580", "2581", "The two are not the same."),
    ],
)
def test_a_pin_that_does_not_fit_is_refused_with_the_reason(walk: Walk, pin: str, again: str, fault: str) -> None:
    walk.click(walk.person().set_pin)
    screen = walk.shown(SetPinScreen)
    screen.pin.field.setText(pin)
    screen.again.field.setText(again)
    walk.click(screen.save)
    assert fault in (screen.pin.error, screen.again.error)
    assert walk.backend.numbers == {}


def test_a_pin_that_could_not_be_saved_stays_typed(walk: Walk) -> None:
    walk.click(walk.person().set_pin)
    screen = walk.shown(SetPinScreen)
    for form_field in (screen.pin, screen.again):
        form_field.field.setText("2580")
    walk.backend.refuses = StorageError("away")
    walk.click(screen.save)
    walk.until(lambda: screen.again.error == AWAY)
    walk.backend.refuses = None
    walk.click(screen.save)
    walk.until(lambda: screen.is_set)


def test_a_face_is_enrolled_again_from_the_person(walk: Walk) -> None:
    walk.click(walk.person().enroll)
    screen = walk.shown(EnrollScreen)
    assert screen.step is screen.consent
    walk.click(screen.back)
    walk.shown(PersonScreen)
    screen.left()


def test_all_of_a_person_is_reached_by_keyboard(walk: Walk) -> None:
    screen = walk.person()
    reached = set()
    for _ in range(12):
        walk.qtbot.keyClick(walk.window, Qt.Key.Key_Tab)
        reached.add(walk.window.focusWidget())
    assert {screen.back, screen.enroll, screen.edit, screen.set_pin, screen.activity, screen.erase} <= reached


def export_to(walk: Walk, folder: Path) -> PersonScreen:
    screen = walk.person()
    walk.click(screen.export)
    files = walk.shown(FilesScreen)
    files.closed.emit()
    files.chosen.emit((folder,))
    return screen


def test_a_copy_of_the_data_is_saved_where_it_is_wanted(walk: Walk) -> None:
    screen = export_to(walk, Path("/stick"))
    walk.until(lambda: screen.notice.sentence == "All that is stored about this person is in /stick/employee-1.zip.")


def test_a_copy_that_finds_no_room_is_tried_again(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_employee_id: int, _folder: Path) -> PersonalDataExport:
        raise StorageError("full")

    with monkeypatch.context() as patched:
        patched.setattr(walk.backend, "export", refuse)
        screen = export_to(walk, Path("/stick"))
        sentence = "Nothing was saved in /stick: there is no room, or nothing may be written there."
        walk.until(lambda: screen.notice.sentence == sentence)
    walk.click(screen.notice.button)
    walk.until(lambda: screen.notice.sentence.endswith("/stick/employee-1.zip."))


@pytest.mark.parametrize("language", list(Language))
def test_what_remains_is_said_in_the_language_shown(walk: Walk, language: Language) -> None:
    walk.window.use_language(language)
    said = {leftover_text(ErasureLeftover(kind, "in other words", "/data/x")) for kind in LeftoverKind}
    assert len(said) == len(LeftoverKind)
    assert not any("in other words" in sentence or "{" in sentence for sentence in said)
