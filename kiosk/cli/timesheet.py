"""`kiosk timesheet`: what everybody was planned to work in a month, and worked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.attendance.timesheet import PersonMonth
    from kiosk.attendance.timesheet_files import Writer

SHOWN = ("planned", "worked", "night", "late", "left_early", "overtime")


def timesheet(
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="The month, such as 2026-11.")
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="Only this person: id, personnel number or e-mail address.")
    ] = None,
    department: Annotated[str | None, typer.Option(help="Only this department.")] = None,
    why: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Say what the figures of one person's day come from."),
    ] = None,
    output: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A new .xlsx, .csv or .json; without it, totals are shown.")
    ] = None,
) -> None:
    """Show or write a month's timesheet: planned, worked, night hours, late, left early, overtime and open questions.

    A stay belongs to the office day on which it began. One whose entry or exit is missing counts nothing: it is listed
    as a question.
    """
    from kiosk.app.attendance_config import build_holiday_config, build_stay_rules
    from kiosk.app.databases import open_database
    from kiosk.attendance.timesheet import Timesheets, month_of
    from kiosk.cli.console import out
    from kiosk.config.settings import load_settings
    from kiosk.core.clock import SystemClock
    from kiosk.employees.store import EmployeeStore
    from kiosk.errors import InvalidInput
    from kiosk.security.audit_recorder import AuditRecorder

    if month is None and why is None:
        raise InvalidInput("say of which month: --month 2026-11")
    if why is not None and employee is None:
        raise InvalidInput("say whose day it is: --employee with id, personnel number or e-mail address")
    write = None if output is None else _writer(output)
    settings = load_settings()
    with open_database(settings) as database:
        employee_id = None if employee is None else EmployeeStore(database).resolve(employee).id
        sheets = Timesheets(database, build_stay_rules(settings), SystemClock(), build_holiday_config(settings))
        if why is not None and employee_id is not None:
            for sentence in sheets.explained(employee_id, why.date()):
                out.print(sentence, markup=False, highlight=False, soft_wrap=True)
        if month is None:
            return
        first, last = month_of(month.date())
        months = sheets.months(
            first,
            last,
            lambda person: employee_id in (None, person.id) and (department is None or person.department == department),
        )
        subject = None if employee_id is None else f"employee:{employee_id}"
        AuditRecorder(database).record("timesheet", subject, {"month": f"{first:%Y-%m}"})
        if write is None or output is None:
            _show(months, settings.zone)
        else:
            _write(write, months, settings.zone, output)


def _writer(path: Path) -> Writer:
    from kiosk.attendance.timesheet_files import write_csv, write_json, write_xlsx
    from kiosk.errors import InvalidInput

    writers: dict[str, Writer] = {".csv": write_csv, ".json": write_json, ".xlsx": write_xlsx}
    if path.suffix.lower() not in writers:
        raise InvalidInput(f"{path}: a timesheet is written as .xlsx, .csv or .json")
    if path.exists():
        raise InvalidInput(f"{path} is there already; choose another name, or move it away")
    return writers[path.suffix.lower()]


def _write(write: Writer, months: Iterable[PersonMonth], zone: ZoneInfo, path: Path) -> None:
    from kiosk.cli.console import say
    from kiosk.errors import StorageError

    try:
        write(months, zone, path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StorageError(f"{path} cannot be written: {error.strerror or error}") from error
    say(f"{path} is written.")


def _show(months: Iterable[PersonMonth], zone: ZoneInfo) -> None:
    from kiosk.attendance.timesheet_files import hours_text
    from kiosk.cli.console import add_row, out, say, table

    rows, asked = (
        table("employee", "name", *(figure.replace("_", " ") for figure in SHOWN), "absent", "questions"),
        table("employee", "came", "left", "question"),
    )
    for month in months:
        totals = (hours_text(month.total(figure)) for figure in SHOWN)
        absent = sum(day.is_absent for day in month.days)
        add_row(rows, month.person.id, month.person.full_name, *totals, absent, len(month.questions))
        for stay in month.questions:
            came, left = (None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in stay.moments)
            add_row(asked, month.person.id, came, left, None if stay.doubt is None else stay.doubt.replace("_", " "))
    if not rows.row_count:
        say("There is nobody to show.")
        return
    out.print(rows)
    if asked.row_count:
        out.print()
        out.print(asked)
