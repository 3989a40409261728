"""Checks what somebody has to say or decide before hours are right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from db.closed_months import closed_months, late_events
from db.session import Database
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.monitoring.question_report import FILE_NAME, read_report


def attendance(device: ExaminedDevice, opened: Database) -> Iterator[Finding]:
    """Look at last night's count of open questions, and at rows that came after their month was closed."""
    yield from _questions(device)
    with opened.reading() as session:
        late = {closed.name: len(late_events(session, closed)) for closed in closed_months(session)}
    for month, count in late.items():
        if count:
            sentence = f"{month} is closed, and {count} of its entries and exits came afterwards from a door's journal"
            step = "run: kiosk months list; open the month again to void them, or close it anew with them"
            yield Finding("months", Level.WARNING, sentence, step)


def _questions(device: ExaminedDevice) -> Iterator[Finding]:
    report = read_report(device.data_dir / FILE_NAME)
    if report is None:
        return
    if report.oldest_at is None:
        yield Finding("questions", Level.OK, "last night nothing was open about anybody's hours")
        return
    days = (datetime.now(UTC) - report.oldest_at).days
    sentence = (
        f"last night {report.exits} exit(s) and {report.entries} entry(ies) were missing, {report.automatic} exit(s) "
        f"had been set by the kiosk, {report.breaks} break(s) were not punched, {report.turned} stay(s) looked turned "
        f"around, and {report.requests} request(s) waited; the oldest is {days} day(s) old"
    )
    yield Finding("questions", Level.WARNING, sentence, "run: kiosk questions")
