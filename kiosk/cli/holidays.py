"""kiosk schedules holidays: days on which schedules do not hold as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import DryRun, add_row, out, say, table
from kiosk.domain.work_calendar import DayKind

if TYPE_CHECKING:
    from kiosk.attendance.calendar_store import CalendarStore

app = typer.Typer(
    help="List public holidays with the office's own days on top: holidays, moved working days, shortened ones.",
    no_args_is_help=True,
)

Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="DATE", help="The day.")]


@app.command("list")
def list_days(
    year: Annotated[int | None, typer.Option(min=1990, max=2100, help="The year; else this one.")] = None,
) -> None:
    """List the days of a year on which weekly schedules do not hold as they are; a rota goes on through them."""
    from kiosk.app.setting_store import load_settings

    wanted = year or datetime.now(load_settings().zone).year
    with _store() as store:
        days = store.days(date(wanted, 1, 1), date(wanted, 12, 31))
    if not days:
        say(
            f"There are no holidays in {wanted}: KIOSK_HOLIDAYS_COUNTRY says whose hold, "
            "`kiosk schedules holidays set` adds the office's own."
        )
        return
    rows = table("day", "weekday", "kind", "name", "by")
    for found in days.values():
        add_row(rows, found.day, f"{found.day:%a}", found.kind, found.name or None, found.recorded_by or None)
    out.print(rows)


@app.command("set")
def set_day(
    day: Day,
    kind: Annotated[DayKind, typer.Argument(help="What holds on it.")],
    name: Annotated[str, typer.Option(help="What the day is called.")] = "",
) -> None:
    """Decide on a day, whatever the country's holidays say.

    A working day off follows the plan of the last planned day before it; a shortened day ends an hour earlier.
    """
    from db.calendar_days import CalendarDay

    with _store() as store:
        store.set_all([CalendarDay(day.date(), kind, name)])
    say(f"{day:%Y-%m-%d} is {kind.value} now.")


@app.command()
def remove(day: Day) -> None:
    """Take the office's own decision on a day back."""
    with _store() as store:
        store.remove(day.date())
    say(f"{day:%Y-%m-%d} is again what the country's calendar says.")


@app.command("import")
def import_days(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: day,kind,name.")], dry_run: DryRun = False
) -> None:
    """Decide on the days of a CSV file, all of them or none."""
    from kiosk.attendance.schedule_file import read_calendar_days

    found = read_calendar_days(file)
    if dry_run:
        rows = table("day", "kind", "name")
        for day in found:
            add_row(rows, day.day, day.kind, day.name or None)
        out.print(rows)
        say(f"{len(found)} day(s) would be written down; nothing was written.")
        return
    with _store() as store:
        store.set_all(found)
    say(f"{len(found)} day(s) are written down.")


@contextmanager
def _store() -> Iterator[CalendarStore]:
    from kiosk.app.attendance_config import build_holiday_config
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.calendar_store import CalendarStore

    settings = load_settings()
    with open_database(settings) as database:
        yield CalendarStore(database, build_holiday_config(settings))
