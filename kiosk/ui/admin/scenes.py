"""The administrator's screens, set by hand for pictures of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from db.admin_password import Attempt
from kiosk.app.admin_service import JudgedPicture
from kiosk.domain.quality import Reason
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.page import AdminScreen, Question
from kiosk.ui.admin.password import ChangePasswordScreen, ChoosePasswordScreen, PasswordScreen
from kiosk.ui.admin.stage import StagedDesk, employee, take_of
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.enroll.words import instruction
from kiosk.ui.entrance.faces import FaceState
from kiosk.ui.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots import Stage

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


def desk_of(stage: Stage) -> StagedDesk:
    """Return a desk with some people, at which the stage's nearest face stands before the camera."""
    desk = StagedDesk(*_NAMES[stage.language])
    for place, person in desk.staff.items():
        desk.staff[place] = replace(person, department=_DEPARTMENTS[stage.language][place % 2])
    stage.show("near", FaceState.LOOKING)
    desk.frame = stage.door.frame
    return desk


def open_screen(stage: Stage, screen: AdminScreen) -> None:
    """Lay a screen on top and let it settle."""
    stage.window.open(screen)
    QTest.qWait(60)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, three seconds at the most."""
    for _ in range(100):
        if is_so():
            return
        QTest.qWait(30)


def _password(stage: Stage) -> None:
    open_screen(stage, PasswordScreen(desk_of(stage), stage.background))


def _password_wrong(stage: Stage) -> None:
    desk = desk_of(stage)
    desk.attempt = Attempt(False, 300)
    screen = PasswordScreen(desk, stage.background)
    open_screen(stage, screen)
    screen.password.field.setText("wrong-password")
    screen.enter.click()
    until(screen.enter.isEnabled)


def _choose_password(stage: Stage) -> None:
    screen = ChoosePasswordScreen(desk_of(stage), stage.background)
    open_screen(stage, screen)
    screen.password.field.setText("a-password")
    screen.again.field.setText("another-password")
    screen.enter.click()


def _change_password(stage: Stage, present: str = "wrong-password") -> None:
    screen = ChangePasswordScreen(desk_of(stage), stage.background)
    open_screen(stage, screen)
    for labelled, text in (
        (screen.password, present),
        (screen.form.first, "a-password"),
        (screen.form.again, "a-password"),
    ):
        labelled.field.setText(text)
    screen.enter.click()
    until(screen.enter.isEnabled)


def _password_changed(stage: Stage) -> None:
    _change_password(stage, "right-password")


def _home(stage: Stage) -> None:
    open_screen(stage, AdminHome())


def _question(stage: Stage) -> None:
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


def _enroll(stage: Stage) -> tuple[StagedDesk, EnrollScreen]:
    desk = desk_of(stage)
    screen = EnrollScreen(desk, stage.background)
    open_screen(stage, screen)
    form = screen.who.form
    for labelled, text in (
        (form.name, _NAMES[stage.language][4]),
        (form.email, "anna@office.example"),
        (form.department, "Бухгалтерия" if stage.language is Language.RUSSIAN else "Accounting"),
    ):
        labelled.field.setText(text)
    return desk, screen


def _who(stage: Stage) -> None:
    _, screen = _enroll(stage)
    screen.who.form.email.field.setText("anna.office")
    screen.who.go_on.click()


def _consent(stage: Stage) -> tuple[StagedDesk, EnrollScreen]:
    desk, screen = _enroll(stage)
    screen.who.go_on.click()
    until(lambda: screen.step is screen.consent)
    return desk, screen


def _consent_shown(stage: Stage) -> None:
    _consent(stage)


def _pictures(stage: Stage, count: int) -> EnrollScreen:
    desk, screen = _consent(stage)
    image_bgr = stage.pictures["near"].image_bgr
    desk.takes = [take_of(image_bgr, place, _TURNS[place], _SCORES[place]) for place in range(count)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    if count == len(_TURNS):
        until(lambda: screen.step is screen.review)
    else:
        until(lambda: screen.capture.words == instruction(Reason.NO_FACE))
    return screen


def _taking(stage: Stage) -> None:
    _pictures(stage, 1)


def _review(stage: Stage) -> None:
    _pictures(stage, 5)


def _done(stage: Stage) -> None:
    screen = _pictures(stage, 5)
    screen.review.save.click()
    until(lambda: screen.step is screen.finish)


def _duplicate(stage: Stage) -> None:
    desk, screen = _consent(stage)
    desk.known = employee(3, _NAMES[stage.language][2])
    desk.takes = [take_of(stage.pictures["near"].image_bgr, 0, 0.0)]
    screen.consent.agree.setChecked(True)
    screen.consent.go_on.click()
    until(lambda: screen.step is screen.duplicate)


def _photographs(stage: Stage) -> EnrollScreen:
    desk, screen = _consent(stage)
    picture = stage.pictures["near"].image_bgr
    desk.takes = [take_of(picture, place, 0.0, score) for place, score in enumerate(_SCORES[:2])]
    desk.takes += [JudgedPicture(picture, reason=Reason.SEVERAL_FACES), JudgedPicture(None, reason=Reason.NOT_AN_IMAGE)]
    screen.consent.agree.setChecked(True)
    # As the chooser would say it.
    names = ("DSC_0412.JPG", "anna-2024-03-02-at-the-office.jpeg", "team.png", "letter.jpg")
    screen.look_at(tuple(Path("/media/stick") / name for name in names))
    until(lambda: len(screen.photographs.cards) == len(names))
    return screen


def _photographs_shown(stage: Stage) -> None:
    _photographs(stage)


ADMIN_SCENES: dict[str, Callable[[Stage], None]] = {
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
