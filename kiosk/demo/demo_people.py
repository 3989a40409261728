"""Those who walk past in the demo, and those of them who are enrolled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.photographs import read_photograph
from kiosk.domain.demo_marks import DEMO_EMAIL_DOMAIN
from kiosk.domain.quality import Reason
from kiosk.employees.consent import CURRENT_VERSION, Consent
from kiosk.employees.enrollment import Enrollment, PhotoToEnroll
from kiosk.employees.store import EmployeeStore
from kiosk.synthetic.photographs import photograph_path


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """photograph: file name of the one photograph to enroll the person from."""

    full_name: str
    email: str
    department: str
    photograph: str


EMPLOYEES = (
    DemoPerson("Barack Obama", f"barack.obama@{DEMO_EMAIL_DOMAIN}", "Demo", "obama.jpg"),
    DemoPerson("Joe Biden", f"joe.biden@{DEMO_EMAIL_DOMAIN}", "Demo", "biden.jpg"),
)

PROVENANCE = (
    "The clip's Barack Obama is made from other photographs than the one he was enrolled from; "
    "of Joe Biden there is only one, so his part of the clip is that photograph, moved, relit, blurred and noisy; "
    "Eileen Collins walks by and is nobody's employee."
)


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


def deactivate_demo_people(store: EmployeeStore) -> None:
    for person in EMPLOYEES:
        known = store.get_by_email(person.email)
        if known is not None:
            store.deactivate(known.id)
