"""Enrolling from photographs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.enroll_driver import IMAGE, EnrollDriver
from kiosk.domain.quality import Reason
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.schemas import EmployeeCreate
from kiosk.errors import StorageError
from kiosk.ui.enroll.labels import refusal
from kiosk.ui.language import Language
from kiosk.ui.screenshots.fake_admin import employee, judged_picture


def test_photographs_need_consent_as_well(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.say_who()
    enrollment.wait_for(enrollment.screen.consent)
    qtbot.mouseClick(enrollment.screen.consent.photographs, Qt.MouseButton.LeftButton)
    assert enrollment.window.screen_shown is enrollment.screen
    assert not enrollment.screen.consent.photographs.isEnabled()


def test_each_photograph_is_shown_with_its_quality_or_its_fault(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    step = enrollment.photographs(
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
    enrollment.wait_for(enrollment.screen.finish)
    ((person, samples),) = enrollment.backend.enrolled
    assert isinstance(person, EmployeeCreate) and samples == 1
    assert step.cards == [] and step.pictures == []


def test_a_photograph_is_left_out_and_others_are_added(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    step = enrollment.photographs(judged_picture(IMAGE, 1, 0.0), judged_picture(IMAGE, 2, 0.0))
    qtbot.waitUntil(lambda: len(step.pictures) == 2 and not step.is_judging)
    for card in list(step.cards):
        qtbot.mouseClick(card.drop, Qt.MouseButton.LeftButton)
    assert not step.save.isEnabled()
    enrollment.backend.pictures = [judged_picture(IMAGE, 3, 0.0)]
    qtbot.mouseClick(step.more, Qt.MouseButton.LeftButton)
    enrollment.choose("3.jpg")
    qtbot.waitUntil(step.save.isEnabled)
    enrollment.backend.pictures = [judged_picture(IMAGE, 4, 0.0)]
    qtbot.mouseClick(step.more, Qt.MouseButton.LeftButton)
    enrollment.choose("3.jpg", "4.jpg")
    qtbot.waitUntil(lambda: step.save.text() == "Save 2 photographs" and step.save.isEnabled())


def test_a_known_face_in_photographs_is_added_to_its_person(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.backend.known = employee(1, "Joe Swan")
    step = enrollment.photographs(judged_picture(IMAGE, 1, 0.0), judged_picture(IMAGE, 2, 0.0))
    enrollment.wait_for(enrollment.screen.duplicate)
    qtbot.waitUntil(lambda: not step.is_judging)
    qtbot.mouseClick(enrollment.screen.duplicate.one, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    enrollment.wait_for(enrollment.screen.finish)
    assert enrollment.backend.enrolled == [(1, 2)]
    assert enrollment.screen.finish.headline.text() == "Joe Swan is enrolled"


def test_other_photographs_are_taken_when_it_is_somebody_else(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.backend.known = employee(1, "Joe Swan")
    step = enrollment.photographs(judged_picture(IMAGE, 1, 0.0))
    enrollment.wait_for(enrollment.screen.duplicate)
    enrollment.backend.known, enrollment.backend.pictures = None, [judged_picture(IMAGE, 2, 0.0)]
    qtbot.mouseClick(enrollment.screen.duplicate.other, Qt.MouseButton.LeftButton)
    enrollment.choose("other.jpg")
    qtbot.waitUntil(lambda: [card.path.name for card in step.cards] == ["other.jpg"])
    assert enrollment.screen.step is step


def test_photographs_that_could_not_be_saved_stay(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    step = enrollment.photographs(judged_picture(IMAGE, 1, 0.0))
    qtbot.waitUntil(step.save.isEnabled)
    enrollment.backend.refuses = StorageError("away")
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step.notice.sentence == "The database does not answer. Nothing is lost; try again.")
    assert len(step.cards) == 1 and step.save.isEnabled()
    enrollment.backend.refuses = None
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    enrollment.wait_for(enrollment.screen.finish)


def test_what_was_left_out_is_said_in_the_end(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    enrollment.backend.outcomes = (None, Reason.SAME_PHOTOGRAPH, Reason.SAME_PHOTOGRAPH)
    step = enrollment.photographs(*(judged_picture(IMAGE, seed, 0.0) for seed in range(3)))
    qtbot.waitUntil(step.save.isEnabled)
    qtbot.mouseClick(step.save, Qt.MouseButton.LeftButton)
    enrollment.wait_for(enrollment.screen.finish)
    assert enrollment.screen.finish.sentence.text().startswith(
        "2 pictures were left out: This picture is there already.\nTry it now"
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_fault_has_words_of_its_own(enrollment: EnrollDriver, language: Language) -> None:
    enrollment.window.use_language(language)
    words = {refusal(reason) for reason in Reason}
    assert len(words) == len(Reason)
    assert all(words)


def test_a_covered_face_counts_only_once_it_is_taken_all_the_same(qtbot: QtBot, enrollment: EnrollDriver) -> None:
    step = enrollment.photographs(judged_picture(IMAGE, 1, 0.0, 0.4, Reason.FACE_COVERED))
    qtbot.waitUntil(lambda: [card.verdict.text() for card in step.cards] == [refusal(Reason.FACE_COVERED)])
    (card,) = step.cards
    assert not step.save.isEnabled()
    qtbot.mouseClick(card.take, Qt.MouseButton.LeftButton)
    assert card.verdict.text() == "Quality 40 %"
    assert not card.take.isVisible()
    assert step.save.text() == "Save 1 photograph"
