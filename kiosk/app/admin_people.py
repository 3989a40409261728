"""What a person's page shows: their month, what is stored about them, their portrait."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.personal_data import stored_about
from db.session import Database
from kiosk.attendance.timesheet import Timesheets, month_of
from kiosk.core.photographs import read_kept_picture
from kiosk.domain.stored_data import StoredData
from kiosk.domain.types import Image
from kiosk.employees.portraits import PORTRAIT_FOLDER
from kiosk.employees.schemas import Employee
from kiosk.ui.people.backend import MonthDay, MonthShown


class PersonPages:
    """Any thread may call any method; all may block and raise StorageError. data_dir: where portraits lie."""

    def __init__(self, database: Database, timesheets: Timesheets, data_dir: Path) -> None:
        self._database, self._timesheets = database, timesheets
        self._data_dir = data_dir

    def month_of(self, employee_id: int, month: date | None) -> MonthShown:
        """Return a person's days of a month, as far as something was planned or done. month: None for the present."""
        today = self._timesheets.today()
        first, last = month_of(month or today)
        months = self._timesheets.months(first, last, lambda person: person.id == employee_id)
        accounts = [account for found in months for account in found.days]
        days = tuple(
            MonthDay(
                day=account.day,
                planned=account.planned,
                worked=account.worked + account.overtime,
                late=account.late,
                is_absent=account.is_absent,
                is_away=account.absence is not None,
                is_question=bool(account.doubts),
            )
            for account in accounts
        )
        return MonthShown(first, today, days)

    def stored_about(self, employee_id: int) -> StoredData:
        """Return how much is stored about a person."""
        with self._database.reading() as session:
            return stored_about(session, employee_id)

    def portrait(self, person: Employee, side_px: int) -> Image | None:
        """Return a person's portrait, BGR uint8; None where none is kept."""
        if person.photo_path is None:
            return None
        return read_kept_picture(self._data_dir, PORTRAIT_FOLDER, person.photo_path, side_px)
