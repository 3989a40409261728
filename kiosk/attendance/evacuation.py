"""Who is in, whatever the date, by department: the list for an evacuation, also while the database is away.

The running kiosk copies the list every minute; beside the copy the journal tells what happened at its door since.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from db import employee_queries
from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import PersonName
from db.session import Database
from kiosk.attendance.plans import planned_rules
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.stays import StayRules, present_stay, stays_of
from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log
from kiosk.domain.case_folding import folded
from kiosk.domain.ports import Clock
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import StorageError

FILE_NAME = "evacuation.json"
COPIED_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class PresentPerson:
    """Somebody who is in.

    Attributes:
        since_at: when they entered, aware UTC.
        door: the kiosk that wrote their latest row.
    """

    employee_id: int
    full_name: str
    department: str | None
    since_at: datetime
    door: str


@dataclass(frozen=True, slots=True)
class EvacuationList:
    """Who is in.

    Attributes:
        people: by department and name.
        as_of: when the database said so, aware UTC.
        is_copy: the database is away; the list is the last copy with what this device's door knows.
    """

    people: tuple[PresentPerson, ...]
    as_of: datetime
    is_copy: bool = False

    def departments(self) -> Iterator[tuple[str, tuple[PresentPerson, ...]]]:
        """Yield each department with its people; "" for people without one, the last."""
        for name, people in groupby(self.people, key=lambda person: person.department or ""):
            yield name, tuple(people)


def evacuation_list(database: Database, rules: StayRules, now: datetime) -> EvacuationList:
    """Return who is in by the database. Raises StorageError."""
    with database.reading() as session:
        names = {person.id: person for person in employee_queries.person_names(session)}
    return _listed(database, rules, now, names)


def copied_list(path: Path, pending: Iterable[AttendanceEvent]) -> EvacuationList:
    """Return the last copy with the entries and exits that the database does not have yet.

    Raises StorageError when there is no copy, or a damaged one.
    """
    try:
        stored = read_own_file(path)
    except OSError as error:
        raise StorageError(f"there is no copy of who is in: {path} cannot be read, {reason_of(error)}") from error
    if stored is None:
        raise StorageError(f"there is no copy of who is in yet, {path}; ask the list of another device")
    digest, _, text = stored.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise StorageError(f"the copy of who is in, {path}, is damaged; ask the list of another device")
    content = json.loads(text)
    people = {p["employee_id"]: PresentPerson(**p | {"since_at": _moment(p["since_at"])}) for p in content["people"]}
    names = {number: (name, department) for number, name, department in content["names"]}
    for event in pending:
        if event.employee_id is None:
            continue
        if not event.event_type.means_present:
            people.pop(event.employee_id, None)
        elif event.employee_id in people:
            people[event.employee_id] = replace(people[event.employee_id], door=event.kiosk_id)
        else:
            name, department = names.get(event.employee_id, (f"employee {event.employee_id}", None))
            person = PresentPerson(event.employee_id, name, department, event.occurred_at, event.kiosk_id)
            people[event.employee_id] = person
    return EvacuationList(tuple(sorted(people.values(), key=_place)), _moment(content["as_of"]), is_copy=True)


class EvacuationCopy:
    """Copies the list to disk, at most once a minute; for one thread at a time."""

    def __init__(self, database: Database, rules: StayRules, path: Path, clock: Clock) -> None:
        self._database = database
        self._rules = rules
        self._path = path
        self._clock = clock
        self._copied_at: float | None = None

    def follow(self) -> None:
        """Copy the list if that is due; a disk that refuses is logged. Raises StorageError."""
        monotonic_s = self._clock.monotonic_s()
        if self._copied_at is not None and monotonic_s - self._copied_at < COPIED_EVERY_S:
            return
        with self._database.reading() as session:
            names = {person.id: person for person in employee_queries.person_names(session)}
        found = _listed(self._database, self._rules, self._clock.now(), names)
        content = {
            "as_of": found.as_of,
            "people": [asdict(person) for person in found.people],
            "names": [(person.id, person.full_name, person.department) for person in names.values()],
        }
        text = json.dumps(content, ensure_ascii=False, default=datetime.isoformat).encode()
        try:
            replace_file(self._path, hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        except OSError as error:
            log(logging.WARNING, "evacuation.copy_failed", reason=reason_of(error))
        self._copied_at = monotonic_s


def _listed(database: Database, rules: StayRules, now: datetime, names: Mapping[int, PersonName]) -> EvacuationList:
    rules = planned_rules(database, rules, now, now)
    found = []
    for employee_id, rows in rows_by_person(DatabaseAttendanceLog(database).history(since=now - rules.reach)).items():
        stay = present_stay(stays_of(rows, rules.of(employee_id), now))
        if stay is not None and stay.entered_at is not None:
            name = names.get(employee_id)
            full_name = name.full_name if name is not None else f"employee {employee_id}"
            department = None if name is None else name.department
            found.append(PresentPerson(employee_id, full_name, department, stay.entered_at, stay.door))
    return EvacuationList(tuple(sorted(found, key=_place)), now)


def _place(person: PresentPerson) -> tuple[bool, str, str, int]:
    return person.department is None, folded(person.department or ""), folded(person.full_name), person.employee_id


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
