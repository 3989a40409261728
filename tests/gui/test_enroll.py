"""Enrolling at the door, from the name to the greeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kiosk.domain.quality import Reason
from kiosk.domain.types import Frame
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.results import EnrollmentOutcome
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import Employee, EmployeeCreate
from kiosk.errors import KioskError, SampleRefused, StorageError
from kiosk.ui.background import Background
from kiosk.ui.enroll.labels import refusal
from kiosk.ui.enroll.photographs_step import PhotographsStep
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, employee, judged_picture
from kiosk.ui.window import KioskWindow
from support.recording_entrance import IMAGES

IMAGE = IMAGES["near"].image_bgr
TURNS = (0.0, 0.2, -0.2, 0.0, 0.0)


class RecordingDesk(FakeAdminBackend):
    """Remembers who was enrolled."""

    def __init__(self) -> None:
        super().__init__("Joe Swan")
        self.enrolled: list[tuple[EmployeeCreate | int, int]] = []
        self.outcomes: tuple[Reason | None, ...] | None = None

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...], /) -> EnrollmentOutcome:
        enrolled = super().enroll(person, samples)
        self.enrolled.append((person, len(samples)))
        return enrolled if self.outcomes is None else EnrollmentOutcome(enrolled.employee, self.outcomes)


class Walk:
    """An enrollment above another screen, a face before the camera, and the fingers on it."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, again: Employee | None = None) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background, self.below = RecordingDesk(), Background(), Screen()
        self.backend.frame = Frame(IMAGE, datetime.now(UTC), 0.0, 0)
        self.seeds = count()
        window.open(self.below)
        self.screen = EnrollScreen(self.backend, self.background, again)
        self.screen.opens.connect(window.open)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()

    def good_takes(self, *turns: float) -> None:
        self.backend.pictures = [judged_picture(IMAGE, next(self.seeds), turn) for turn in turns]

    def say_who(self, name: str = "Anna Swan", email: str = "anna@office.example") -> None:
        form = self.screen.who.form
        self.qtbot.keyClicks(form.name.field, name)
        self.qtbot.keyClicks(form.email.field, email)
        self.qtbot.keyClick(form.department.field, Qt.Key.Key_Return)

    def agree(self) -> None:
        self.wait_for(self.screen.consent)
        self.screen.consent.agree.setChecked(True)
        self.qtbot.mouseClick(self.screen.consent.go_on, Qt.MouseButton.LeftButton)

    def choose(self, *names: str) -> None:
        """Choose photographs in the chooser, as if they lay on a stick."""
        files = self.window.screen_shown
        assert isinstance(files, FilesScreen)
        files.closed.emit()
        files.chosen.emit(tuple(Path("/stick") / name for name in names))

    def photographs(self, *pictures: JudgedPicture) -> PhotographsStep:
        """Agree, and come with photographs that are judged like this."""
        self.say_who()
        self.wait_for(self.screen.consent)
        self.screen.consent.agree.setChecked(True)
        self.backend.pictures = list(pictures)
        self.qtbot.mouseClick(self.screen.consent.photographs, Qt.MouseButton.LeftButton)
        self.choose(*(f"{place}.jpg" for place in range(len(pictures))))
        return self.screen.photographs

    def wait_for(self, step: object) -> None:
        self.qtbot.waitUntil(lambda: self.screen.step is step, timeout=10_000)

    def save(self) -> None:
        self.wait_for(self.screen.review)
        self.qtbot.mouseClick(self.screen.review.save, Qt.MouseButton.LeftButton)


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow) -> Iterator[Walk]:
    made = Walk(qtbot, window)
    yield made
    if isValid(made.screen):
        made.screen.left()
    made.background.stop()


def test_somebody_new_is_enrolled_and_tries_it(qtbot: QtBot, walk: Walk) -> None:
    walk.good_takes(*TURNS)
    walk.say_who()
    walk.agree()
    walk.save()
    walk.wait_for(walk.screen.finish)
    ((person, samples),) = walk.backend.enrolled
    assert isinstance(person, EmployeeCreate)
    assert (person.full_name, person.email, person.department, samples) == ("Anna Swan", "anna@office.example", None, 5)
    assert walk.screen.finish.headline.text() == "Anna Swan is enrolled"
    with qtbot.waitSignal(walk.screen.leaves):
        qtbot.mouseClick(walk.screen.finish.one, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "email", "fault"),
    [
        ("", "anna@office.example", "A name is needed."),
        ("Anna", "anna.office", "This is no e-mail address."),
        ("Anna", "person1@office.example", "Somebody else has this address."),
    ],
    ids=["no name", "no address", "address taken"],
)
def test_what_cannot_be_taken_is_said_at_its_field(qtbot: QtBot, walk: Walk, name: str, email: str, fault: str) -> None:
    walk.say_who(name, email)
    form = walk.screen.who.form
    qtbot.waitUntil(lambda: fault in (form.name.error, form.email.error))
    assert walk.screen.step is walk.screen.who


