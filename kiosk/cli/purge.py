"""`kiosk purge`: delete now what the night would delete."""

from __future__ import annotations

from typing import Annotated

import typer


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    trust_clock: Annotated[
        bool, typer.Option("--trust-clock", help="The clock is right, although it has just jumped.")
    ] = False,
) -> None:
    """Delete snapshots, photographs and templates that have been kept as long as they may be.

    Exit code 2 when something could not be deleted; it is named, and the rest is gone.
    """
    from db.secure_delete import scrub
    from db.time_limits import LONG_LIMITS
    from kiosk.app.databases import open_database
    from kiosk.app.housekeeping import build_clock_watch, build_purge
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import say
    from kiosk.core.logger import configure

    settings = load_settings()
    configure("WARNING")
    with open_database(settings, LONG_LIMITS) as database:
        job = build_purge(settings, database, build_clock_watch(settings), lambda: False)
        report = job.run(dry_run, trust_clock)
        remains = () if dry_run else scrub(database)
    say(
        f"{'Would be deleted' if dry_run else 'Deleted'}: {report.snapshots} snapshot(s), {report.photographs} "
        f"temporary photograph(s), the templates of {len(report.people)} inactive employee(s)."
    )
    for sentence in remains:
        say(f"• What remains: {sentence}.")
    for fault in report.faults:
        say(f"• Not done: {fault}.")
    if report.faults:
        raise typer.Exit(2)
