"""One employee, and what is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.people_driver import PeopleDriver
from kiosk.domain.erasure_leftovers import ErasureLeftover, LeftoverKind
from kiosk.employees.results import PersonalDataExport
from kiosk.errors import EmployeeNotFound, KioskError, StorageError
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.labels import leftover_text
from kiosk.ui.people.model import EmployeeFilter
from kiosk.ui.people.person_screen import PersonScreen

AWAY = "The database does not answer. Nothing is lost; try again."


def test_deactivating_is_taken_back_at_once(people: PeopleDriver) -> None:
    screen = people.person()
    people.click(screen.more)
    people.click(screen.activity)
    people.until(lambda: not people.backend.staff[1].is_active)
    people.until(lambda: screen.activity.text() == "Restore")
    assert screen.notice.sentence == "Anna Swan has been deactivated; the door does not know them any more."
    assert not screen.enroll.isEnabled() and not screen.set_pin.isEnabled()
    people.click(screen.notice.button)
    people.until(lambda: people.backend.staff[1].is_active)
    people.until(lambda: screen.notice.sentence == "Anna Swan has been restored.")


def test_somebody_deactivated_earlier_is_restored_and_listed_again(people: PeopleDriver) -> None:
    people.click(people.screen.filters[EmployeeFilter.INACTIVE])
    screen = people.person()
    people.click(screen.activity)
    people.until(lambda: people.backend.staff[4].is_active)
    people.click(screen.back)
    people.until(lambda: people.listed == [])


@pytest.mark.parametrize("agree", [True, False])
def test_erasing_asks_first_and_says_what_goes(people: PeopleDriver, agree: bool) -> None:
    screen = people.person()
    people.click(screen.more)
    people.click(screen.erase)
    question = people.shown(ConfirmScreen)
    assert question.title() == "Erase the face of Anna Swan?"
    people.click(question.yes if agree else question.no)
    assert people.window.screen_shown is screen
    if agree:
        people.until(lambda: screen.notice.sentence == "Erased: data made of 3 pictures, 2 snapshots, 1 consent.")
        people.until(lambda: screen.details.values[5] == "not enrolled")
    else:
        QTest.qWait(50)
        assert people.backend.erased == set()


def test_russian_counts_are_right(people: PeopleDriver) -> None:
    people.window.use_language(Language.RUSSIAN)
    screen = people.person()
    people.click(screen.more)
    people.click(screen.erase)
    people.click(people.shown(ConfirmScreen).yes)
    people.until(lambda: screen.notice.sentence == "Стёрто: данные лица по 3 снимкам, 2 снимка, 1 согласие.")


def test_name_and_address_are_mended(people: PeopleDriver) -> None:
    screen = people.person()
    people.click(screen.edit)
    edit = people.shown(EditScreen)
    edit.form.name.field.selectAll()
    people.qtbot.keyClicks(edit.form.name.field, "Anna Heron")
    edit.form.department.field.clear()
    people.click(edit.save)
    people.until(lambda: people.window.screen_shown is screen)
    people.until(lambda: screen.title() == "Anna Heron" and screen.details.values[2] == "none")
    assert people.backend.staff[1].department is None
    people.click(screen.back)
    people.until(lambda: "Anna Heron" in people.listed)


@pytest.mark.parametrize(
    ("email", "refuses", "fault"),
    [
        ("person2@office.example", None, "Somebody else has this address."),
        ("anna.office", None, "This is not an e-mail address."),
        ("heron@office.example", StorageError("away"), AWAY),
        ("heron@office.example", EmployeeNotFound("gone"), "This person is not in the database any more."),
    ],
    ids=["taken", "no address", "database away", "gone"],
)
def test_what_cannot_be_saved_is_said_and_stays_typed(
    people: PeopleDriver, email: str, refuses: KioskError | None, fault: str
) -> None:
    people.click(people.person().edit)
    edit = people.shown(EditScreen)
    edit.form.email.field.setText(email)
    people.backend.refuses = refuses
    people.click(edit.save)
    people.until(lambda: fault in (edit.form.email.error, edit.notice.sentence))
    assert edit.form.email.field.text() == email
    assert edit.save.isEnabled()
    people.backend.refuses = None
    edit.form.email.field.setText("anna@office.example")
    people.click(edit.save)
    people.shown(PersonScreen)
    assert people.backend.staff[1].email == "anna@office.example"


def test_a_face_is_enrolled_again_from_the_person(people: PeopleDriver) -> None:
    people.click(people.person().enroll)
    screen = people.shown(EnrollScreen)
    assert screen.step is screen.consent
    people.click(screen.back)
    people.shown(PersonScreen)
    screen.left()


def test_all_of_a_person_is_reached_by_keyboard(people: PeopleDriver) -> None:
    screen = people.person()
    people.click(screen.more)
    reached = set()
    for _ in range(20):
        people.qtbot.keyClick(people.window, Qt.Key.Key_Tab)
        reached.add(people.window.focusWidget())
    assert {screen.back, screen.enroll, screen.edit, screen.set_pin, screen.activity, screen.erase} <= reached


def export_to(people: PeopleDriver, folder: Path) -> PersonScreen:
    screen = people.person()
    people.click(screen.export)
    files = people.shown(FilesScreen)
    files.closed.emit()
    files.chosen.emit((folder,))
    return screen


def test_a_copy_of_the_data_is_saved_where_it_is_wanted(people: PeopleDriver) -> None:
    screen = export_to(people, Path("/stick"))
    people.until(lambda: screen.notice.sentence == "All that is stored about this person is in /stick/employee-1.zip.")


def test_a_copy_that_finds_no_room_is_tried_again(people: PeopleDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_employee_id: int, _folder: Path) -> PersonalDataExport:
        raise StorageError("full")

    with monkeypatch.context() as patched:
        patched.setattr(people.backend, "export", refuse)
        screen = export_to(people, Path("/stick"))
        sentence = "Nothing was saved in /stick: there is no room, or nothing may be written there."
        people.until(lambda: screen.notice.sentence == sentence)
    people.click(screen.notice.button)
    people.until(lambda: screen.notice.sentence.endswith("/stick/employee-1.zip."))


@pytest.mark.parametrize("language", list(Language))
def test_what_remains_is_said_in_the_language_shown(people: PeopleDriver, language: Language) -> None:
    people.window.use_language(language)
    said = {leftover_text(ErasureLeftover(kind, "in other words", "/data/x")) for kind in LeftoverKind}
    assert len(said) == len(LeftoverKind)
    assert not any("in other words" in sentence or "{" in sentence for sentence in said)
