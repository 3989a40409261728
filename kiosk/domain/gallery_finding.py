"""What makes enrolled people missed or mistaken, as the look through the gallery finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MISSED_DAYS = timedelta(days=30)


class FindingKind(StrEnum):
    """What is out of order.

    Attributes:
        SAME_PERSON: two employees have one face.
        LOOK_ALIKES: two employees resemble each other so much that the door asks for a clearer look.
        ODD_TEMPLATE: a template does not resemble the person's others.
        POOR_TEMPLATE: the person has one template alone, and it is poor.
        MOSTLY_MISSED: the person has to type their PIN more often than not.
    """

    SAME_PERSON = "same_person"
    LOOK_ALIKES = "look_alikes"
    ODD_TEMPLATE = "odd_template"
    POOR_TEMPLATE = "poor_template"
    MOSTLY_MISSED = "mostly_missed"


@dataclass(frozen=True, slots=True)
class GalleryFinding:
    """One thing to look at.

    Attributes:
        kind: what it is.
        employee_id: whom it is about.
        other_id: the second employee of a pair, None for the other kinds.
        template_id: the template, None for the other kinds.
        figure: the similarity, the quality score, or the share of events for which the person was recognised.
    """

    kind: FindingKind
    employee_id: int
    figure: float
    other_id: int | None = None
    template_id: int | None = None

    def sentence(self, names: Mapping[int, str]) -> str:
        """Return what was found and what to do. names: full names by number; who is not in it goes by their number."""
        who, other = _name(self.employee_id, names), _name(self.other_id, names)
        again = f"enroll them again with three to five photographs: kiosk enroll --employee {self.employee_id} PHOTO…"
        match self.kind:
            case FindingKind.SAME_PERSON:
                return (
                    f"{who} and {other} have one face (similarity {self.figure:.2f}), so that neither is recognised. "
                    f"If they are one person, keep one of the numbers: kiosk gallery judge {self.employee_id} "
                    f"{self.other_id} --keep {self.employee_id}. If they are two: kiosk gallery judge "
                    f"{self.employee_id} {self.other_id} --two, and enroll both again."
                )
            case FindingKind.LOOK_ALIKES:
                return (
                    f"{who} and {other} resemble each other (similarity {self.figure:.2f}). The door tells them apart "
                    "by a clear look; more photographs of both help."
                )
            case FindingKind.ODD_TEMPLATE:
                return (
                    f"Template {self.template_id} of {who} does not resemble their others (similarity "
                    f"{self.figure:.2f}); it may show somebody else. Erase the face and {again}"
                )
            case FindingKind.POOR_TEMPLATE:
                return f"{who} has one template alone, of quality {self.figure:.2f}; {again}"
            case FindingKind.MOSTLY_MISSED:
                return (
                    f"{who} was recognised at {self.figure:.0%} of their events in the last {MISSED_DAYS.days} days "
                    f"and typed the PIN at the others; {again}"
                )


def _name(employee_id: int | None, names: Mapping[int, str]) -> str:
    name = names.get(employee_id or 0)
    return f"employee {employee_id}" if name is None else f"{name} ({employee_id})"
