"""The check of the faces on the administrator's screen: pairs judged by touch over a real database, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from db.judged_pairs import pairs_told_apart
from db.session import Database
from db.templates import add_templates
from gui.attendance_driver import AttendanceDriver
from kiosk.app.admin_gallery import AdminGallery
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding
from kiosk.employees.store import EmployeeStore
from kiosk.errors import StorageError
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.gallery.finding_screen import FindingScreen
from kiosk.ui.gallery.screen import GalleryScreen
from kiosk.ui.gallery.switch_screen import SwitchScreen
from kiosk.ui.language import Language
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.window import KioskWindow
from support.fakes import MORNING, FakeClock

MODEL = "model@1"
DECIDER = Decider(ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5)), target_fpir=0.001)
AXES = np.eye(8, dtype=np.float32)
NEARLY_FIRST = (0.9 * AXES[0] + np.sqrt(1 - 0.9**2) * AXES[1]).astype(np.float32)


@pytest.fixture
def driver(
    qtbot: QtBot, window: KioskWindow, sqlite_url: str, open_database: Callable[[str], Database]
) -> Iterator[AttendanceDriver]:
    """Anna and Boris were enrolled with nearly one face."""
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url))
    with made.database.transaction() as session:
        for person, vector in ((made.anna, AXES[0]), (made.boris, NEARLY_FIRST)):
            add_templates(session, person, [Embedding(vector, MODEL)], [0.9])
    yield made
    made.background.stop()


@pytest.fixture
def gallery(driver: AttendanceDriver) -> AdminGallery:
    return AdminGallery(
        driver.database,
        DECIDER,
        MODEL,
        FakeClock(MORNING),
        visits_make_templates=True,
        way_back=timedelta(days=30),
    )


@pytest.fixture
def screen(driver: AttendanceDriver, gallery: AdminGallery) -> GalleryScreen:
    admin = FakeAdminBackend("Anna Swan", "Boris Heron")
    made = driver.open(GalleryScreen(gallery, admin, driver.background, driver.context.zone))
    driver.until(lambda: made.is_loaded)
    return made


def opened(driver: AttendanceDriver, screen: GalleryScreen, row: int = 0) -> FindingScreen:
    screen.list.chosen.emit(screen.model.index(row))
    return driver.shown(FindingScreen)


def apart(driver: AttendanceDriver) -> frozenset[tuple[int, int]]:
    with driver.database.reading() as session:
        return pairs_told_apart(session)


def is_active(driver: AttendanceDriver, employee_id: int) -> bool:
    person = EmployeeStore(driver.database).get(employee_id)
    return person is not None and person.is_active


def test_two_who_are_judged_to_be_two_stay_look_alikes(driver: AttendanceDriver, screen: GalleryScreen) -> None:
    assert driver.rows(screen.list) == ["Anna Swan · Boris Heron, One face, similarity 0.90: one person or two?, Judge"]
    driver.touch(opened(driver, screen).two)
    driver.until(lambda: screen.notice.sentence.startswith("They count as two people now."))
    assert apart(driver) == {(driver.anna, driver.boris)}
    driver.until(lambda: driver.rows(screen.list)[0].endswith("Two people who look alike, similarity 0.90"))
    driver.touch(screen.notice.button)
    driver.until(lambda: screen.notice.sentence.startswith("It is undone"))
    assert apart(driver) == frozenset()
    driver.until(lambda: driver.rows(screen.list)[0].endswith("Judge"))


def test_of_one_person_one_number_stays_and_the_other_comes_back(
    driver: AttendanceDriver, screen: GalleryScreen
) -> None:
    driver.touch(opened(driver, screen).keep[driver.boris])
    driver.until(lambda: screen.notice.sentence == f"Anna Swan (no. {driver.anna}) is deactivated.")
    assert (is_active(driver, driver.anna), is_active(driver, driver.boris)) == (False, True)
    driver.until(lambda: driver.rows(screen.list) == [])
    driver.touch(screen.notice.button)
    driver.until(lambda: is_active(driver, driver.anna))


def test_an_earlier_judgement_comes_back_with_the_undo(driver: AttendanceDriver, gallery: AdminGallery) -> None:
    gallery.judge_pair(driver.anna, driver.boris, None)
    second = gallery.judge_pair(driver.boris, driver.anna, driver.anna)
    gallery.take_back_judgement(second)
    assert apart(driver) == {(driver.anna, driver.boris)}
    assert is_active(driver, driver.boris)


def test_whoever_was_inactive_before_stays_so(driver: AttendanceDriver, gallery: AdminGallery) -> None:
    EmployeeStore(driver.database).deactivate(driver.boris)
    gallery.take_back_judgement(gallery.judge_pair(driver.anna, driver.boris, driver.anna))
    assert not is_active(driver, driver.boris)


def test_the_person_is_one_touch_away(driver: AttendanceDriver, screen: GalleryScreen) -> None:
    finding = opened(driver, screen)
    driver.touch(finding.show_person[driver.anna])
    assert driver.shown(PersonScreen).title() == "Anna Swan"


def test_a_change_of_the_network_stands_above(
    driver: AttendanceDriver, screen: GalleryScreen, gallery: AdminGallery
) -> None:
    EmbedderSwitches(driver.database).start(("old", MODEL), ("new", "new@1"))
    screen.load()
    driver.until(lambda: len(driver.rows(screen.list)) == 2)
    assert driver.rows(screen.list)[0] == "Change to another network, 0 of 2 people have pictures of the new network"
    screen.list.chosen.emit(screen.model.index(0))
    shown = driver.shown(SwitchScreen)
    assert driver.rows(shown.list) == [
        "Anna Swan, 3 more days, or enroll the face once more",
        "Boris Heron, 3 more days, or enroll the face once more",
    ]
    driver.window.use_language(Language.RUSSIAN)
    assert driver.rows(shown.list)[0] == "Anna Swan, Ещё 3 дня, или зарегистрируйте лицо ещё раз"
    EmbedderSwitches(driver.database).finish(leave_out=True)
    switch = gallery.report().switch
    assert switch is not None and switch.is_finished and switch.back_until is not None


def test_a_database_that_is_away_is_said_and_asked_again(driver: AttendanceDriver) -> None:
    admin = FakeAdminBackend("Anna Swan", "Boris Heron")
    admin.gallery.refuses = StorageError("away")
    screen = driver.open(GalleryScreen(admin.gallery, admin, driver.background, driver.context.zone))
    driver.until(lambda: "does not answer" in screen.notice.sentence)
    admin.gallery.refuses = None
    driver.touch(screen.notice.button)
    driver.until(lambda: screen.is_loaded)


def test_home_counts_what_is_to_be_done(driver: AttendanceDriver, gallery: AdminGallery) -> None:
    admin = FakeAdminBackend()
    admin.gallery = gallery  # type: ignore[assignment]
    home = driver.open(AdminHome(AdminContext(admin, driver.background, driver.context.zone)))
    driver.until(lambda: home.buttons["gallery"].text() == "Check of the faces: 1")
    gallery.judge_pair(driver.anna, driver.boris, None)
    home.entered()
    driver.until(lambda: home.buttons["gallery"].text() == "Check of the faces")
