"""kiosk absences: who is away with the office's knowledge."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import DryRun, add_row, out, say, table
from kiosk.domain.work_calendar import AbsenceKind

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(
    help="Add, list, import and remove absences: vacation, sick leave, trips, unpaid leave, other.",
    no_args_is_help=True,
)

DATES = {"formats": ["%Y-%m-%d"], "metavar": "DATE"}
Person = Annotated[str, typer.Argument(metavar="PERSON", help="Id, personnel number or e-mail address.")]


@app.command()
def add(  # noqa: PLR0917  the options of a command
    person: Person,
    kind: Annotated[AbsenceKind, typer.Argument(help="Why.")],
    first: Annotated[datetime, typer.Option("--from", help="The first day.", **DATES)],
    until: Annotated[datetime | None, typer.Option(help="The last day; else the first one alone.", **DATES)] = None,
    code: Annotated[str | None, typer.Option(help="Letters of the form T-13, where the kind's do not fit.")] = None,
    note: Annotated[str, typer.Option(help="Anything worth keeping.")] = "",
) -> None:
    """Write down that a person is away: nothing is missing on these days, and nothing is planned."""
    from db.absences import Absence
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.absence_store import AbsenceStore
    from kiosk.employees.store import EmployeeStore

    with open_database(load_settings()) as database:
        employee_id = EmployeeStore(database).resolve(person).id
        last = (until or first).date()
        added = AbsenceStore(database).add(Absence(employee_id, kind, first.date(), last, code, note))
    say(f"Absence {added.id} is written down: employee {employee_id} from {added.first_day} to {added.last_day}.")


@app.command("list")
def list_absences(
    employee: Annotated[
        str | None, typer.Option(help="Only this person: id, personnel number or e-mail address.")
    ] = None,
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="Only those that reach into a month.")
    ] = None,
) -> None:
    """List absences by person and day."""
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.absence_store import AbsenceStore
    from kiosk.employees.store import EmployeeStore

    since, until = (None, None) if month is None else _month(month)
    with open_database(load_settings()) as database:
        employee_id = None if employee is None else EmployeeStore(database).resolve(employee).id
        found = AbsenceStore(database).absences(since, until, employee_id)
    if not found:
        say("There are no absences.")
        return
    rows = table("absence", "employee", "kind", "from", "until", "code", "note", "by")
    for one in found:
        kind = one.kind.replace("_", " ")
        add_row(
            rows, one.id, one.employee_id, kind, one.first_day, one.last_day, one.code, one.note or None,
            one.recorded_by,
        )  # fmt: skip
    out.print(rows)


@app.command()
def remove(absence: Annotated[int, typer.Argument(metavar="ABSENCE", help="Its number in the list.")]) -> None:
    """Remove an absence; the audit log keeps that there was one."""
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.absence_store import AbsenceStore

    with open_database(load_settings()) as database:
        AbsenceStore(database).remove(absence)
    say(f"Absence {absence} is removed.")


@app.command("import")
def import_absences(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: person,kind,from,until,code,note.")],
    dry_run: DryRun = False,
) -> None:
    """Add the absences of a CSV file, all of them or none."""
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.absence_store import AbsenceStore
    from kiosk.attendance.schedule_file import read_absences
    from kiosk.employees.store import EmployeeStore

    with open_database(load_settings()) as database:
        store = EmployeeStore(database)
        found = read_absences(file, lambda text: store.resolve(text).id)
        lines = [line for line, _ in found]
        added = AbsenceStore(database).add_all([absence for _, absence in found], lines, dry_run=dry_run)
    if not dry_run:
        say(f"{len(added)} absence(s) are written down.")
        return
    rows = table("line", "employee", "kind", "from", "until", "fate")
    for line, absence in found:
        kind = absence.kind.replace("_", " ")
        add_row(rows, line, absence.employee_id, kind, absence.first_day, absence.last_day, "would be written down")
    out.print(rows)
    say(f"{len(added)} absence(s) would be written down; nothing was written.")


def _month(month: datetime) -> tuple[date, date]:
    from kiosk.attendance.timesheet import month_of

    return month_of(month.date())
