"""Keeps what people are planned to work in memory at the door, and on disk for a start while the database is away.

The file is one line with the SHA-256 of the rest, which is JSON. A file that does not match is not used.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from db.departments import Departments, FormerDepartment
from db.schedules import Assignment, StoredSchedule
from db.session import Database
from kiosk.attendance.plans import MARGIN, Plans, load_plans
from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, StorageError

FILE_NAME = "schedules.json"


class PlanSync:
    """For one thread at a time.

    Args:
        database: of the office.
        zone: the office's.
        copy_path: file of the copy.
        on_change: is called with the plans when they are not what they were.
        clock: whose day it is.
    """

    def __init__(
        self, database: Database, zone: ZoneInfo, copy_path: Path, on_change: Callable[[Plans], None], clock: Clock
    ) -> None:
        self._database = database
        self._zone = zone
        self._copy_path = copy_path
        self._on_change = on_change
        self._clock = clock
        self._known: Plans | None = None

    def load(self) -> None:
        """Load the plans from the database, or from the copy when the database is away; for the start."""
        try:
            self.follow()
        except (StorageError, ConfigurationError):
            copied = _read(self._copy_path, self._zone)
            if copied is not None:
                self._on_change(copied)

    def follow(self) -> None:
        """Load the plans, and tell when they have changed. Raises StorageError, ConfigurationError."""
        today = self._clock.now().astimezone(self._zone).date()
        plans = load_plans(self._database, self._zone, since=today - MARGIN)
        if self._known is not None and self._known.is_same(plans):
            return
        self._known = plans
        self._on_change(plans)
        try:
            replace_file(self._copy_path, _written(plans))
        except OSError as error:
            log(logging.WARNING, "schedules.copy_failed", reason=reason_of(error))


def _written(plans: Plans) -> bytes:
    content = {
        "schedules": [asdict(stored) for stored in plans.stored],
        "assignments": [asdict(assignment) for assignment in plans.assignments],
        "departments": list(plans.departments.present.items()),
        "former_departments": [
            (number, one.department, one.until_at.isoformat())
            for number, of_one in plans.departments.former.items()
            for one in of_one
        ],
    }
    text = json.dumps(content, ensure_ascii=False, default=date.isoformat).encode()
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _read(path: Path, zone: ZoneInfo) -> Plans | None:
    try:
        stored = read_own_file(path)
    except OSError as error:
        log(logging.WARNING, "schedules.copy_ignored", reason=reason_of(error))
        return None
    if stored is None:
        return None
    digest, _, text = stored.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        log(logging.WARNING, "schedules.copy_ignored", reason="damaged")
        return None
    content = json.loads(text)
    former: dict[int, list[FormerDepartment]] = defaultdict(list)
    for number, department, until_at in content.get("former_departments", ()):
        former[number].append(FormerDepartment(department, datetime.fromisoformat(until_at)))
    return Plans(
        [StoredSchedule(**_with_dates(fields, "starts_on")) for fields in content["schedules"]],
        [Assignment(**_with_dates(fields, "valid_from", "valid_until")) for fields in content["assignments"]],
        Departments(dict(content["departments"]), former),
        zone,
    )


def _with_dates(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return fields | {name: date.fromisoformat(fields[name]) for name in names if fields[name] is not None}
