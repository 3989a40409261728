"""Writing the made-up office into a database, and taking it out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from db.attendance import DatabaseAttendanceLog
from db.consents import record_consent
from db.session import Database
from db.templates import add_templates, delete_templates
from kiosk.demo import fake_office
from kiosk.demo.fake_office import Month
from kiosk.domain.types import Embedding
from kiosk.employees.crud import Filter
from kiosk.employees.schemas import Employee
from kiosk.employees.store import EmployeeStore

BATCH = 1000
CONSENT = "none: made-up person"


@dataclass(frozen=True, slots=True)
class SeededData:
    """How many people the office has, and how many events are new."""

    people: int
    events: int


def seed(
    database: Database, count: int, month: Month, templates: Sequence[Embedding], progress: Callable[[int, int], None]
) -> SeededData:
    """Add people who are not there yet, and their events; templates: one a person, or none at all."""
    store, log = EmployeeStore(database), DatabaseAttendanceLog(database)
    people = [store.get_by_email(person.email) or store.create(person) for person in fake_office.people(count)]
    for person in people:
        if not person.is_active:
            store.restore(person.id)
    for person, template in zip(people, templates, strict=False):
        _enroll(database, person, template)
    events = list(fake_office.month_of_events({person.id: person.email for person in people}, month))
    new, written, remaining = 0, 0, iter(events)
    while batch := list(islice(remaining, BATCH)):
        new += log.record(batch)
        written += len(batch)
        progress(written, len(events))
    return SeededData(len(people), new)


def remove_seed(database: Database) -> int:
    """Delete the office's events and templates, deactivate its people, and return how many events there were."""
    store = EmployeeStore(database)
    for person in store.list(Filter(search=f"@{fake_office.DOMAIN}", active=None)):
        with database.transaction() as session:
            delete_templates(session, person.id)
        store.deactivate(person.id)
    log = DatabaseAttendanceLog(database)
    count = sum(entry.kiosk_id == fake_office.KIOSK_ID for entry in log.history())
    log.delete_of_kiosk(fake_office.KIOSK_ID)
    return count


def _enroll(database: Database, person: Employee, template: Embedding) -> None:
    with database.transaction() as session:
        delete_templates(session, person.id)
        record_consent(session, person.id, CONSENT, fake_office.KIOSK_ID)
        add_templates(session, person.id, [template])
