"""Schedules from a CSV file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from db.schedules import StoredSchedule
from kiosk.attendance.schedule_store import CheckedSchedule, check_schedule
from kiosk.errors import InvalidInput

COLUMNS = ("name", "plan", "starts", "grace", "rounding", "overtime_factor")


def read_schedules(path: Path) -> tuple[CheckedSchedule, ...]:
    """Return the schedules of a CSV file with the headings COLUMNS, of which name and plan are needed.

    Raises InvalidInput naming the line that is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = {"name", "plan"} - set(reader.fieldnames or ())
            unknown = set(reader.fieldnames or ()) - set(COLUMNS)
            if missing or unknown:
                raise InvalidInput(f"{path}: the first line has to be {','.join(COLUMNS)}; name and plan are needed")
            return tuple(_row(row, reader.line_num, path) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path} cannot be read as CSV in UTF-8: {error}") from error


def _row(row: dict[str, str | None], line: int, path: Path) -> CheckedSchedule:
    try:
        starts = row.get("starts") or None
        stored = StoredSchedule(
            (row["name"] or "").strip(),
            (row["plan"] or "").strip(),
            date.fromisoformat(starts) if starts else date(2024, 1, 1),
            int(row.get("grace") or 0),
            int(row.get("rounding") or 1),
            float(row.get("overtime_factor") or 1),
        )
        check_schedule(checked := CheckedSchedule(stored, starts is not None))
    except (ValueError, InvalidInput) as error:
        raise InvalidInput(f"{path}, line {line}: {error}") from error
    return checked
