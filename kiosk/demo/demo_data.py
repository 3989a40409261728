"""What the demo needs before the curtain, and how it leaves no trace: its people, and the log without its events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.attendance import DatabaseAttendanceLog
from kiosk.core.storage import SnapshotStore
from kiosk.demo.demo_people import EMPLOYEES
from kiosk.domain.quality import Reason
from kiosk.employees.consent import CURRENT_VERSION, Consent
from kiosk.employees.enrollment import Enrollment, PhotoToEnroll
from kiosk.employees.store import EmployeeStore
from kiosk.synthetic.photographs import photograph_path
from kiosk.vision.photographs import read_photograph

# The demo's rows carry it as their device, so that they can be told from the office's and deleted.
KIOSK_ID = "demo"


def journal_path(data_dir: Path) -> Path:
    """Return the demo's own journal: what it plays at clip's time is no event of the door."""
    return data_dir / "demo" / "events.journal"


def enroll_demo_people(enrollment: Enrollment, store: EmployeeStore, say: Callable[[str], None]) -> None:
    """Enroll the demo's people, each from one photograph; who is enrolled already stays as they are."""
    for person in EMPLOYEES:
        known = store.get_by_email(person.email)
        if known is not None and not known.is_active:
            store.restore(known.id)
        path = photograph_path(person.photograph)
        photograph = PhotoToEnroll(path.name, lambda path=path: read_photograph(path))  # type: ignore[misc]
        result = enrollment.enroll(
            person.email, person.full_name, person.department, [photograph], Consent(CURRENT_VERSION)
        )
        refused = result.assessments[0].refused
        if refused is None:
            say(f"enrolled {person.full_name} from {path.name}")
        elif refused.reason != Reason.SAME_PHOTOGRAPH:
            say(f"{person.full_name} is not enrolled: {refused}")


def clear(log: DatabaseAttendanceLog, snapshots: SnapshotStore, data_dir: Path) -> None:
    """Delete the events of an earlier demo with their snapshots."""
    journal_path(data_dir).unlink(missing_ok=True)
    for photo_path in log.delete_of_kiosk(KIOSK_ID):
        snapshots.delete(photo_path)


def deactivate_demo_people(store: EmployeeStore) -> None:
    """Deactivate the demo's people."""
    for person in EMPLOYEES:
        known = store.get_by_email(person.email)
        if known is not None:
            store.deactivate(known.id)
