"""kiosk months: closing a month's timesheet, and opening it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table

if TYPE_CHECKING:
    from kiosk.attendance.closed_months import ClosedMonths

app = typer.Typer(help="Close a month's timesheet by name, open it again, list closed ones.", no_args_is_help=True)

Month = Annotated[datetime, typer.Argument(formats=["%Y-%m"], metavar="YYYY-MM", help="The month, such as 2026-11.")]
Name = Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for it; kept in the audit log.")]


@app.command()
def close(month: Month, by: Name) -> None:
    """Close a month: from then on nothing in it is corrected, and `kiosk audit verify` tells if a row was changed.

    A stay belongs to the office day on which it began: the exit of a night shift that ends on the first of a month is
    in the month before.
    """
    with _months() as months:
        closed = months.close(month.date(), by)
    say(f"{closed.name} is closed with {closed.digest.row_count} entries, exits and corrections.")


@app.command()
def reopen(
    month: Month,
    by: Name,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why; kept in the audit log.")],
) -> None:
    """Open a closed month again, so that it can be corrected."""
    with _months() as months:
        months.reopen(month.date(), by, reason)
    say(f"{month:%Y-%m} is open again; close it when it is corrected: kiosk months close {month:%Y-%m} --by NAME")


@app.command("list")
def list_months() -> None:
    """List the closed months: by whom, since when, and the digest of what they were closed with.

    Entries and exits that a door's journal delivered afterwards are named: they are kept, and count in the hours. Open
    the month again to void them, or close it anew with them.
    """
    with _months() as months:
        listed, late = months.with_late_events(), months.notices()
    if not listed:
        say("No month is closed.")
        return
    rows = table("month", "closed by", "at", "rows", "late", "SHA-256")
    for closed, events in listed:
        at = f"{closed.closed_at:%Y-%m-%d %H:%M} UTC"
        add_row(rows, closed.name, closed.closed_by, at, closed.digest.row_count, len(events), closed.digest.sha256)
    out.print(rows)
    for sentence in late:
        say(f"• {sentence}.")


@contextmanager
def _months() -> Iterator[ClosedMonths]:
    from db.time_limits import LONG_LIMITS
    from kiosk.app.attendance import build_closed_months
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings

    settings = load_settings()
    with open_database(settings, LONG_LIMITS) as database:
        yield build_closed_months(settings, database)
