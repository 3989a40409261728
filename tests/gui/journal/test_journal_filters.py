"""The journal of a week and a month, of a department, of a kind; its snapshots, and a file of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from db.attendance_log import DatabaseAttendanceLog
from gui.attendance_driver import AttendanceDriver, local, open_event
from kiosk.attendance import log_xlsx
from kiosk.core.opencv import cv2
from kiosk.core.storage import SNAPSHOT_FOLDER
from kiosk.domain.attendance_log import LogEntry, LogKind
from kiosk.domain.types import EventType
from kiosk.employees.schemas import EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from kiosk.ui.admin.row_list import ROW_ROLE
from kiosk.ui.events.backend import JournalSpan
from kiosk.ui.events.choice_screen import ChoiceScreen
from kiosk.ui.events.export_screen import ExportScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language
from support.builders import event

ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


def listed(driver: AttendanceDriver, journal: EventsScreen) -> list[str]:
    """The rows' beginnings, without how and where."""
    return [row.split(" · ")[0] for row in driver.rows(journal.list)]


def test_a_week_and_a_month_name_their_days(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(driver.boris, **{"11-23 10:00": ENTRY, "11-02 11:00": ENTRY})
    driver.touch(journal.tools.spans.buttons[JournalSpan.WEEK])
    driver.until(lambda: len(driver.rows(journal.list)) == 5)
    assert journal.tools.day.text() == "23 Nov – 29 Nov 2026"
    assert listed(driver, journal) == [
        "Friday 27 November 2026", "18:05, Anna Swan, Exit", "09:00, Anna Swan, Entry",
        "Monday 23 November 2026", "10:00, Boris Heron, Entry",
    ]  # fmt: skip
    driver.touch(journal.tools.spans.buttons[JournalSpan.MONTH])
    driver.until(lambda: len(driver.rows(journal.list)) == 7)
    assert journal.tools.day.text() == "November 2026" and not journal.tools.after.isEnabled()
    driver.touch(journal.tools.before)
    driver.until(lambda: journal.is_loaded)
    assert journal.tools.day.text() == "October 2026" and not driver.rows(journal.list)
    driver.touch(journal.tools.after)
    driver.until(lambda: len(driver.rows(journal.list)) == 7)
    driver.window.use_language(Language.RUSSIAN)
    driver.until(lambda: journal.tools.day.text() == "Ноябрь 2026")


def test_a_departments_events_alone(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(driver.boris, **{"11-27 10:00": ENTRY})
    EmployeeStore(driver.database).update(driver.boris, EmployeeUpdate.checked(department="Stores"))
    driver.touch(journal.tools.department)
    choices = driver.shown(ChoiceScreen)
    assert driver.rows(choices.list) == ["All departments, Shown", "Stores"]
    driver.touch_row(choices.list, 1)
    driver.until(lambda: listed(driver, journal) == ["10:00, Boris Heron, Entry"])
    assert journal.tools.department.text() == "Stores"


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        pytest.param(LogKind.ENTRY, ["12:00, Unknown visitor, Entry", "09:00, Anna Swan, Entry"], id="entries"),
        pytest.param(LogKind.EXIT, ["18:05, Anna Swan, Exit"], id="exits"),
        pytest.param(LogKind.UNKNOWN, ["12:00, Unknown visitor, Entry"], id="unknown visitors"),
        pytest.param(LogKind.CORRECTED, ["18:05, Anna Swan, Exit"], id="corrected"),
    ],
)
def test_a_kind_of_events_alone(
    driver: AttendanceDriver, journal: EventsScreen, kind: LogKind, rows: list[str]
) -> None:
    driver.write(None, **{"11-27 12:00": ENTRY})
    leaving = journal.events.items[0]
    assert isinstance(leaving, LogEntry)
    driver.backend.void_event(leaving.trace_id, "a trial")
    driver.touch(journal.tools.kind)
    driver.touch_row(driver.shown(ChoiceScreen).list, list(LogKind).index(kind))
    driver.until(lambda: listed(driver, journal) == rows)


def test_an_event_is_shown_with_its_picture_as_long_as_it_lives(
    driver: AttendanceDriver, journal: EventsScreen, tmp_path: Path
) -> None:
    picture = SNAPSHOT_FOLDER / "2026-11-27" / "one.jpg"
    (tmp_path / picture).parent.mkdir(parents=True)
    (tmp_path / picture).write_bytes(cv2.imencode(".jpg", np.full((360, 480, 3), 90, np.uint8))[1].tobytes())
    (tmp_path / "secret.jpg").write_bytes((tmp_path / picture).read_bytes())
    outside = SNAPSHOT_FOLDER / ".." / ".." / "secret.jpg"
    kept, purged, foreign = (
        replace(event(driver.boris, ENTRY, local(f"11-27 {hour}:00")), photo_path=str(path))
        for hour, path in ((12, picture), (13, SNAPSHOT_FOLDER / "gone.jpg"), (14, outside))
    )
    DatabaseAttendanceLog(driver.database).record([kept, purged, foreign])
    driver.touch(journal.refresh)

    def pictures() -> list[bool]:
        model = journal.events
        return [model.index(place).data(ROW_ROLE).picture is not None for place in range(model.rowCount())]

    driver.until(lambda: pictures() == [False, False, False, True, False])
    shown = open_event(driver, journal, 3)
    driver.until(shown.snapshot.isVisible)
    driver.touch(shown.back)
    assert not open_event(driver, journal, 2).snapshot.isVisible()


@pytest.fixture
def saving(driver: AttendanceDriver, journal: EventsScreen) -> Iterator[ExportScreen]:
    driver.write(None, **{"11-27 12:00": ENTRY})
    driver.touch(journal.save)
    yield driver.shown(ExportScreen)


def test_what_is_shown_is_saved_for_people(driver: AttendanceDriver, saving: ExportScreen, tmp_path: Path) -> None:
    driver.window.use_language(Language.RUSSIAN)
    driver.touch(saving.save)
    files = driver.shown(FilesScreen)
    files.closed.emit()
    files.chosen.emit((tmp_path,))
    driver.until(lambda: saving.notice.sentence.startswith("Сохранено"))
    rows = list(openpyxl.load_workbook(tmp_path / "journal-2026-11-27.xlsx").active.values)
    assert [row[1:8] for row in rows] == [
        ("время", "имя", "событие", "отмечено", "дверь", "считается", "причина ухода"),
        ("09:00", "Anna Swan", "вход", "по лицу", "door", "да", None),
        ("12:00", "неизвестный посетитель", "вход", "по лицу", "door", "да", None),
        ("18:05", "Anna Swan", "выход", "по лицу", "door", "да", None),
    ]


def test_saving_is_cancelled_and_leaves_nothing(
    driver: AttendanceDriver, saving: ExportScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_xlsx, "TOLD_EVERY_ROWS", 1)
    begun, pressed = threading.Event(), threading.Event()
    read = DatabaseAttendanceLog.read_matching

    def slowly(log: DatabaseAttendanceLog, *wanted: object) -> Iterator[LogEntry]:
        begun.set()
        for entry in read(log, *wanted):  # type: ignore[arg-type]
            pressed.wait(20)
            yield entry

    monkeypatch.setattr(DatabaseAttendanceLog, "read_matching", slowly)
    saving.write(tmp_path)
    driver.until(lambda: begun.is_set() and saving.bar.isVisible())
    driver.touch(saving.cancel)
    pressed.set()
    driver.until(lambda: saving.notice.sentence == "Cancelled. Nothing was left on the stick.")
    assert not list(tmp_path.glob("journal*")) and not saving.bar.isVisible()
