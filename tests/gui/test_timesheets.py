"""Saving timesheets from the administrator's screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.errors import StorageError
from kiosk.ui.background import Background
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import Language, Translations
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.timesheets.closed_months_screen import ClosedMonthsScreen
from kiosk.ui.timesheets.screen import TimesheetScreen
from kiosk.ui.widgets import Button
from kiosk.ui.window import KioskWindow

STICK = Path("/media/stick")


class RecordingBackend(FakeAdminBackend):
    """Remembers what was saved."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[tuple[TimesheetFormat, bool]] = []
        self.people_saved: list[int | None] = []
        self.languages: list[OfficeLanguage] = []

    def save_timesheet(
        self,
        file_format: TimesheetFormat,
        folder: Path,
        /,
        *,
        last_month: bool,
        language: OfficeLanguage,
        employee_id: int | None = None,
    ) -> Path:
        path = super().save_timesheet(
            file_format, folder, last_month=last_month, language=language, employee_id=employee_id
        )
        self.people_saved.append(employee_id)
        self.languages.append(language)
        self.saved.append((file_format, last_month))
        return path


class TimesheetDriver:
    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window, self.backend = qtbot, window, RecordingBackend()
        window.open(Screen())
        background = Background()
        months = partial(ClosedMonthsScreen, self.backend.attendance, background, ZoneInfo("Europe/Moscow"))
        self.screen = TimesheetScreen(self.backend, background, months)
        self.screen.opens.connect(window.open)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()

    def press(self, button: Button) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose_stick(self) -> None:
        files = self.window.screen_shown
        assert isinstance(files, FilesScreen)
        files.closed.emit()
        files.chosen.emit((STICK,))
        self.qtbot.waitUntil(lambda: bool(self.screen.notice.sentence))


@pytest.fixture
def timesheets(qtbot: QtBot, window: KioskWindow) -> TimesheetDriver:
    return TimesheetDriver(qtbot, window)


def test_last_month_is_saved_as_a_spreadsheet_unless_told_otherwise(timesheets: TimesheetDriver) -> None:
    timesheets.press(timesheets.screen.save)
    timesheets.choose_stick()
    assert timesheets.backend.saved == [(TimesheetFormat.XLSX, True)]
    assert timesheets.screen.notice.sentence == "Saved as /media/stick/timesheet-2026-10.xlsx."


def test_month_and_form_are_chosen(timesheets: TimesheetDriver) -> None:
    timesheets.press(timesheets.screen.this_month)
    timesheets.press(timesheets.screen.formats[TimesheetFormat.T13_PDF])
    timesheets.press(timesheets.screen.save)
    timesheets.choose_stick()
    assert timesheets.backend.saved == [(TimesheetFormat.T13_PDF, False)]


@pytest.mark.parametrize(("shown", "written"), [(Language.ENGLISH, "en"), (Language.RUSSIAN, "ru")])
def test_a_timesheet_is_written_in_the_screens_language(
    timesheets: TimesheetDriver, translations: Translations, shown: Language, written: str
) -> None:
    translations.use(shown)
    timesheets.press(timesheets.screen.save)
    timesheets.choose_stick()
    assert timesheets.backend.languages == [OfficeLanguage(written)]


def test_the_way_to_closing_months(timesheets: TimesheetDriver) -> None:
    timesheets.press(timesheets.screen.close_month)
    assert isinstance(timesheets.window.screen_shown, ClosedMonthsScreen)


def test_what_was_not_saved_is_said_and_can_be_tried_again(timesheets: TimesheetDriver) -> None:
    timesheets.backend.refuses = StorageError("full")
    timesheets.press(timesheets.screen.save)
    timesheets.choose_stick()
    assert timesheets.screen.notice.sentence.startswith("Nothing was saved in /media/stick:")
    timesheets.backend.refuses = None
    timesheets.screen.notice.pressed.emit()
    timesheets.qtbot.waitUntil(lambda: timesheets.screen.notice.sentence.startswith("Saved as"))
