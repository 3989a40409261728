"""`kiosk log` and `kiosk present`: what was written down, and who is in."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.core.csv_writer import Cell, csv_chunks
from kiosk.core.json_writer import json_chunks

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.config.settings import Settings
    from kiosk.domain.attendance_log import LogEntry


class LogFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


DAY, TIMES = "%Y-%m-%d", ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")

YEARS = range(1900, 3000)  # of which a day can be counted on, and its time turned into that of any zone


def local_since(text: str) -> datetime:
    """Return a local day's beginning, or a local time."""
    for form in (DAY, *TIMES):
        with suppress(ValueError):
            moment = datetime.strptime(text, form)  # noqa: DTZ007  the office's zone is put to it afterwards
            if moment.year in YEARS:
                return moment
    raise typer.BadParameter(f"{text!r} is no day or time; write it like 2026-11-27 or 2026-11-27T18:00")


def local_until(text: str) -> datetime:
    """Return the end of a local day, or a local time."""
    with suppress(ValueError):
        datetime.strptime(text, DAY)  # noqa: DTZ007
        return local_since(text) + timedelta(days=1)
    return local_since(text)


ROWS_PER_TABLE = 1000
FIELDS = (
    "trace_id", "timestamp", "event_type", "employee_id", "full_name", "confidence", "method", "kiosk_id", "voided",
    "photo_path", "reason", "corrected_by", "correction_reason", "is_automatic",
)  # fmt: skip


def log(
    since: Annotated[
        datetime | None, typer.Option(parser=local_since, metavar="DAY|TIME", help="From this local day or time on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(parser=local_until, metavar="DAY|TIME", help="Up to a time, or to a day's end.")
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="Only this person: id, personnel number or e-mail address.")
    ] = None,
    output: Annotated[LogFormat, typer.Option("--format", help="How the rows are printed.")] = LogFormat.TABLE,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="Only rows that somebody corrected, with who did and why.")
    ] = False,
) -> None:
    """Show the attendance log, the oldest row first; times are the office's, in JSON and CSV with their offset."""
    from db.attendance_log import DatabaseAttendanceLog
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.store import EmployeeStore

    if since is not None and until is not None and until <= since:
        raise typer.BadParameter("the span ends before it begins; give --since the earlier day or time")
    settings = load_settings()
    with open_database(settings) as database:
        employee_id = EmployeeStore(database).resolve(employee).id if employee else None
        span = _local(since, settings.zone), _local(until, settings.zone)
        with closing(DatabaseAttendanceLog(database).read_all(*span, employee_id)) as entries:
            wanted = (entry for entry in entries if entry.corrections) if corrections else entries
            _print(wanted, output, settings.zone, with_authors=corrections)


def present(
    evacuation: Annotated[
        bool, typer.Option("--evacuation", help="By department, to be printed; also while the database is away.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the evacuation list to a new .txt or .pdf.")
    ] = None,
) -> None:
    """Show who is in: the people who have entered and not left, also since before midnight."""
    if evacuation or output is not None:
        _evacuate(output)
    else:
        _show_present()


def _evacuate(output: Path | None) -> None:
    from kiosk.app.attendance import read_evacuation_list
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.evacuation_export import lines_of, write_pdf, write_text
    from kiosk.cli.console import out, say
    from kiosk.domain.office_language import OfficeLanguage
    from kiosk.errors import InvalidInput, StorageError

    writers = {".pdf": write_pdf, ".txt": write_text}
    if output is not None and output.suffix.lower() not in writers:
        raise InvalidInput(f"{output}: the list is written as .txt or .pdf")
    if output is not None and output.exists():
        raise InvalidInput(f"{output} is there already; choose another name, or move it away")
    settings = load_settings()
    found, language = read_evacuation_list(settings), OfficeLanguage(settings.language)
    if output is None:
        for _, line in lines_of(found, settings.zone, language):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
        return
    try:
        writers[output.suffix.lower()](found, settings.zone, language, output)
    except OSError as error:
        raise StorageError(f"{output} cannot be written: {error.strerror or error}") from error
    say(f"{output} is written{', from the last copy: the database is away' if found.is_copy else ''}.")


def _show_present() -> None:
    from db.attendance_log import DatabaseAttendanceLog
    from kiosk.app.attendance_config import build_stay_rules
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.plans import planned_rules
    from kiosk.attendance.presence import present_entries
    from kiosk.cli.console import add_row, out, say, table

    settings = load_settings()
    now = datetime.now(settings.zone)
    with open_database(settings) as database:
        rules = planned_rules(database, build_stay_rules(settings), now, now)
        rows = DatabaseAttendanceLog(database).history(since=now - rules.reach)
    people = present_entries(rows, rules, now)
    if not people:
        say("Nobody is in.")
        return
    shown = table("in since", "name", "employee", "door")
    for entry in people:
        since = f"{entry.timestamp.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        add_row(shown, since, entry.full_name, entry.employee_id, entry.kiosk_id)
    out.print(shown)


def show(settings: Settings, kiosk_id: str) -> None:
    """Print what one device has written, as a table."""
    from db.attendance_log import DatabaseAttendanceLog
    from kiosk.app.databases import open_database

    with open_database(settings) as database:
        entries = DatabaseAttendanceLog(database).read_all()
        _print_table((entry for entry in entries if entry.kiosk_id == kiosk_id), settings.zone)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment is not None else None


def _record(entry: LogEntry, zone: ZoneInfo) -> dict[str, Cell]:
    record: dict[str, Cell] = {name: getattr(entry, name) for name in FIELDS}
    return record | {
        "trace_id": str(entry.trace_id),
        "timestamp": entry.timestamp.astimezone(zone).isoformat(timespec="milliseconds"),
    }


def _print(entries: Iterator[LogEntry], output: LogFormat, zone: ZoneInfo, *, with_authors: bool) -> None:
    if output is LogFormat.TABLE:
        _print_table(entries, zone, with_authors=with_authors)
        return
    records = (_record(entry, zone) for entry in entries)
    is_csv = output is LogFormat.CSV
    pieces = csv_chunks(FIELDS, (list(record.values()) for record in records)) if is_csv else json_chunks(records)
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    if not is_csv:
        sys.stdout.buffer.write(b"\n")


def _print_table(entries: Iterable[LogEntry], zone: ZoneInfo, *, with_authors: bool = False) -> None:
    """Print a table for each ROWS_PER_TABLE entries: the width of a column needs all of its rows in memory."""
    from kiosk.cli.console import add_row, out, say, table

    rest, is_empty = iter(entries), True
    while page := tuple(islice(rest, ROWS_PER_TABLE)):
        is_empty = False
        authors = ("corrected by", "why") if with_authors else ()
        rows = table("time", "event", "reason", "person", "similarity", "by", "door", *authors)
        for entry in page:
            add_row(
                rows,
                f"{entry.timestamp.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                f"{entry.event_type}{_mark(entry)}",
                entry.reason,
                entry.full_name or "unknown visitor",
                None if entry.confidence is None else f"{entry.confidence:.2f}",
                entry.method,
                entry.kiosk_id,
                *((entry.corrected_by, entry.correction_reason) if with_authors else ()),
            )
        out.print(rows)
    if is_empty:
        say("The log has no rows for this.")


def _mark(entry: LogEntry) -> str:
    if entry.voided:
        return " (void)"
    return " (automatic)" if entry.is_automatic else ""
