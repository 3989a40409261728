"""`kiosk doctor`: is everything as it must be?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One array of findings on standard output.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write a report without names and faces there, for whoever helps."),
    ] = None,
) -> None:
    """Check data directory, disk, permissions, models, database, tables, name, texts, templates, threshold,
    what the door has measured, journal, the running kiosk, watchdog, camera, clock, the last purge and the last backup.
    Nothing is changed.

    Exit code 0 when all is well or only warnings were found, 2 when something must be mended before the kiosk can run.
    """
    from kiosk.app.doctor import build_examined_device
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import add_row, out, table
    from kiosk.doctor.examination import examine
    from kiosk.doctor.findings import Level

    settings = load_settings()
    if report is not None:
        from kiosk.app.doctor import write_device_report

        out.print(str(write_device_report(settings, report)), markup=False, highlight=False, soft_wrap=True)
        return
    findings = list(examine(build_examined_device(settings)))
    if as_json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n")
    else:
        rows = table("", "subject", "finding")
        for finding in findings:
            step = f"\n→ {finding.next_step}" if finding.next_step else ""
            add_row(rows, finding.level, finding.subject, finding.sentence + step)
        out.print(rows)
    if any(finding.level is Level.FAILED for finding in findings):
        raise typer.Exit(2)
