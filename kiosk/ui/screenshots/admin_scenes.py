"""The administrator's screens, set by hand for pictures of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from kiosk.domain.credentials import PasswordCheck
from kiosk.domain.quality import Reason
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.ui.admin.admin_screen import AdminScreen, Question
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import ChangePasswordScreen, ChoosePasswordScreen, PasswordScreen
from kiosk.ui.enroll.labels import instruction
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.language import Language
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, employee, take_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots.pictures import Studio

_NAMES = {
    Language.RUSSIAN: (
        "Андреева Мария",
        "Богданов Пётр",
        "Константинопольская Александра Владиславовна",
        "Ли Вэй",
        "Соколова Анна",
        "Яковлев Илья",
    ),
    Language.ENGLISH: (
        "Maria Anderson",
        "Peter Brown",
        "Wolfeschlegelsteinhausenbergerdorff Hubert",
        "Li Wei",
        "Anna Swan",
        "Elias Young",
    ),
}
_DEPARTMENTS = {
    Language.RUSSIAN: ("Бухгалтерия", "Отдел кадров"),
    Language.ENGLISH: ("Accounting", "Human resources"),
}
_TURNS = (0.0, 0.2, -0.2, 0.0, 0.0)
_SCORES = (0.91, 0.78, 0.74, 0.88, 0.83)


def backend_of(stage: Studio) -> FakeAdminBackend:
    """Return a desk with some people, at which the stage's nearest face stands before the camera."""
    backend = FakeAdminBackend(*_NAMES[stage.language])
    for place, person in backend.staff.items():
        backend.staff[place] = replace(person, department=_DEPARTMENTS[stage.language][place % 2])
    stage.show("near", FaceState.LOOKING)
    backend.frame = stage.door.frame
    return backend


def open_screen(stage: Studio, screen: AdminScreen) -> None:
    """Lay a screen on top and let it settle."""
    stage.window.open(screen)
    QTest.qWait(60)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, three seconds at the most."""
    for _ in range(100):
        if is_so():
            return
        QTest.qWait(30)


def _password(stage: Studio) -> None:
    open_screen(stage, PasswordScreen(backend_of(stage), stage.background))


def _password_wrong(stage: Studio) -> None:
    backend = backend_of(stage)
    backend.attempt = PasswordCheck(False, 300)
    screen = PasswordScreen(backend, stage.background)
    open_screen(stage, screen)
    screen.password.field.setText("wrong-password")
    screen.enter.click()
    until(screen.enter.isEnabled)


def _choose_password(stage: Studio) -> None:
    screen = ChoosePasswordScreen(backend_of(stage), stage.background)
    open_screen(stage, screen)
    screen.password.field.setText("a-password")
    screen.again.field.setText("another-password")
    screen.enter.click()


def _change_password(stage: Studio, present: str = "wrong-password") -> None:
    screen = ChangePasswordScreen(backend_of(stage), stage.background)
    open_screen(stage, screen)
    for labelled, text in (
        (screen.password, present),
        (screen.form.first, "a-password"),
        (screen.form.again, "a-password"),
    ):
        labelled.field.setText(text)
    screen.enter.click()
    until(screen.enter.isEnabled)


def _password_changed(stage: Studio) -> None:
    _change_password(stage, "right-password")


def _home(stage: Studio) -> None:
    open_screen(stage, AdminHome())


def _question(stage: Studio) -> None:
    russian = stage.language is Language.RUSSIAN
    open_screen(
        stage,
        Question(
            "Выйти в систему?" if russian else "Exit to the system?",
            "Пока киоск не запущен снова, у этой двери никого не узнают."
            if russian
            else "Nobody is recognised at this door until the kiosk is started again.",
            "Выйти" if russian else "Exit",
        ),
    )


def _enroll(stage: Studio) -> tuple[FakeAdminBackend, EnrollScreen]:
    backend = backend_of(stage)
    screen = EnrollScreen(backend, stage.background)
    open_screen(stage, screen)
    form = screen.who.form
    for labelled, text in (
        (form.name, _NAMES[stage.language][4]),
        (form.email, "anna@office.example"),
        (form.department, "Бухгалтерия" if stage.language is Language.RUSSIAN else "Accounting"),
    ):
        labelled.field.setText(text)
    return backend, screen


def _who(stage: Studio) -> None:
    _, screen = _enroll(stage)
    screen.who.form.email.field.setText("anna.office")
    screen.who.go_on.click()


def _consent(stage: Studio) -> tuple[FakeAdminBackend, EnrollScreen]:
    backend, screen = _enroll(stage)
    screen.who.go_on.click()
    until(lambda: screen.step is screen.consent)
    return backend, screen


def _consent_shown(stage: Studio) -> None:
    _consent(stage)


def _pictures(stage: Studio, count: int) -> EnrollScreen:
    backend, screen = _consent(stage)
    image_bgr = stage.pictures["near"].image_bgr
    backend.takes = [take_of(image_bgr, place, _TURNS[place], _SCORES[place]) for place in range(count)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    if count == len(_TURNS):
        until(lambda: screen.step is screen.review)
    else:
        until(lambda: screen.capture.words == instruction(Reason.NO_FACE))
    return screen


def _taking(stage: Studio) -> None:
    _pictures(stage, 1)


def _review(stage: Studio) -> None:
    _pictures(stage, 5)


def _done(stage: Studio) -> None:
    screen = _pictures(stage, 5)
    screen.review.save.click()
    until(lambda: screen.step is screen.finish)


def _duplicate(stage: Studio) -> None:
    backend, screen = _consent(stage)
    backend.known = employee(3, _NAMES[stage.language][2])
    backend.takes = [take_of(stage.pictures["near"].image_bgr, 0, 0.0)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    until(lambda: screen.step is screen.duplicate)


def _photographs(stage: Studio) -> EnrollScreen:
    backend, screen = _consent(stage)
    picture = stage.pictures["near"].image_bgr
    backend.takes = [take_of(picture, place, 0.0, score) for place, score in enumerate(_SCORES[:2])]
    backend.takes += [
        JudgedPicture(picture, reason=Reason.SEVERAL_FACES),
        JudgedPicture(None, reason=Reason.NOT_AN_IMAGE),
    ]
    screen.consent.agree.setChecked(True)
    # As the chooser would say it.
    names = ("DSC_0412.JPG", "anna-2024-03-02-at-the-office.jpeg", "team.png", "letter.jpg")
    screen.look_at(tuple(Path("/media/stick") / name for name in names))
    until(lambda: len(screen.photographs.cards) == len(names))
    return screen


def _photographs_shown(stage: Studio) -> None:
    _photographs(stage)


ADMIN_SCENES: dict[str, Callable[[Studio], None]] = {
    "admin-choose-password": _choose_password,
    "admin-password": _password,
    "admin-password-wrong": _password_wrong,
    "admin": _home,
    "admin-change-password": _change_password,
    "admin-password-changed": _password_changed,
    "admin-exit": _question,
    "enroll-who": _who,
    "enroll-consent": _consent_shown,
    "enroll-pictures": _taking,
    "enroll-review": _review,
    "enroll-already": _duplicate,
    "enroll-photographs": _photographs_shown,
    "enroll-done": _done,
}
