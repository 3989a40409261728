"""Checks what became of the last nightly pull from a directory."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.employees.pull_report import FILE_NAME, read_report

NEXT_STEP = "run: kiosk employees pull FILE, which changes nothing without --apply"


def directory(device: ExaminedDevice) -> Iterator[Finding]:
    """Say nothing where no directory is asked."""
    report = read_report(device.data_dir / FILE_NAME)
    if report is None:
        return
    if report.failure is not None:
        yield Finding("directory", Level.WARNING, f"last night nobody was changed: {report.failure}", NEXT_STEP)
        return
    sentence = (
        f"last night {report.changed} people were changed, {report.refused} could not be taken, and {report.missing} "
        "are not in the directory any more and were left as they are"
    )
    yield Finding("directory", Level.WARNING if report.refused else Level.OK, sentence, NEXT_STEP)
