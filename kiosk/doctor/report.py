"""The report for whoever helps from afar: findings, settings, readings and errors, without names and faces."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import distributions
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from kiosk.capture.v4l2 import list_cameras
from kiosk.core.files import flush, free_path, read_own_file
from kiosk.core.recent_errors import LoggedError
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.examination import examine
from kiosk.errors import StorageError
from kiosk.monitoring.machine_readings import MachineReadings

README = """\
A report of a face attendance kiosk, for whoever helps.

doctor.json    what `kiosk doctor` finds
settings.txt   the settings; of texts and paths only whether they are set
status.json    what the running kiosk says of itself
machine.json   versions, memory, temperature, disk, cameras
errors.txt     the last warnings and errors of the log since the kiosk started

There are no names, pictures, templates, passwords and entries in it; people appear as numbers alone.
"""


def write_report(
    folder: Path,
    made_at: datetime,
    *,
    device: ExaminedDevice,
    settings: Iterable[str],
    machine: MachineReadings,
    errors: Iterable[LoggedError],
) -> Path:
    """Write the report into a new file of a folder; return it once it is on the disk. Raises StorageError.

    settings: a line each, without texts that may be names or secrets.
    """
    findings = [asdict(finding) for finding in examine(device)]
    parts = {
        "README.txt": README,
        "doctor.json": json.dumps(findings, ensure_ascii=False, indent=1),
        "settings.txt": "\n".join(settings),
        "status.json": (_status(device.status_path) or b"").decode(errors="replace"),
        "machine.json": json.dumps(_machine(machine), ensure_ascii=False, indent=1, default=str),
        "errors.txt": "\n".join(map(_error_line, errors)),
    }
    path = free_path(folder / f"kiosk-report-{made_at:%Y-%m-%d-%H%M}.zip")
    try:
        with ZipFile(path, "x", ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                # A user's folder may be called by their name.
                archive.writestr(name, text.replace(str(Path.home()), "~"))
        flush(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StorageError(f"{path} cannot be written: {error.strerror}; choose another folder") from error
    return path


def _status(path: Path) -> bytes | None:
    try:
        return read_own_file(path)
    except OSError:
        return None


def _machine(machine: MachineReadings) -> dict[str, object]:
    return {
        "python": sys.version,
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "readings": asdict(machine),
        "cameras": [asdict(camera) for camera in list_cameras()],
        "packages": dict(sorted((found.name, found.version) for found in distributions())),
    }


def _error_line(error: LoggedError) -> str:
    trace_id = "" if error.trace_id is None else f" trace_id={error.trace_id}"
    return f"{error.at:%Y-%m-%dT%H:%M:%SZ} {error.event}{trace_id} {error.fields}".rstrip()