def test_consent_cannot_be_skipped(qtbot: QtBot, walk: Walk) -> None:
    walk.say_who()
    walk.wait_for(walk.screen.consent)
    assert not walk.screen.consent.go_on.isEnabled()
    qtbot.mouseClick(walk.screen.consent.go_on, Qt.MouseButton.LeftButton)
    assert walk.screen.step is walk.screen.consent
    walk.screen.consent.agree.setChecked(True)
    assert walk.screen.consent.go_on.isEnabled()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NO_FACE, "Put your face into the oval"),
        (Reason.TOO_SMALL, "Come closer"),
        (Reason.TOO_DARK, "More light on your face, please"),
        (Reason.SEVERAL_FACES, "One person alone, please"),
    ],
)
def test_one_thing_is_asked_at_a_time(qtbot: QtBot, walk: Walk, reason: Reason, words: str) -> None:
    walk.backend.pictures = [JudgedPicture(IMAGE, reason=reason)] * 50
    walk.say_who()
    walk.agree()
    qtbot.waitUntil(lambda: walk.screen.capture.words == words)
    assert walk.screen.capture.pictures == []


def test_one_picture_is_taken_again(qtbot: QtBot, walk: Walk) -> None:
    walk.good_takes(*TURNS)
    walk.say_who()
    walk.agree()
    walk.wait_for(walk.screen.review)
    before = list(walk.screen.capture.pictures)
    walk.good_takes(TURNS[1])
    qtbot.mouseClick(walk.screen.review.cards[1].again, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.review)
    assert [picture in walk.screen.capture.pictures for picture in before] == [True, False, True, True, True]
    assert len(walk.screen.review.cards) == 5


def test_a_face_that_is_known_is_added_to_its_person(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.known = employee(1, "Joe Swan")
    walk.good_takes(0.0)
    walk.say_who()
    walk.agree()
    walk.wait_for(walk.screen.duplicate)
    assert walk.screen.duplicate.headline.text() == "This face is already enrolled as Joe Swan"
    walk.backend.known = None
    walk.good_takes(*TURNS)
    qtbot.mouseClick(walk.screen.duplicate.one, Qt.MouseButton.LeftButton)
    walk.save()
    walk.wait_for(walk.screen.finish)
    assert walk.backend.enrolled == [(1, 5)]


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
    qtbot: QtBot, walk: Walk, refusal: KioskError, sentence: str
) -> None:
    walk.backend.refuses = refusal
    walk.good_takes(*TURNS)
    walk.say_who()
    walk.agree()
    walk.save()
    qtbot.waitUntil(lambda: walk.screen.review.error == sentence)
    walk.backend.refuses = None
    walk.save()
    walk.wait_for(walk.screen.finish)


def test_a_camera_that_was_unplugged_is_named(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.frame = None
    walk.say_who()
    walk.agree()
    qtbot.waitUntil(lambda: walk.screen.capture.words == "There is no picture from the camera.")


def test_no_picture_outlives_the_enrollment(walk: Walk) -> None:
    walk.good_takes(*TURNS)
    walk.say_who()
    walk.agree()
    walk.save()
    walk.wait_for(walk.screen.finish)
    assert walk.screen.capture.pictures == []
    assert walk.screen.review.cards == []


def test_consent_is_asked_for_again_when_it_is_somebody_else(qtbot: QtBot, walk: Walk) -> None:
    walk.say_who()
    walk.wait_for(walk.screen.consent)
    walk.screen.consent.agree.setChecked(True)
    qtbot.mouseClick(walk.screen.back, Qt.MouseButton.LeftButton)
    assert walk.screen.step is walk.screen.who
    qtbot.mouseClick(walk.screen.who.go_on, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.consent)
    assert not walk.screen.consent.agree.isChecked()


def test_photographs_need_consent_as_well(qtbot: QtBot, walk: Walk) -> None:
    walk.say_who()
    walk.wait_for(walk.screen.consent)
    qtbot.mouseClick(walk.screen.consent.photographs, Qt.MouseButton.LeftButton)
    assert walk.window.screen_shown is walk.screen
    assert not walk.screen.consent.photographs.isEnabled()


def test_each_photograph_is_shown_with_its_quality_or_its_fault(qtbot: QtBot, walk: Walk) -> None:
    step = walk.photographs(
        judged_picture(IMAGE, 1, 0.0, 0.82),
        JudgedPicture(IMAGE, reason=Reason.SEVERAL_FACES),
        JudgedPicture(None, reason=Reason.NOT_AN_IMAGE),
    )
    qtbot.waitUntil(lambda: len(step.cards) == 3 and all(card.verdict.text() for card in step.cards))
    assert [card.verdict.text() for card in step.cards] == [
        "Quality 82 %",
        "There is more than one face in it.",
        "This is no JPEG, PNG, WebP, HEIC or AVIF picture.",
    ]
    assert step.save.text() == "Save 1 photograph"
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.finish)
    ((person, samples),) = walk.backend.enrolled
    assert isinstance(person, EmployeeCreate) and samples == 1
    assert step.cards == [] and step.pictures == []


