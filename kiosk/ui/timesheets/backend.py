"""What the screen of timesheets needs of the kiosk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kiosk.domain.timesheet_format import TimesheetFormat, TimesheetLanguage


class TimesheetBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def save_timesheet(
        self, file_format: TimesheetFormat, folder: Path, /, *, last_month: bool, language: TimesheetLanguage
    ) -> Path: ...

    def save_evacuation_list(self, folder: Path, /) -> Path: ...
