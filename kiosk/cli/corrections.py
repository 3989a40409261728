"""kiosk corrections: mending entries and exits."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from kiosk.cli.attendance import LogFormat, local_since, local_until
from kiosk.cli.console import add_row, err, out, say, table
from kiosk.core.csv_writer import Cell, csv_bytes
from kiosk.domain.event_type import EventType

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from db.correction_queries import CorrectedRow
    from db.session import Database
    from kiosk.attendance.corrections import Corrected, Corrections
    from kiosk.config.settings import Settings

app = typer.Typer(
    help="Add, void, change, assign and undo entries and exits; what was registered stays in the log.\n\n"
    'A forgotten exit: kiosk corrections add 17 exit 2026-11-27T18:00 --reason "forgot to look up"',
    no_args_is_help=True,
)

FIELDS = ("correction", "part_of", "undoes", "at", "action", "author", "reason", "trace_id", "employee_id", "timestamp",
    "event_type", "original_trace_id", "original_timestamp", "original_event_type", "original_employee_id")  # fmt: skip


def _time(text: str) -> datetime:
    for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        with suppress(ValueError):
            return datetime.strptime(text, form)  # noqa: DTZ007  the office's zone is put to it afterwards
    raise typer.BadParameter(f"{text!r} is no time; write it like 2026-11-27T18:00")


Reason = Annotated[str, typer.Option(metavar="WHY", help="Why; it stays with the correction.")]
Event = Annotated[UUID, typer.Argument(metavar="TRACE_ID", help="The event's trace id, from kiosk log --format csv.")]
Person = Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Whose: id, personnel number or e-mail address.")]
Time = Annotated[datetime, typer.Argument(parser=_time, metavar="TIME", help="Local time, such as 2026-11-27T18:00.")]


@app.command()
def add(employee: Person, event_type: EventType, at: Time, reason: Reason) -> None:
    """Add an entry or exit that nobody registered, such as a forgotten exit."""
    with _corrections() as (corrections, database, settings, author):
        moment = at.replace(tzinfo=settings.zone)
        _say(corrections.add(_person(database, employee), event_type, moment, author, reason), settings.zone)


@app.command()
def void(event: Event, reason: Reason) -> None:
    """Say that an entry or exit does not count; it stays in the log, marked."""
    with _corrections() as (corrections, _, settings, author):
        _say(corrections.void(event, author, reason), settings.zone, "does not count any more")


@app.command()
def change(
    event: Event,
    reason: Reason,
    at: Annotated[
        datetime | None, typer.Option(parser=_time, metavar="TIME", help="The right local time: 2026-11-27T18:00.")
    ] = None,
    event_type: Annotated[EventType | None, typer.Option("--type", help="The right type.")] = None,
    exit_reason: Annotated[
        str | None, typer.Option(metavar="CODE", help="Why the person left: a code of KIOSK_EXIT_REASONS.")
    ] = None,
) -> None:
    """Change the time or type of an entry or exit, or the reason of an exit."""
    from kiosk.attendance.corrections import EventChanges

    with _corrections() as (corrections, _, settings, author):
        moment = None if at is None else at.replace(tzinfo=settings.zone)
        changes = EventChanges(at=moment, event_type=event_type, exit_reason=exit_reason)
        _say(corrections.change(event, changes, author, reason), settings.zone)


@app.command()
def assign(event: Event, employee: Person, reason: Reason) -> None:
    """Say whose an entry or exit was: of an unknown visitor, or of somebody else than the kiosk believed."""
    from kiosk.attendance.corrections import EventChanges

    with _corrections() as (corrections, database, settings, author):
        changes = EventChanges(employee_id=_person(database, employee))
        _say(corrections.change(event, changes, author, reason), settings.zone)


@app.command()
def undo(
    correction: Annotated[int, typer.Argument(metavar="NUMBER", help="From kiosk corrections list.")], reason: Reason
) -> None:
    """Undo a correction, so that what counted before counts again; that can be undone as well."""
    with _corrections() as (corrections, _, settings, author):
        done = corrections.undo(correction, author, reason)
        _say(done, settings.zone)


@app.command("list")
def list_corrections(
    since: Annotated[
        datetime | None, typer.Option(parser=local_since, metavar="DAY|TIME", help="Events from then on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(parser=local_until, metavar="DAY|TIME", help="Up to a time, or to a day's end.")
    ] = None,
    employee: Annotated[str | None, typer.Option(help="Only this person: id, personnel number or e-mail.")] = None,
    output: Annotated[LogFormat, typer.Option("--format", help="How the rows are printed.")] = LogFormat.TABLE,
) -> None:
    """List corrections, the earliest first, each beside its event and what was registered."""
    with _corrections() as (corrections, database, settings, _):
        zone = settings.zone
        from_at, to_at = (None if at is None else at.replace(tzinfo=zone) for at in (since, until))
        listed = corrections.listed(from_at, to_at, None if employee is None else _person(database, employee))
    records = [_record(row, zone) for row in listed]
    if output is LogFormat.JSON:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif output is LogFormat.CSV:
        sys.stdout.flush()
        sys.stdout.buffer.write(csv_bytes(FIELDS, (list(record.values()) for record in records)))
    elif not records:
        say("Nothing was corrected.")
    else:
        _print_table(records)


def _print_table(records: list[dict[str, Cell]]) -> None:
    rows = table("number", "action", "event", "of", "time", "was", "by", "reason")
    for row in records:
        number = row["correction"] if row["part_of"] is None else f"{row['part_of']}+"
        action = row["action"] if row["undoes"] is None else f"undoes {row['undoes']}"
        was = None if row["original_timestamp"] is None else str(row["original_timestamp"])[:16]
        shown = (number, action, row["event_type"], row["employee_id"], str(row["timestamp"])[:16], was)
        add_row(rows, *shown, row["author"], row["reason"])
    out.print(rows)


def _record(row: CorrectedRow, zone: ZoneInfo) -> dict[str, Cell]:
    made, event, original = row.correction, row.row, row.correction.original

    def local(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat(timespec="seconds")

    values: tuple[Cell, ...] = (
        made.id, made.part_of, made.undoes, local(made.at), made.action.value, made.author, made.reason,
        str(event.trace_id), event.employee_id, local(event.timestamp), event.event_type.value,
        *((None,) * 4 if original is None else (
            str(original.trace_id), local(original.timestamp), original.event_type.value, original.employee_id)),
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _say(corrected: Corrected, zone: ZoneInfo, what: str = "counts now") -> None:
    for warning in corrected.warnings:
        err.print(f"Note: {warning}.", markup=False)
    if corrected.event is None:
        say(f"It is undone, by correction {corrected.correction_id}.")
        return
    event = corrected.event
    at = f"{event.occurred_at.astimezone(zone):%Y-%m-%d %H:%M}"
    undo_with = f"kiosk corrections undo {corrected.correction_id} --reason WHY"
    say(f"Correction {corrected.correction_id}: the {event.event_type} of {at} {what}; to undo it: {undo_with}")
    out.print(str(event.trace_id), markup=False, highlight=False)


def _person(database: Database, reference: str) -> int:
    from kiosk.employees.store import EmployeeStore

    return EmployeeStore(database).resolve(reference).id


@contextmanager
def _corrections() -> Iterator[tuple[Corrections, Database, Settings, str]]:
    from kiosk.app.attendance import build_corrections
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.core.context import current_actor

    settings = load_settings()
    with open_database(settings) as database:
        yield build_corrections(settings, database), database, settings, current_actor()
