"""kiosk employees: who may be known at the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table
from kiosk.cli.directory_pull import pull

if TYPE_CHECKING:
    from kiosk.employees.schemas import Employee
    from kiosk.employees.store import EmployeeStore

app = typer.Typer(
    help="List, add, change, deactivate, restore, erase and export employees; fetch them; set and remove PINs.",
    no_args_is_help=True,
)
app.command()(pull)

Person = Annotated[str, typer.Argument(metavar="PERSON", help="Id, personnel number or e-mail address.")]
Name = Annotated[str | None, typer.Option(help="Full name.")]
Email = Annotated[str | None, typer.Option(help="E-mail address; an empty one takes it away.")]
Department = Annotated[str | None, typer.Option(help="Department; an empty one takes it away.")]
Position = Annotated[str | None, typer.Option(help="What the person does; an empty one takes it away.")]
Called = Annotated[str | None, typer.Option(help="The name that the person is greeted by; an empty one takes it away.")]
PersonnelNumber = Annotated[
    str | None, typer.Option(help="The office's own number of the person; an empty one takes it away.")
]


@app.command("list")
def list_people(
    search: Annotated[str | None, typer.Option(help="A part of name, e-mail address, department or number.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="The deactivated ones, too.")] = False,
) -> None:
    """List the active employees by name."""
    from kiosk.employees.crud import Filter, SortBy

    with _store() as store:
        people = store.list(Filter(search, active=None if everybody else True), sort_by=SortBy.NAME)
    if not people:
        say("Nobody was found.")
        return
    rows = table("id", "number", "name", "e-mail", "department", "active")
    for person in people:
        email, active = person.shown_email, _yes(person.is_active)
        add_row(rows, person.id, person.external_id, person.full_name, email, person.department, active)
    out.print(rows)


@app.command()
def show(person: Person) -> None:
    """Show one person."""
    with _store() as store:
        _print(store.resolve(person))


@app.command()
def add(  # noqa: PLR0917  the options of a command
    name: Annotated[str, typer.Option(help="Full name.")],
    email: Annotated[str | None, typer.Option(help="E-mail address, if there is one.")] = None,
    department: Department = None,
    position: Position = None,
    personnel_number: PersonnelNumber = None,
    called: Called = None,
) -> None:
    """Add a person without photographs; `kiosk enroll` adds them."""
    from kiosk.employees.schemas import EmployeeCreate

    given = {"department": department, "position": position, "external_id": personnel_number, "called": called}
    person = EmployeeCreate.checked(full_name=name, email=email or None, **given)
    with _store() as store:
        _print(store.create(person))


@app.command()
def update(  # noqa: PLR0917  the options of a command
    person: Person,
    name: Name = None,
    email: Email = None,
    department: Department = None,
    position: Position = None,
    personnel_number: PersonnelNumber = None,
    called: Called = None,
) -> None:
    """Change what is given and keep the rest."""
    from kiosk.employees.schemas import EmployeeUpdate

    given = {"full_name": name, "email": email, "department": department, "position": position}
    given |= {"external_id": personnel_number, "called": called}
    changes: dict[str, str | None] = {field: value for field, value in given.items() if value is not None}
    if not changes.get("email", True):
        changes["email"] = None
    with _store() as store:
        _print(store.update(store.resolve(person).id, EmployeeUpdate.checked(**changes)))


@app.command()
def deactivate(person: Person) -> None:
    """Stop recognising a person at the door; nothing is deleted yet."""
    with _store() as store:
        _print(store.deactivate(store.resolve(person).id))


@app.command()
def restore(person: Person) -> None:
    """Take a deactivation back."""
    with _store() as store:
        _print(store.restore(store.resolve(person).id))


@app.command("set-pin")
def set_pin(person: Person) -> None:
    """Give a person a PIN for the entrance screen's keypad, and show the PIN number that goes with it."""
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore
    from kiosk.security.pins import Pins

    with open_database(load_settings()) as database:
        found = EmployeeStore(database).resolve(person)
        pin = typer.prompt("PIN (six to eight digits)", hide_input=True, confirmation_prompt=True, err=True)
        number = Pins(database).set(found.id, pin)
    out.print(number, markup=False, highlight=False)
    say(f"This is the PIN number of {found.full_name} (employee {found.id}); with the PIN it writes their events.")


@app.command("remove-pin")
def remove_pin(person: Person) -> None:
    """Take a person's PIN away: the keypad then refuses it. A new PIN comes with a new PIN number."""
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore
    from kiosk.security.pins import Pins

    with open_database(load_settings()) as database:
        found = EmployeeStore(database).resolve(person)
        had_one = Pins(database).remove(found.id)
    say(f"{found.full_name} (employee {found.id}) {'has no PIN any more' if had_one else 'had no PIN'}.")


@app.command()
def erase(person: Person, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Erase a person's face: templates, portrait and snapshots, for good; revokes their consent.

    The person and their entries and exits stay, without a face.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.personal_data import build_eraser
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore

    settings = load_settings()
    with open_database(settings) as database:
        found = EmployeeStore(database).resolve(person)
        if not yes:
            typer.confirm(f"Erase the face of {found.full_name} (employee {found.id}) for good?", abort=True, err=True)
        erasure = build_eraser(settings, database).erase(found.id)
    say(
        f"Erased of employee {erasure.employee_id}: {erasure.templates} template(s), {erasure.snapshots} snapshot(s); "
        f"{erasure.consents} consent(s) revoked. The audit log is the proof."
    )
    for sentence in erasure.remains:
        say(f"• What remains: {sentence}.")


@app.command()
def export(
    person: Person,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A new file; else employee-ID.zip.")] = None,
) -> None:
    """Write a zip of all that is stored about a person."""
    from kiosk.app.databases import open_database
    from kiosk.app.personal_data import build_exporter
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore

    settings = load_settings()
    with open_database(settings) as database:
        found = EmployeeStore(database).resolve(person)
        path = to or Path(f"employee-{found.id}.zip")
        exported = build_exporter(settings, database).export(found.id, path)
    say(f"{exported.path} holds all that is stored about employee {found.id}, {exported.pictures} snapshot(s) with it.")
    if exported.elsewhere:
        say(f"{exported.elsewhere} snapshot(s) are not on this disk; ask at the device that took them.")


@app.command()
def consent(language: Annotated[str, typer.Option(help="en or ru.")] = "en") -> None:
    """Show the text that people agree to before their face is enrolled."""
    from kiosk.employees.consent import text

    out.print(text(language), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _store() -> Iterator[EmployeeStore]:
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore

    with open_database(load_settings()) as database:
        yield EmployeeStore(database)


def _print(person: Employee) -> None:
    from kiosk.app.setting_store import load_settings

    zone = load_settings().zone
    rows = table("employee", str(person.id))
    for label, value in (
        ("name", person.full_name),
        ("greeted as", person.called),
        ("personnel number", person.external_id),
        ("e-mail", person.shown_email),
        ("department", person.department),
        ("position", person.position),
        ("active", _yes(person.is_active)),
        ("added", f"{person.created_at.astimezone(zone):%Y-%m-%d %H:%M}"),
        ("changed", f"{person.updated_at.astimezone(zone):%Y-%m-%d %H:%M}"),
    ):
        add_row(rows, label, value)
    out.print(rows)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
