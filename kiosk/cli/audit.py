"""kiosk audit: who did what, and whether the log of it is whole."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.cli.console import add_row, err, out, say, table

app = typer.Typer(help="Show the audit log, or find out whether somebody changed it.", no_args_is_help=True)

FAULTS_SHOWN = 20


@app.command()
def show(
    newest: Annotated[int, typer.Option("--newest", min=1, metavar="N", help="The newest so many rows.")] = 100,
    subject: Annotated[str | None, typer.Option(help="Of one subject alone, such as employee:5.")] = None,
) -> None:
    """Show who did what, the oldest first."""
    from db import audit_log
    from kiosk.app.databases import open_database
    from kiosk.config.settings import load_settings

    settings = load_settings()
    with open_database(settings) as database, database.reading() as session:
        entries = audit_log.entries(session, subject, newest)
    if not entries:
        say("The audit log has no such rows.")
        return
    rows = table("id", "at", "who", "did", "to", "details")
    for entry in entries:
        at = f"{entry.at.astimezone(settings.zone):%Y-%m-%d %H:%M:%S}"
        add_row(rows, entry.id, at, entry.actor, entry.action, entry.subject, entry.details)
    out.print(rows)


@app.command()
def verify() -> None:
    """Check every row; exit code 2 when one was changed, removed or cut off."""
    from db.time_limits import LONG_LIMITS
    from kiosk.app.databases import open_database
    from kiosk.app.storage import audit_anchor_path
    from kiosk.config.settings import load_settings
    from kiosk.security import audit_anchor, audit_verification

    settings = load_settings()
    path = audit_anchor_path(settings)
    anchor = audit_anchor.read_anchor(path)
    with open_database(settings, LONG_LIMITS) as database:
        with database.reading() as session:
            verdict = audit_verification.verify(session, anchor)
        for fault in verdict.faults[:FAULTS_SHOWN]:
            err.print(f"• {fault}", markup=False)
        if verdict.faults:
            say(
                f"The audit log is not whole: {len(verdict.faults)} fault(s). Keep a copy of the database and of "
                f"{path} as the proof before anything else; if the database was exchanged on purpose, move that file."
            )
            raise typer.Exit(2)
        audit_anchor.update_anchor(database, path)
    anchored = "" if anchor is None else f", the first {anchor.row_count} of them as this device remembers them"
    say(f"The audit log is whole: {verdict.head.row_count} rows{anchored}.")
