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

FORMATS = ("xlsx", "pdf", "csv", "json", "t13-xlsx", "t13-pdf")
SHOWN = ("planned", "worked", "night", "late", "left_early", "overtime")


def timesheet(  # noqa: PLR0917  the options of a command
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="The month, such as 2026-11.")
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="Only this person: id, personnel number or e-mail address.")
    ] = None,
    department: Annotated[str | None, typer.Option(help="Only this department.")] = None,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="Write a file in this format; t13 is the Russian unified form T-13.",
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="en|ru", help="Of headings and marks in a file; else KIOSK_LANGUAGE.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file's name; else made of format and month.")
    ] = None,
    why: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Say what the figures of one person's day come from."),
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A new .xlsx, .pdf, .csv or .json; as --output.")
    ] = None,
) -> None:
    """Show or write a month's timesheet: planned, worked, night hours, late, left early, overtime and open questions.

    A stay belongs to the office day on which it began. One whose entry or exit is missing counts nothing: it is listed
    as a question. Without a format or a file, totals are shown.
    """
    from kiosk.app.attendance import build_timesheet_exporter
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.timesheet_export import format_named, format_of, language_named
    from kiosk.cli.console import out, say
    from kiosk.employees.store import EmployeeStore
    from kiosk.errors import InvalidInput

    path = output or file
    if why is not None and employee is None:
        raise InvalidInput("say whose day it is: --employee with id, personnel number or e-mail address")
    if month is None and why is None:
        raise InvalidInput("say of which month: --month 2026-11")
    wanted = format_named(file_format) if file_format else None if path is None else format_of(path)
    spoken = None if language is None else language_named(language)
    settings = load_settings()
    with open_database(settings) as database:
        employee_id = None if employee is None else EmployeeStore(database).resolve(employee).id
        exporter = build_timesheet_exporter(settings, database)
        if why is not None and employee_id is not None:
            for sentence in exporter.explained(employee_id, why.date()):
                out.print(sentence, markup=False, highlight=False, soft_wrap=True)
        elif month is not None and wanted is None:
            _show(exporter.months(month.date(), employee_id, department), settings.zone)
        elif month is not None and wanted is not None:
            path = path or Path(exporter.file_name(wanted, month.date()))
            exporter.export(wanted, month.date(), path, employee_id, department, language=spoken)
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
