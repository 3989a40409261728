"""Writes the made-up office into a database, and deletes it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.consents import record_consent
from db.session import Database, Session
from db.templates import add_templates, delete_templates
from kiosk.core.context import current_actor
from kiosk.demo import fake_office
from kiosk.demo.fake_office import AttendancePeriod
from kiosk.domain.demo_marks import FAKE_OFFICE_EMAIL_DOMAIN, FAKE_OFFICE_KIOSK_ID
from kiosk.domain.types import Embedding
from kiosk.employees.crud import Filter
from kiosk.employees.schemas import Employee
from kiosk.employees.store import EmployeeStore

BATCH = 1000
CONSENT = "none: made-up person"


@dataclass(frozen=True, slots=True)
class SeedResult:
    """What was written.

    Attributes:
        people: in the fake office.
        events: of these, new ones.
    """

    people: int
    events: int


def seed_fake_office(
    database: Database,
    count: int,
    period: AttendancePeriod,
    templates: Sequence[Embedding],
    progress: Callable[[int, int], None],
) -> SeedResult:
    """Add people who are not there yet, and their events; templates: one a person, or none at all."""
    store, log = EmployeeStore(database), DatabaseAttendanceLog(database)
    people = [store.get_by_email(person.email) or store.create(person) for person in fake_office.made_up_people(count)]
    for person in people:
        if not person.is_active:
            store.restore(person.id)
    _enroll(database, people, templates)
    events = list(fake_office.made_up_events({person.id: person.email for person in people}, period))
    new, written, remaining = 0, 0, iter(events)
    while batch := list(islice(remaining, BATCH)):
        new += log.record(batch)
        written += len(batch)
        progress(written, len(events))
    return SeedResult(len(people), new)


def remove_fake_office(database: Database) -> int:
    """Delete the office's events and templates, deactivate its people, and return how many events there were."""
    store = EmployeeStore(database)
    people = store.list(Filter(search=f"@{FAKE_OFFICE_EMAIL_DOMAIN}", active=None))
    with database.transaction() as session:
        _delete_templates(session, people)
    for person in people:
        store.deactivate(person.id)
    return DatabaseAttendanceLog(database).delete_of_kiosk(FAKE_OFFICE_KIOSK_ID).count


def _enroll(database: Database, people: Sequence[Employee], templates: Sequence[Embedding]) -> None:
    with database.transaction() as session:
        _delete_templates(session, people[: len(templates)])
        for person, template in zip(people, templates, strict=False):
            record_consent(session, person.id, CONSENT, FAKE_OFFICE_KIOSK_ID)
            add_templates(session, person.id, [template])


def _delete_templates(session: Session, people: Sequence[Employee]) -> None:
    count = sum(delete_templates(session, person.id) for person in people)
    if count:
        details = {"templates": count}
        audit_log.append(session, current_actor(), "templates_delete", f"kiosk:{FAKE_OFFICE_KIOSK_ID}", details)
