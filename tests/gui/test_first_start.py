"""A new device from its first question to the first greeting: a real stream, real networks, a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.attendance_log import DatabaseAttendanceLog
from kiosk.app.databases import open_database
from kiosk.app.storage import make_data_dir
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.cli.gui_run import GuiOptions, run_on_screen
from kiosk.config import first_run_config
from kiosk.config.settings import Settings
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language
from kiosk.ui.setup.camera_step import CameraStep
from kiosk.ui.setup.language_step import LanguageStep
from kiosk.ui.setup.office_step import OfficeStep
from kiosk.ui.setup.password_step import PasswordStep
from kiosk.ui.setup.person_step import PersonStep
from kiosk.ui.setup.screen import SetupScreen
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.setup.zone_step import ZoneStep
from support.mjpeg_server import MjpegServer, Mode
from support.scripted_user import ScriptedUser, shown

NAME, PASSWORD = "Анна Лебедева", "right-password"
pytestmark = [pytest.mark.models, pytest.mark.slow]

S = TypeVar("S", bound=SetupStep)
MANNER = GuiOptions(windowed=True, speed=PlaybackSpeed.REALTIME, for_s=None)


def first_steps(qtbot: QtBot) -> Iterator[Callable[[], bool]]:
    """Answer everything, as somebody would who speaks Russian."""

    def at(kind: type[S]) -> S | None:
        screen = shown(SetupScreen)
        return screen.step if screen and isinstance(screen.step, kind) and screen.next.isEnabled() else None

    def on(kind: type[S], act: Callable[[S], bool | None] = lambda _: None) -> Callable[[], bool]:
        def go_on() -> bool:
            step = at(kind)
            if step is None or act(step) is False:
                return False
            screen = shown(SetupScreen)
            assert screen is not None
            qtbot.mouseClick(screen.next, Qt.MouseButton.LeftButton)
            return True

        return go_on

    def in_russian() -> bool:
        step = at(LanguageStep)
        if step is not None:
            qtbot.mouseClick(step.buttons[Language.RUSSIAN], Qt.MouseButton.LeftButton)
        return step is not None

    def password(step: PasswordStep) -> None:
        for form_field in (step.form.first, step.form.again):
            qtbot.keyClicks(form_field.field, PASSWORD)

    def enroll() -> bool:
        step = at(PersonStep)
        if step is not None:
            qtbot.mouseClick(step.enroll, Qt.MouseButton.LeftButton)
        return step is not None

    yield in_russian
    yield on(LanguageStep)
    yield on(OfficeStep, lambda step: step.office.field.setText("Северная верфь"))
    yield on(ZoneStep, lambda step: setattr(step, "key", "Asia/Tomsk"))
    yield on(PasswordStep, password)
    yield on(CameraStep, lambda step: step.words.text() == "Ваше лицо хорошо видно")
    yield enroll


def enrolling(qtbot: QtBot) -> Iterator[Callable[[], bool]]:
    """Let the pictures be taken, and leave for the door to try it."""

    def at(page: str) -> EnrollScreen | None:
        screen = shown(EnrollScreen)
        return screen if screen is not None and screen.step is getattr(screen, page) else None

    def who() -> bool:
        screen = at("who")
        if screen is not None:
            screen.who.form.name.field.setText(NAME)
            screen.who.form.email.field.setText("anna@office.local")
            qtbot.mouseClick(screen.who.go_on, Qt.MouseButton.LeftButton)
        return screen is not None

    def consent() -> bool:
        screen = at("consent")
        if screen is not None:
            screen.consent.agree.setChecked(True)
            qtbot.mouseClick(screen.consent.go_on, Qt.MouseButton.LeftButton)
        return screen is not None

    def save() -> bool:
        screen = at("review")
        if screen is not None:
            qtbot.mouseClick(screen.review.save, Qt.MouseButton.LeftButton)
        return screen is not None

    def try_it() -> bool:
        screen = at("finish")
        if screen is not None:
            qtbot.mouseClick(screen.finish.one, Qt.MouseButton.LeftButton)
        return screen is not None

    yield from (who, consent, save, try_it)


def is_greeted() -> bool:
    screen = shown(EntranceScreen)
    cards = screen.cards.cards if screen is not None else ()
    return any(
        isinstance(card, GreetingCard) and card.headline.text() == NAME and card.state is not CardState.NOT_REGISTERED
        for card in cards
    )


def test_a_new_device_greets_the_first_who_was_enrolled_at_it(
    qtbot: QtBot, qapp: QApplication, load: Callable[[], Settings], camera: MjpegServer
) -> None:
    def steps() -> Iterator[Callable[[], bool]]:
        yield from first_steps(qtbot)
        yield from enrolling(qtbot)
        yield is_greeted

    visitor = ScriptedUser(steps())
    assert run_on_screen(load, MANNER, or_demo=True) == 0
    assert visitor.is_done, f"{visitor.taken} steps were taken"

    settings = load()
    assert (settings.language, settings.office_name, settings.timezone) == ("ru", "Северная верфь", "Asia/Tomsk")
    with open_database(settings) as database:
        (came,) = [entry for entry in DatabaseAttendanceLog(database).history() if entry.employee_id]
    assert (came.full_name, came.event_type) == (NAME, "entry")

    again = ScriptedUser(iter([lambda: shown(EntranceScreen) is not None]))
    assert run_on_screen(load, MANNER, or_demo=True) == 0
    assert again.is_done, "a device that was set up asks nothing"


def test_a_camera_that_is_pulled_out_is_named_and_comes_back(
    qtbot: QtBot, qapp: QApplication, load: Callable[[], Settings], camera: MjpegServer
) -> None:
    settings = load()
    make_data_dir(settings)
    first_run_config.save(settings.data_dir, first_run_config.FirstRunAnswers({"language": "en"}, finished=True))

    def sentence_is(part: str) -> bool:
        screen = shown(EntranceScreen)
        return screen is not None and part in screen.picture.sentence and screen.picture.running

    def sees() -> bool:
        screen = shown(EntranceScreen)
        return screen is not None and bool(screen.picture.marks)

    def pull() -> bool:
        camera.set(Mode.REFUSE)
        return True

    def plug_in() -> bool:
        camera.set(Mode.FLOW)
        return True

    visitor = ScriptedUser(iter([sees, pull, lambda: sentence_is("shows nothing"), plug_in, sees]))
    assert run_on_screen(load, MANNER, or_demo=False) == 0
    assert visitor.is_done, f"{visitor.taken} steps were taken"
