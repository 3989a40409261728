"""Enrolling on the device, from the name to the greeting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.enroll_driver import IMAGE, TURNS, EnrollDriver
from kiosk.domain.quality import Reason
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.schemas import EmployeeCreate
from kiosk.errors import KioskError, SampleRefused, StorageError
from kiosk.ui.enroll.draft import EnrollDraft
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.screenshots.fake_admin import employee
from kiosk.ui.window import KioskWindow


def test_somebody_new_is_enrolled_and_tries_it(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.good_takes(*TURNS)
    enrollment.say_who()
    enrollment.agree()
    enrollment.save()
    enrollment.wait_for(enrollment.screen.finish)
    ((person, samples),) = enrollment.backend.enrolled
    assert isinstance(person, EmployeeCreate)
    assert (person.full_name, person.email, person.department, samples) == ("Anna Swan", "anna@office.example", None, 5)
    assert enrollment.screen.finish.headline.text() == "Anna Swan is enrolled"
    with qtbot.waitSignal(enrollment.screen.leaves):
        qtbot.mouseClick(enrollment.screen.finish.one, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "email", "fault"),
    [
        ("", "anna@office.example", "A name is needed."),
        ("Anna", "anna.office", "This is not an e-mail address."),
        ("Anna", "person1@office.example", "Somebody else has this address."),
    ],
    ids=["no name", "no address", "address taken"],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    qtbot: QtBot, enrollment: EnrollDriver, name: str, email: str, fault: str
) -> None:
    enrollment.say_who(name, email)
    form = enrollment.screen.who.form
    qtbot.waitUntil(lambda: fault in (form.name.error, form.email.error))
    assert enrollment.screen.step is enrollment.screen.who


def test_nobody_needs_an_address_and_a_number_is_optional(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.screen.who.form.external_id.field.setText("00417")
    enrollment.say_who(email="")
    enrollment.wait_for(enrollment.screen.consent)
    qtbot.mouseClick(enrollment.screen.consent.decline, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(enrollment.backend.staff) == 2)
    added = enrollment.backend.staff[2]
    assert (added.external_id, added.has_email) == ("00417", False)


def test_the_given_name_is_proposed_for_the_greeting_and_can_be_another(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    form = enrollment.screen.who.form
    qtbot.keyClicks(form.name.field, "Anna Maria Swan")
    assert form.called.field.text() == "Anna"
    form.called.field.selectAll()
    qtbot.keyClicks(form.called.field, "Annie")
    qtbot.keyClicks(form.name.field, " Lee")
    assert form.called.field.text() == "Annie"
    enrollment.say_who(name="", email="")
    enrollment.wait_for(enrollment.screen.consent)
    qtbot.mouseClick(enrollment.screen.consent.decline, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(enrollment.backend.staff) == 2)
    assert enrollment.backend.staff[2].called == "Annie"


def test_consent_cannot_be_skipped(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.say_who()
    enrollment.wait_for(enrollment.screen.consent)
    assert not enrollment.screen.consent.go_on.isEnabled()
    qtbot.mouseClick(enrollment.screen.consent.go_on, Qt.MouseButton.LeftButton)
    assert enrollment.screen.step is enrollment.screen.consent
    enrollment.screen.consent.agree.setChecked(True)
    assert enrollment.screen.consent.go_on.isEnabled()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NO_FACE, "Put your face into the oval"),
        (Reason.TOO_SMALL, "Come closer"),
        (Reason.TOO_DARK, "More light on your face, please"),
        (Reason.SEVERAL_FACES, "One person alone, please"),
    ],
)
def test_one_thing_is_asked_at_a_time(qtbot: QtBot, enrollment: EnrollDriver, reason: Reason, words: str) -> None:
    enrollment.backend.pictures = [JudgedPicture(IMAGE, reason=reason)] * 50
    enrollment.say_who()
    enrollment.agree()
    qtbot.waitUntil(lambda: enrollment.screen.capture.words == words)
    assert enrollment.screen.capture.pictures == []


def test_one_picture_is_taken_again(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.good_takes(*TURNS)
    enrollment.say_who()
    enrollment.agree()
    enrollment.wait_for(enrollment.screen.review)
    before = list(enrollment.screen.capture.pictures)
    enrollment.good_takes(TURNS[1])
    qtbot.mouseClick(enrollment.screen.review.cards[1].again, Qt.MouseButton.LeftButton)
    enrollment.wait_for(enrollment.screen.review)
    assert [picture in enrollment.screen.capture.pictures for picture in before] == [True, False, True, True, True]
    assert len(enrollment.screen.review.cards) == 5


def test_a_face_that_is_known_is_added_to_its_person(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.backend.known = employee(1, "Joe Swan")
    enrollment.good_takes(0.0)
    enrollment.say_who()
    enrollment.agree()
    enrollment.wait_for(enrollment.screen.duplicate)
    assert enrollment.screen.duplicate.headline.text() == "This face is already enrolled as Joe Swan"
    enrollment.backend.known = None
    enrollment.good_takes(*TURNS)
    qtbot.mouseClick(enrollment.screen.duplicate.one, Qt.MouseButton.LeftButton)
    enrollment.save()
    enrollment.wait_for(enrollment.screen.finish)
    assert enrollment.backend.enrolled == [(1, 5)]


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (StorageError("away"), "The database does not answer. Nothing is lost; try again."),
        (
            SampleRefused(Reason.ALREADY_ENROLLED, "known"),
            "This face is already enrolled as another person. Nothing was saved.",
        ),
    ],
    ids=["database away", "already enrolled"],
)
def test_what_could_not_be_saved_is_said_and_can_be_tried_again(
    qtbot: QtBot, enrollment: EnrollDriver, refusal: KioskError, sentence: str
) -> None:
    enrollment.backend.refuses = refusal
    enrollment.good_takes(*TURNS)
    enrollment.say_who()
    enrollment.agree()
    enrollment.save()
    qtbot.waitUntil(lambda: enrollment.screen.review.error == sentence)
    enrollment.backend.refuses = None
    enrollment.save()
    enrollment.wait_for(enrollment.screen.finish)


def test_a_camera_that_was_unplugged_is_named(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.backend.frame = None
    enrollment.say_who()
    enrollment.agree()
    qtbot.waitUntil(lambda: enrollment.screen.capture.words == "There is no picture from the camera.")


def test_no_picture_outlives_the_enrollment(enrollment: EnrollDriver) -> None:
    enrollment.good_takes(*TURNS)
    enrollment.say_who()
    enrollment.agree()
    enrollment.save()
    enrollment.wait_for(enrollment.screen.finish)
    assert enrollment.screen.capture.pictures == []
    assert enrollment.screen.review.cards == []


def test_consent_is_asked_for_again_when_it_is_somebody_else(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.say_who()
    enrollment.wait_for(enrollment.screen.consent)
    enrollment.screen.consent.agree.setChecked(True)
    qtbot.mouseClick(enrollment.screen.back, Qt.MouseButton.LeftButton)
    assert enrollment.screen.step is enrollment.screen.who
    qtbot.mouseClick(enrollment.screen.who.go_on, Qt.MouseButton.LeftButton)
    enrollment.wait_for(enrollment.screen.consent)
    assert not enrollment.screen.consent.agree.isChecked()


def test_nobody_has_to_give_a_template(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.say_who()
    enrollment.wait_for(enrollment.screen.consent)
    enrollment.backend.refuses = StorageError("away")
    qtbot.mouseClick(enrollment.screen.consent.decline, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: enrollment.screen.consent.notice.sentence != "")
    enrollment.backend.refuses = None
    qtbot.mouseClick(enrollment.screen.consent.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(enrollment.window.screen_shown, SetPinScreen))
    assert enrollment.backend.enrolled == []
    assert [person.full_name for person in enrollment.backend.staff.values()] == ["Joe Swan", "Anna Swan"]
    enrollment.window.back()
    assert enrollment.window.screen_shown is enrollment.below


def test_who_is_there_already_is_not_kept_twice(qtbot: QtBot, window: KioskWindow) -> None:
    enrollment = EnrollDriver(qtbot, window, again=employee(1, "Joe Swan"))
    assert enrollment.screen.step is enrollment.screen.consent
    assert not enrollment.screen.consent.decline.isVisible()
    enrollment.background.stop()


def test_several_people_come_one_after_another(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    form = enrollment.screen.who.form
    qtbot.keyClicks(form.department.field, "Accounting")
    for name, email in (("Anna Swan", "anna@office.example"), ("Boris Heron", "boris@office.example")):
        enrollment.good_takes(*TURNS)
        enrollment.say_who(name, email)
        enrollment.agree()
        enrollment.save()
        enrollment.wait_for(enrollment.screen.finish)
        qtbot.mouseClick(enrollment.screen.finish.more, Qt.MouseButton.LeftButton)
        assert enrollment.screen.step is enrollment.screen.who
        assert (form.name.field.text(), form.email.field.text()) == ("", "")
        assert not enrollment.screen.consent.agree.isChecked()
    people = [person for person, _ in enrollment.backend.enrolled]
    assert all(isinstance(person, EmployeeCreate) for person in people)
    found = [(person.full_name, person.department) for person in people if isinstance(person, EmployeeCreate)]
    assert found == [("Anna Swan", "Accounting"), ("Boris Heron", "Accounting")]


def test_what_was_typed_is_kept_when_the_screen_closes_by_itself(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    draft = EnrollDraft()
    enrollment.reopen(draft)
    enrollment.say_who()
    enrollment.wait_for(enrollment.screen.consent)
    enrollment.window.home()
    form = enrollment.reopen(draft).who.form
    assert (form.name.field.text(), form.email.field.text()) == ("Anna Swan", "anna@office.example")
    assert enrollment.screen.who.notice.isVisible()
    enrollment.screen.go_back()
    assert draft.texts == ()
    assert enrollment.reopen(draft).who.form.name.field.text() == ""
