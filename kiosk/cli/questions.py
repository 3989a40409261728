"""`kiosk questions`: what somebody has to say before hours are right, and answers to what employees ask for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from kiosk.cli.attendance import LogFormat
from kiosk.cli.console import add_row, out, say, table
from kiosk.core.csv_writer import Cell, csv_bytes

if TYPE_CHECKING:
    from db.session import Database
    from kiosk.attendance.questions import OpenQuestion, Questions
    from kiosk.config.settings import Settings
    from kiosk.domain.correction_requests import CorrectionRequest

app = typer.Typer(
    help="List missing entries and exits, breaks that nobody punched, and what employees ask to have corrected.\n\n"
    "Without a month, of this month and the one before. For a missing exit you see when a door saw the person last, "
    "and when their shift ended; `kiosk corrections` mends it.",
    invoke_without_command=True,
)

FIELDS = ("question", "day", "employee_id", "full_name", "came", "left", "last_seen", "door", "shift", "trace_id")
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The request's number, from kiosk questions.")]
Why = Annotated[str, typer.Option("--reason", metavar="WHY", help="Why; the person who asked is told it.")]


@app.callback()
def questions(
    context: typer.Context,
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="The month, such as 2026-11.")
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="Only this person: id, personnel number or e-mail address.")
    ] = None,
    output: Annotated[LogFormat, typer.Option("--format", help="How the questions are printed.")] = LogFormat.TABLE,
) -> None:
    if context.invoked_subcommand is not None:
        return
    with _questions() as (asked, database, settings):
        employee_id = _person(database, employee) if employee else None
        first, last = _days(month, datetime.now(settings.zone).date())
        found = asked.open_questions(first, last, employee_id)
        requests = asked.requests(employee_id)
    if output is LogFormat.TABLE:
        _print(found, requests, settings.zone)
        return
    records = [_record(one, settings.zone) for one in found]
    if output is LogFormat.JSON:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(csv_bytes(FIELDS, (list(record.values()) for record in records)))


@app.command()
def accept(request: Number, reason: Why) -> None:
    """Accept what an employee asked for; the entry or exit itself is mended by `kiosk corrections`."""
    from kiosk.domain.correction_requests import RequestOutcome

    with _questions() as (asked, _, _settings):
        answered = asked.answer(request, RequestOutcome.ACCEPTED, reason)
    say(f"Request {request} of employee {answered.employee_id} for {answered.day} is accepted.")


@app.command()
def refuse(request: Number, reason: Why) -> None:
    """Refuse what an employee asked for."""
    from kiosk.domain.correction_requests import RequestOutcome

    with _questions() as (asked, _, _settings):
        answered = asked.answer(request, RequestOutcome.REFUSED, reason)
    say(f"Request {request} of employee {answered.employee_id} for {answered.day} is refused.")


def _days(month: datetime | None, today: date) -> tuple[date, date]:
    from kiosk.attendance.timesheet import month_of

    if month is not None:
        return month_of(month.date())
    before = today.replace(day=1) - timedelta(days=1)
    return before.replace(day=1), today


def _print(found: Sequence[OpenQuestion], requests: Sequence[CorrectionRequest], zone: ZoneInfo) -> None:
    stays = table("question", "employee", "name", "came", "left", "last seen", "door", "shift")
    for one in found:
        record = _record(one, zone)
        shown = (record["came"], record["left"], record["last_seen"], record["door"], record["shift"])
        add_row(stays, one.doubt.replace("_", " "), one.employee_id, one.full_name, *shown)
    words = table("request", "employee", "day", "what", "in their words", "asked")
    for request in requests:
        asked = f"{request.asked_at.astimezone(zone):%Y-%m-%d %H:%M}"
        kind = request.kind.replace("_", " ")
        add_row(words, request.id, request.employee_id, request.day, kind, request.text, asked)
    for filled in (stays, words):
        if filled.row_count:
            out.print(filled)
    if not (stays.row_count or words.row_count):
        say("There is nothing to ask.")


def _record(one: OpenQuestion, zone: ZoneInfo) -> dict[str, Cell]:
    def local(moment: datetime | None) -> str | None:
        return None if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    seen_at, door = (None, None) if one.proposal is None else (one.proposal.seen_at, one.proposal.kiosk_id)
    values: tuple[Cell, ...] = (
        one.doubt.value, one.day.isoformat(), one.employee_id, one.full_name, local(one.entered_at),
        local(one.left_at), local(seen_at), door, local(one.planned_at), str(one.trace_id),
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _person(database: Database, reference: str) -> int:
    from kiosk.employees.store import EmployeeStore

    return EmployeeStore(database).resolve(reference).id


@contextmanager
def _questions() -> Iterator[tuple[Questions, Database, Settings]]:
    from kiosk.app.attendance import build_questions
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings

    settings = load_settings()
    with open_database(settings) as database:
        yield build_questions(settings, database), database, settings
