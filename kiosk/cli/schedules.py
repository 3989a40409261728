"""kiosk schedules: what people are planned to work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli import holidays
from kiosk.cli.console import DryRun, add_row, out, say, table

if TYPE_CHECKING:
    from db.schedules import Assignment
    from db.session import Database
    from kiosk.attendance.schedule_store import ScheduleStore

app = typer.Typer(help="Set, list, assign, import and remove work schedules; decide on holidays.", no_args_is_help=True)
app.add_typer(holidays.app, name="holidays")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name.")]


@app.command("set")
def set_schedule(  # noqa: PLR0917  the options of a command
    name: Name,
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help='As in "Mon-Fri 08:00-17:00 break 12:00-13:00" (add "punched" to a break for which people go out and '
            'come in again), "08:00-20:00, 20:00-08:00, off, off", '
            '"Mon-Fri flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30".',
        ),
    ],
    starts: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="A day on which a cycle's first entry applies."),
    ] = None,
    grace: Annotated[int, typer.Option(help="Minutes within which nothing is late, early or overtime.")] = 0,
    rounding: Annotated[int, typer.Option(help="Worked time is rounded down to a multiple of so many minutes.")] = 1,
    overtime_factor: Annotated[float, typer.Option(help="What overtime is multiplied by for pay, such as 1.5.")] = 1.0,
) -> None:
    """Add a schedule, or change the one of this name."""
    from db.schedules import StoredSchedule

    starts_on = None if starts is None else starts.date()
    with _service() as service:
        is_new = service.save(
            StoredSchedule(name, plan, starts_on or date(2024, 1, 1), grace, rounding, overtime_factor),
            has_start=starts_on is not None,
        )
    say(f"Schedule {name!r} is {'new' if is_new else 'changed'}; `kiosk schedules assign` gives it to people.")


@app.command("list")
def list_schedules() -> None:
    """List the schedules, and to whom they are assigned."""
    with _service() as service:
        schedules, assignments = service.schedules(), service.assignments()
    if not schedules:
        say('There are no schedules; make one: kiosk schedules set office "Mon-Fri 09:00-18:00 break 13:00-14:00"')
        return
    rows = table("schedule", "plan", "grace", "rounding", "overtime")
    for stored in schedules:
        add_row(
            rows, stored.name, stored.plan, f"{stored.grace_minutes} min", f"{stored.rounding_minutes} min",
            f"x {stored.overtime_factor:g}",
        )  # fmt: skip
    out.print(rows)
    if assignments:
        rows = table("assignment", "schedule", "whose", "from", "until")
        for found in assignments:
            add_row(rows, found.id, found.schedule, _whose(found), found.valid_from, found.valid_until)
        out.print(rows)


@app.command()
def assign(
    name: Name,
    valid_from: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="The first day.")
    ],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The last day; else no end.")
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="To this person: id, personnel number or e-mail address.")
    ] = None,
    department: Annotated[str | None, typer.Option(help="To everybody in this department.")] = None,
) -> None:
    """Assign a schedule to a person, to a department or, without either, to the whole office.

    A person's own takes precedence over the department's, and that over the office's; of two, the later assignment.
    """
    from kiosk.attendance.schedule_store import ScheduleStore
    from kiosk.employees.store import EmployeeStore

    with _database() as database:
        employee_id = None if employee is None else EmployeeStore(database).resolve(employee).id
        last = None if until is None else until.date()
        ScheduleStore(database).assign(name, valid_from.date(), last, employee_id, department)
    say(f"Schedule {name!r} is assigned.")


@app.command()
def unassign(
    assignment: Annotated[int, typer.Argument(metavar="ASSIGNMENT", help="Its number in the list.")],
) -> None:
    """Take one assignment of a schedule back."""
    with _service() as service:
        service.unassign(assignment)
    say(f"Assignment {assignment} is taken back.")


@app.command()
def remove(name: Name) -> None:
    """Delete a schedule and its assignments."""
    with _service() as service:
        service.remove(name)
    say(f"Schedule {name!r} is deleted.")


@app.command("import")
def import_schedules(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: name,plan,starts,grace,rounding,overtime_factor.")],
    dry_run: DryRun = False,
) -> None:
    """Add or change the schedules of a CSV file, all of them or none."""
    from kiosk.attendance.schedule_file import read_schedules

    found = read_schedules(file)
    if dry_run:
        rows = table("schedule", "plan")
        for checked in found:
            add_row(rows, checked.stored.name, checked.stored.plan)
        out.print(rows)
        say(f"{len(found)} schedule(s) would be written down; nothing was written.")
        return
    with _service() as service:
        service.save_all(found)
    say(f"{len(found)} schedule(s) are written down.")


@app.command("import-assignments")
def import_assignments(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: schedule,person,department,from,until.")],
    dry_run: DryRun = False,
) -> None:
    """Assign schedules as a CSV file says, all of its lines or none.

    A person is an id, a personnel number or an e-mail address; without person and department a line is the whole
    office's. Of two assignments the later line takes precedence; one that stands already is not made again.
    """
    from kiosk.attendance.schedule_file import read_assignments
    from kiosk.attendance.schedule_store import ScheduleStore
    from kiosk.employees.store import EmployeeStore

    with _database() as database:
        people = EmployeeStore(database)
        found = read_assignments(file, lambda text: people.resolve(text).id)
        new = ScheduleStore(database).assign_all(found, dry_run=dry_run)
        departments = {person.department for person in people.list()}
    if not dry_run:
        say(f"{sum(new)} of {len(new)} line(s) are assigned; the others stood already.")
        return
    rows = table("line", "schedule", "whose", "from", "until", "fate")
    for (line, assignment), is_new in zip(found, new, strict=True):
        fate = "assigned" if is_new else "stands already"
        if assignment.department is not None and assignment.department not in departments:
            fate += "; nobody is in it"
        dates = assignment.valid_from, assignment.valid_until
        add_row(rows, line, assignment.schedule, _whose(assignment), *dates, fate)
    out.print(rows)
    say(f"{sum(new)} of {len(new)} line(s) would be assigned; nothing was written.")


def _whose(assignment: Assignment) -> str:
    return assignment.department or (f"employee {assignment.employee_id}" if assignment.employee_id else "everybody")


@contextmanager
def _service() -> Iterator[ScheduleStore]:
    with _database() as database:
        from kiosk.attendance.schedule_store import ScheduleStore

        yield ScheduleStore(database)


@contextmanager
def _database() -> Iterator[Database]:
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings

    with open_database(load_settings()) as database:
        yield database
