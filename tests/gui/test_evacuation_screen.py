"""Who is in, by department, read from a real database and from the copy when it is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.session import Database
from gui.attendance_driver import RULES, ZONE, AttendanceDriver
from kiosk.attendance.evacuation import EvacuationCopy, copied_list
from kiosk.domain.types import EventType
from kiosk.errors import StorageError
from kiosk.ui.evacuation import screen as screen_module
from kiosk.ui.evacuation.screen import EvacuationScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language
from kiosk.ui.window import KioskWindow


@pytest.fixture
def driver(
    qtbot: QtBot, window: KioskWindow, sqlite_url: str, open_database: Callable[[str], Database]
) -> Iterator[AttendanceDriver]:
    """Anna is in since nine, Boris since yesterday's night."""
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url))
    made.write(made.anna, **{"11-27 09:00": EventType.ENTRY})
    made.write(made.boris, **{"11-27 08:00": EventType.ENTRY})
    yield made
    made.background.stop()


def shown(driver: AttendanceDriver) -> EvacuationScreen:
    return driver.open(EvacuationScreen(driver.backend, driver.background, ZONE))


def test_who_is_in_is_listed_by_department_and_follows_the_door(
    driver: AttendanceDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_module, "REFRESH_MS", 50)
    screen = shown(driver)
    driver.until(lambda: screen.title() == "In now: 2")
    assert driver.rows(screen.list) == ["Without a department: 2", "09:00, Anna Swan, door", "08:00, Boris Heron, door"]
    driver.write(driver.boris, **{"11-27 18:59": EventType.EXIT})
    driver.until(lambda: screen.title() == "In now: 1")
    driver.window.use_language(Language.RUSSIAN)
    driver.until(lambda: driver.rows(screen.list)[0] == "Без отдела: 1")
    screen.left()


def test_the_copy_serves_while_the_database_is_away(driver: AttendanceDriver, tmp_path: Path) -> None:
    path = tmp_path / "evacuation.json"
    EvacuationCopy(driver.database, RULES, path, driver.clock).follow()
    driver.read_evacuation = lambda: copied_list(path, ())
    screen = shown(driver)
    driver.until(lambda: "This is the copy of 19:00" in screen.notice.sentence)
    assert len(driver.rows(screen.list)) == 3


def test_without_database_and_copy_the_next_step_is_said(driver: AttendanceDriver, tmp_path: Path) -> None:
    driver.read_evacuation = lambda: copied_list(tmp_path / "none", ())
    screen = shown(driver)
    driver.until(lambda: screen.notice.sentence.endswith("ask another door."))


def test_the_list_is_saved_onto_a_stick(driver: AttendanceDriver, tmp_path: Path) -> None:
    screen = shown(driver)
    for folder, words in ((tmp_path / "none", "Nothing was saved in"), (tmp_path, "Saved as")):
        driver.touch(screen.save)
        files = driver.shown(FilesScreen)
        files.closed.emit()
        files.chosen.emit((folder,))
        driver.until(lambda words=words: screen.saved.sentence.startswith(words))
    assert (tmp_path / "evacuation-2026-11-27-1900.pdf").read_bytes().startswith(b"%PDF")


def test_a_list_that_cannot_be_read_any_more_stays(driver: AttendanceDriver) -> None:
    screen = shown(driver)
    driver.until(lambda: screen.title() == "In now: 2")

    def away() -> None:
        raise StorageError("away")

    driver.read_evacuation = away  # type: ignore[assignment]
    driver.touch(screen.refresh)
    driver.until(lambda: screen.notice.sentence != "")
    assert len(driver.rows(screen.list)) == 3
