"""Those who walk past in the demo, and those of them who are enrolled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """photograph: file name of the one photograph to enroll the person from."""

    full_name: str
    email: str
    department: str
    photograph: str


EMPLOYEES = (
    DemoPerson("Barack Obama", "barack.obama@demo.local", "Demo", "obama.jpg"),
    DemoPerson("Joe Biden", "joe.biden@demo.local", "Demo", "biden.jpg"),
)

PROVENANCE = (
    "The clip's Barack Obama is made from other photographs than the one he was enrolled from; "
    "of Joe Biden there is only one, so his part of the clip is that photograph, moved, relit, blurred and noisy; "
    "Eileen Collins walks by and is nobody's employee."
)
