"""What people see of their own month at the kiosk, and what they ask to have corrected."""

from __future__ import annotations

from datetime import date, timedelta

from db import audit_log
from db.correction_requests import add_request, list_requests
from db.session import Database
from kiosk.attendance.timesheet import Timesheets
from kiosk.domain.correction_requests import MAX_TEXT, CorrectionRequest, RequestKind, RequestOutcome
from kiosk.ui.entrance.backend import HoursToday, OwnDay, OwnMonth


class OwnMonths:
    """Any thread may call it; raises StorageError. author: in whose name requests are recorded."""

    def __init__(self, database: Database, timesheets: Timesheets, kiosk_id: str) -> None:
        self._database, self._timesheets, self._kiosk_id = database, timesheets, kiosk_id

    def hours_until(self, employee_id: int, today: date) -> HoursToday | None:
        """Return the hours of the last office day on which somebody was there, today or since yesterday."""
        wanted = self._timesheets.months(today - timedelta(days=1), today, lambda person: person.id == employee_id)
        for account in (account for month in wanted for account in reversed(month.days)):
            if account.present:
                worked = account.worked + account.overtime
                return HoursToday(worked, worked - account.planned if account.planned else None)
        return None

    def month_of(self, employee_id: int, today: date) -> OwnMonth:
        """Return the days from the month's first to today on which something was planned or the person came."""
        with self._database.reading() as session:
            asked = {request.day: request for request in list_requests(session, employee_id, only_open=False)}
        months = self._timesheets.months(today.replace(day=1), today, lambda person: person.id == employee_id)
        accounts = [account for month in months for account in month.days]
        days = tuple(
            OwnDay(a.day, a.worked + a.overtime, a.is_absent, bool(a.doubts), *_answer(asked.get(a.day)))
            for a in accounts
        )
        worked = sum((day.worked for day in days), timedelta())
        planned = sum((account.planned for account in accounts), timedelta())
        hours = HoursToday(worked, worked - planned if planned else None)
        return OwnMonth(employee_id, today.replace(day=1), days, hours)

    def ask_correction(self, employee_id: int, day: date, kind: RequestKind, words: str) -> None:
        """Write down what is wrong with a day; the administrator finds it among the open requests."""
        with self._database.transaction() as session:
            number = add_request(session, employee_id, day, kind, text=words[:MAX_TEXT], kiosk_id=self._kiosk_id)
            details: audit_log.Details = {"request": number, "day": day.isoformat(), "kind": kind.value}
            actor, subject = f"kiosk:{self._kiosk_id}", f"employee:{employee_id}"
            audit_log.append(session, actor, "correction_request", subject, details)


def _answer(request: CorrectionRequest | None) -> tuple[bool, str | None]:
    """Return whether a day's last request is open, and why it was refused."""
    if request is None:
        return False, None
    return request.is_open, request.answer if request.outcome is RequestOutcome.REFUSED else None