def test_a_photograph_is_left_out_and_others_are_added(qtbot: QtBot, walk: Walk) -> None:
    step = walk.photographs(judged_picture(IMAGE, 1, 0.0), judged_picture(IMAGE, 2, 0.0))
    qtbot.waitUntil(lambda: len(step.pictures) == 2 and not step.is_judging)
    for card in list(step.cards):
        qtbot.mouseClick(card.drop, Qt.MouseButton.LeftButton)
    assert not step.save.isEnabled()
    walk.backend.pictures = [judged_picture(IMAGE, 3, 0.0)]
    qtbot.mouseClick(step.more, Qt.MouseButton.LeftButton)
    walk.choose("3.jpg")
    qtbot.waitUntil(step.save.isEnabled)
    walk.backend.pictures = [judged_picture(IMAGE, 4, 0.0)]
    qtbot.mouseClick(step.more, Qt.MouseButton.LeftButton)
    walk.choose("3.jpg", "4.jpg")
    qtbot.waitUntil(lambda: step.save.text() == "Save 2 photographs" and step.save.isEnabled())


def test_a_known_face_in_photographs_is_added_to_its_person(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.known = employee(1, "Joe Swan")
    step = walk.photographs(judged_picture(IMAGE, 1, 0.0), judged_picture(IMAGE, 2, 0.0))
    walk.wait_for(walk.screen.duplicate)
    qtbot.waitUntil(lambda: not step.is_judging)
    qtbot.mouseClick(walk.screen.duplicate.one, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.finish)
    assert walk.backend.enrolled == [(1, 2)]
    assert walk.screen.finish.headline.text() == "Joe Swan is enrolled"


def test_other_photographs_are_taken_when_it_is_somebody_else(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.known = employee(1, "Joe Swan")
    step = walk.photographs(judged_picture(IMAGE, 1, 0.0))
    walk.wait_for(walk.screen.duplicate)
    walk.backend.known, walk.backend.pictures = None, [judged_picture(IMAGE, 2, 0.0)]
    qtbot.mouseClick(walk.screen.duplicate.other, Qt.MouseButton.LeftButton)
    walk.choose("other.jpg")
    qtbot.waitUntil(lambda: [card.path.name for card in step.cards] == ["other.jpg"])
    assert walk.screen.step is step


def test_photographs_that_could_not_be_saved_stay(qtbot: QtBot, walk: Walk) -> None:
    step = walk.photographs(judged_picture(IMAGE, 1, 0.0))
    qtbot.waitUntil(step.save.isEnabled)
    walk.backend.refuses = StorageError("away")
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step.notice.sentence == "The database does not answer. Nothing is lost; try again.")
    assert len(step.cards) == 1 and step.save.isEnabled()
    walk.backend.refuses = None
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.finish)


def test_what_was_left_out_is_said_in_the_end(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.outcomes = (None, Reason.SAME_PHOTOGRAPH, Reason.SAME_PHOTOGRAPH)
    step = walk.photographs(*(judged_picture(IMAGE, seed, 0.0) for seed in range(3)))
    qtbot.waitUntil(step.save.isEnabled)
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    walk.wait_for(walk.screen.finish)
    assert walk.screen.finish.sentence.text().startswith(
        "2 pictures were left out: This picture is there already.\nTry it now"
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_fault_has_words_of_its_own(walk: Walk, language: Language) -> None:
    walk.window.use_language(language)
    words = {refusal(reason) for reason in Reason}
    assert len(words) == len(Reason)
    assert all(words)


def test_nobody_has_to_give_a_template(qtbot: QtBot, walk: Walk) -> None:
    walk.say_who()
    walk.wait_for(walk.screen.consent)
    walk.backend.refuses = StorageError("away")
    qtbot.mouseClick(walk.screen.consent.decline, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: walk.screen.consent.notice.sentence != "")
    walk.backend.refuses = None
    qtbot.mouseClick(walk.screen.consent.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(walk.window.screen_shown, SetPinScreen))
    assert walk.backend.enrolled == []
    assert [person.full_name for person in walk.backend.staff.values()] == ["Joe Swan", "Anna Swan"]
    walk.window.back()
    assert walk.window.screen_shown is walk.below


def test_who_is_there_already_is_not_kept_twice(qtbot: QtBot, window: KioskWindow) -> None:
    walk = Walk(qtbot, window, again=employee(1, "Joe Swan"))
    assert walk.screen.step is walk.screen.consent
    assert not walk.screen.consent.decline.isVisible()
    walk.background.stop()
