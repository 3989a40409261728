"""Enrolling somebody, step by step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.domain.quality import Reason
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.ui.admin.idle_warning import IdleWarning
from kiosk.ui.enroll.draft import EnrollDraft
from kiosk.ui.enroll.labels import instruction
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, employee, judged_picture
from kiosk.ui.screenshots.fake_staff import DEPARTMENTS, POSITIONS, STAFF_NAMES, staffed_backend
from kiosk.ui.screenshots.scene import Scene, SceneFixture, wait_until

_TURNS = (0.0, 0.2, -0.2, 0.0, 0.0)
_SCORES = (0.91, 0.78, 0.74, 0.88, 0.83)


def _enroll(fixture: SceneFixture) -> tuple[FakeAdminBackend, EnrollScreen]:
    backend = staffed_backend(fixture)
    screen = EnrollScreen(backend, fixture.background)
    fixture.open(screen)
    form = screen.who.form
    for form_field, text in (
        (form.name, STAFF_NAMES[fixture.language][4]),
        (form.email, "anna@office.example"),
        (form.department, DEPARTMENTS[fixture.language][0]),
        (form.position, POSITIONS[fixture.language]),
        (form.external_id, "00417"),
    ):
        form_field.field.setText(text)
    return backend, screen


def _who(fixture: SceneFixture) -> None:
    _, screen = _enroll(fixture)
    screen.who.form.email.field.setText("anna.office")
    screen.who.go_on.click()


def _consent(fixture: SceneFixture) -> tuple[FakeAdminBackend, EnrollScreen]:
    backend, screen = _enroll(fixture)
    screen.who.go_on.click()
    wait_until(lambda: screen.step is screen.consent)
    return backend, screen


def _consent_shown(fixture: SceneFixture) -> None:
    _consent(fixture)


def _pictures(fixture: SceneFixture, count: int) -> EnrollScreen:
    backend, screen = _consent(fixture)
    image_bgr = fixture.images["near"].image_bgr
    backend.pictures = [judged_picture(image_bgr, place, _TURNS[place], _SCORES[place]) for place in range(count)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    if count == len(_TURNS):
        wait_until(lambda: screen.step is screen.review)
    else:
        wait_until(lambda: screen.capture.words == instruction(Reason.NO_FACE))
    return screen


def _taking(fixture: SceneFixture) -> None:
    _pictures(fixture, 1)


def _covered(fixture: SceneFixture) -> None:
    backend, screen = _consent(fixture)
    backend.pictures = [judged_picture(fixture.images["near"].image_bgr, 0, 0.0, 0.4, Reason.EYES_COVERED)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    wait_until(lambda: screen.capture.words == instruction(Reason.EYES_COVERED))


def _review(fixture: SceneFixture) -> None:
    _pictures(fixture, 5)


def _done(fixture: SceneFixture) -> None:
    screen = _pictures(fixture, 5)
    screen.review.save.click()
    wait_until(lambda: screen.step is screen.finish)


def _duplicate(fixture: SceneFixture) -> None:
    backend, screen = _consent(fixture)
    backend.known = employee(3, STAFF_NAMES[fixture.language][2])
    backend.pictures = [judged_picture(fixture.images["near"].image_bgr, 0, 0.0)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    wait_until(lambda: screen.step is screen.duplicate)


def _photographs(fixture: SceneFixture) -> EnrollScreen:
    backend, screen = _consent(fixture)
    picture = fixture.images["near"].image_bgr
    backend.pictures = [judged_picture(picture, place, 0.0, score) for place, score in enumerate(_SCORES[:2])]
    backend.pictures += [
        judged_picture(picture, 2, 0.0, 0.4, Reason.EYES_COVERED),
        JudgedPicture(picture, reason=Reason.SEVERAL_FACES),
        JudgedPicture(None, reason=Reason.NOT_AN_IMAGE),
    ]
    screen.consent.agree.setChecked(True)
    # As the chooser would say it.
    names = ("DSC_0412.JPG", "anna-2024-03-02-at-the-office.jpeg", "beach.jpg", "team.png", "letter.jpg")
    screen.add_photographs(tuple(Path("/media/stick") / name for name in names))
    wait_until(lambda: len(screen.photographs.cards) == len(names))
    return screen


def _photographs_shown(fixture: SceneFixture) -> None:
    _photographs(fixture)


def _typing(fixture: SceneFixture) -> None:
    """Begun by finger: the keyboard is there, with the department of the person before."""
    screen = EnrollScreen(staffed_backend(fixture), fixture.background)
    fixture.open(screen)
    screen.who.form.department.field.setText(DEPARTMENTS[fixture.language][0])
    QTest.mouseClick(screen.who.form.name.field, Qt.MouseButton.LeftButton)
    QTest.qWait(60)


def _kept(fixture: SceneFixture) -> None:
    """What was typed before is there again, and the screen is about to close."""
    draft = EnrollDraft()
    draft.keep((STAFF_NAMES[fixture.language][4], "", "", DEPARTMENTS[fixture.language][0]))
    fixture.open(EnrollScreen(staffed_backend(fixture), fixture.background, draft=draft))
    IdleWarning(fixture.window).begin(20)
    QTest.qWait(60)


ENROLL_SCENES = (
    Scene("enroll-typing", _typing),
    Scene("enroll-kept", _kept),
    Scene("enroll-who", _who),
    Scene("enroll-consent", _consent_shown),
    Scene("enroll-pictures", _taking),
    Scene("enroll-covered", _covered),
    Scene("enroll-review", _review),
    Scene("enroll-already", _duplicate),
    Scene("enroll-photographs", _photographs_shown),
    Scene("enroll-done", _done),
)
