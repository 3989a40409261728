"""kiosk audit: who did what, and whether the log of it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.console import add_row, err, out, say, table

app = typer.Typer(
    help="Show the audit log, or find out whether somebody changed it or the attendance.", no_args_is_help=True
)

FAULTS_SHOWN = 20


@app.command()
def show(
    newest: Annotated[int, typer.Option("--newest", min=1, metavar="N", help="The newest so many rows.")] = 100,
    subject: Annotated[str | None, typer.Option(help="Of one subject alone, such as employee:5.")] = None,
) -> None:
    """Show who did what, the oldest first."""
    from db import audit_log
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings

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
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="A head that was kept elsewhere, as `kiosk audit head`, its QR code, the system's journal or a backup "
            "says it; may be given several times.",
        ),
    ] = None,
) -> None:
    """Check audit log, attendance and closed months; exit code 2 when a row was changed, removed or put in by hand.

    Events that are not what was recorded are named by their trace ids.
    """
    from db.time_limits import LONG_LIMITS
    from db.trigger_definitions import MEND, trigger_faults
    from kiosk.app.attendance import build_closed_months
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.app.storage import build_audit_anchor
    from kiosk.errors import StorageError
    from kiosk.security.attendance_verification import verify_attendance
    from kiosk.security.audit_heads import read_head
    from kiosk.security.audit_verification import KnownHead, verify

    kept = [KnownHead("the head that you gave", read_head(text)) for text in head or ()]
    settings = load_settings()
    anchor = build_audit_anchor(settings)
    try:
        anchored = anchor.read()
    except StorageError:
        anchored = None  # anchor.fault says it
    with open_database(settings, LONG_LIMITS) as database:
        known = [] if anchored is None else [KnownHead("the anchor in the data directory", anchored)]
        with database.reading() as session:
            verdict, attendance = verify(session, [*known, *kept]), verify_attendance(session)
            triggers = [f"{fault.sentence}; {MEND}" for fault in trigger_faults(session)]
        anchor_fault = anchor.fault(verdict.head)
        months = build_closed_months(settings, database)
        changed, late = months.faults(), months.notices()
    faults = [*verdict.faults, *([anchor_fault] if anchor_fault else []), *changed, *attendance.faults, *triggers]
    for sentence in faults[:FAULTS_SHOWN]:
        err.print(f"• {sentence}", markup=False)
    count = len(faults) - len(attendance.faults) + attendance.fault_count
    if count > FAULTS_SHOWN:
        say(f"• … and {count - FAULTS_SHOWN} more.")
    for sentence in (*attendance.notices, *late[:FAULTS_SHOWN]):
        say(f"• To know: {sentence}.")
    if faults:
        say(
            f"Not whole: {count} fault(s). Keep a copy of the database and of {anchor.path} as the proof before "
            "anything else. Once you know why: `kiosk restore` brings a backup back, or `kiosk audit accept` lets "
            "things stand as they are, and the audit log says so."
        )
        raise typer.Exit(2)
    remembered = "" if anchored is None else f", the first {anchored.row_count} of them as this device remembers them"
    say(f"The audit log is whole: {verdict.head.row_count} rows{remembered}.")
    if kept:
        say("It goes on from the head(s) that you gave.")
    say(
        f"The attendance is as it was recorded: {attendance.changes} changes, {attendance.digested} of them in the "
        "audit log; the others follow at night."
    )


@app.command()
def head(
    qr: Annotated[bool, typer.Option("--qr", help="As a QR code: in the terminal, or in FILE.")] = False,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="With --qr: a new .png or .svg file.")] = None,
) -> None:
    """Print how far the audit log has come, to be kept where nobody who owns this database can change it.

    The attendance's changes until now are carried into the log first. What is printed, `kiosk audit verify --head`
    takes later, and tells whether anything of it was written anew since.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.app.storage import build_audit_anchor
    from kiosk.cli.qr_code import draw_qr_code
    from kiosk.errors import ConfigurationError
    from kiosk.jobs.attendance_digest import digest_attendance, log_head
    from kiosk.security.audit_heads import write_head

    if file is not None and not qr:
        raise ConfigurationError(f"{file}: a file is written with --qr alone")
    settings = load_settings()
    with open_database(settings) as database:
        digest_attendance(database)
        text = write_head(log_head(database))
        build_audit_anchor(settings).update(database)
    if qr:
        draw_qr_code(text, file)
    out.print(text, highlight=False, soft_wrap=True)


@app.command()
def accept(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the audit log; no names.")],
) -> None:
    """Let things stand as they are, once you know why `kiosk audit verify` finds faults; the audit log says who did.

    Events that are not what was recorded count as changed by you, and the anchor is written anew. Rows of the audit
    log itself that were changed or removed stay faults.
    """
    from db.time_limits import LONG_LIMITS
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.app.storage import build_audit_anchor
    from kiosk.security.audit_acceptance import accept

    settings = load_settings()
    with open_database(settings, LONG_LIMITS) as database:
        events = accept(database, build_audit_anchor(settings), reason)
    say(f"Accepted; {events} event(s) were not what had been recorded. `kiosk audit verify` tells what remains.")
