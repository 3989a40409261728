"""What is asked every night: forgotten exits are set where the setting says so, and what is open is counted."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, timedelta

from db.session import Database
from kiosk.app.attendance import build_automatic_exits, build_closed_months, build_questions
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.logger import log
from kiosk.domain.corrections import ForgottenExit
from kiosk.domain.ports import Clock
from kiosk.monitoring.question_report import FILE_NAME, OpenQuestionsReport, write_report

LISTED = 200
"""So many questions are listed in the log; the others are counted."""


def ask_questions(settings: Settings, database: Database, clock: Clock | None = None) -> OpenQuestionsReport:
    """Do the night's work for this month and the one before, and return what is open afterwards.

    Months that are closed are left out. Raises StorageError, OSError.
    """
    clock = clock or SystemClock()
    first, last = asked_days(clock.now().astimezone(settings.zone).date())
    exits = build_automatic_exits(settings, database, clock)
    taken_back = exits.take_back(first, last)
    made = exits.set(first, last) if settings.forgotten_exit is ForgottenExit.SHIFT_END else 0
    if made or taken_back:
        log(logging.INFO, "questions.exits_set", count=made, taken_back=taken_back)
    closed = {month.span.month for month in build_closed_months(settings, database).listed()}
    asked = build_questions(settings, database, clock)
    found = [one for one in asked.open_questions(first, last) if one.day.replace(day=1) not in closed]
    for one in found[:LISTED]:
        log(logging.INFO, "question.open", doubt=one.doubt, employee_id=one.employee_id, day=one.day)
    counts, requests = Counter(one.doubt.value for one in found), asked.requests()
    moments = [*(one.began_at for one in found), *(request.asked_at for request in requests)]
    report = OpenQuestionsReport(
        counted_at=clock.now(),
        exits=counts["exit_missing"],
        entries=counts["entry_missing"],
        automatic=counts["exit_automatic"],
        turned=counts["types_turned"],
        breaks=counts["break_missing"],
        requests=len(requests),
        oldest_at=min(moments, default=None),
    )
    log(logging.INFO, "questions.counted", **report.model_dump(exclude={"counted_at"}))
    write_report(settings.data_dir / FILE_NAME, report)
    return report


def asked_days(today: date) -> tuple[date, date]:
    """Return the first day of the month before, and today."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1), today
