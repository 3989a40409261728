"""A simulated office that changes its embedder: who gets templates of the new one by their visits, and whether of them.

Real photographs are embedded by both networks, and the product's own rule and tables decide. The process that stores
the visits is killed on the way, and goes on where its database stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.core.photographs import read_photograph
from kiosk.domain.embedder_switch import CertaintyRule, CertainVisit
from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import PROBE_LIMITS, assess
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError, SampleRefused
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import central_face
from kiosk.evaluation.switch_storage import store_visits
from kiosk.recognition.switch_sync import embed_faces
from kiosk.vision.warp import align_face

OFFICE = 60
DAYS = 30
VISITS_A_DAY = 2
STRANGERS = 150
STRANGERS_A_DAY = 30
# One in so many is away at first, while the stranger who looks most like them comes every day.
AWAY = 6
DAYS_AWAY = 15
# Photographs that are not enrolled: fewer would be the same visit again and again.
LEAST_PROBES = 3
FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """One photograph under both networks; person: number of whom it shows, the office's people from 1 on."""

    person: int
    old: Embedding
    new: Embedding
    quality_score: float


@dataclass(frozen=True, slots=True)
class SwitchSimulation:
    """What the simulated change came to.

    Attributes:
        people: in the office.
        visits: of the people of the office.
        certain_visits: those that the old network was certain of.
        strangers: visits of others.
        certain_strangers: those that the old network was certain of, as somebody of the office.
        changed: how many people have templates of the new network at the end of each day.
        templates: of the new network.
        wrong_templates: those that show somebody else.
        kills: how often the process was killed.
    """

    people: int
    visits: int
    certain_visits: int
    strangers: int
    certain_strangers: int
    changed: tuple[int, ...]
    templates: int
    wrong_templates: int
    kills: int


def simulate_switch(
    people: Sequence[Person], old: EvaluationModels, new: EvaluationModels, progress: Progress, *, samples: int
) -> SwitchSimulation:
    """Enroll an office with the old network, and let everybody come for thirty days.

    samples: photographs that each person is enrolled from. Raises ConfigurationError when nobody has enough of them.
    """
    office, others = _split(people, samples)
    faces = [_faces(place, person, old, new) for place, person in enumerate(_told(office, "people", progress), 1)]
    strangers = [
        face
        for place, person in enumerate(_told(others, "strangers", progress), 1)
        for face in _faces(len(office) + place, person, old, new)
    ]
    enrolled = [face for own in faces for face in own[:samples]]
    gallery = Gallery(old.embedder.model_version, [Template(face.person, face.old.vector) for face in enrolled])
    days = _days([own[samples:] for own in faces], strangers, gallery)
    rule = CertaintyRule(old.decider)
    certain = [
        [visit for face in day if (visit := _certain(face, number, rule, old, gallery))]
        for number, day in enumerate(days)
    ]
    flat = [visit for day in certain for visit in day]
    shown = {visit.embedding.vector.tobytes(): person for visit, person in flat}
    stored = store_visits(
        [(face.person, face.old, face.quality_score) for face in enrolled],
        [[visit for visit, _ in day] for day in certain],
        new.embedder.model_version,
        new.decider,
    )
    visits = [face.person <= len(office) for day in days for face in day]
    return SwitchSimulation(
        people=len(office),
        visits=sum(visits),
        certain_visits=sum(person <= len(office) for _, person in flat),
        strangers=len(visits) - sum(visits),
        certain_strangers=sum(person > len(office) for _, person in flat),
        changed=stored.changed,
        templates=len(stored.templates),
        wrong_templates=sum(shown[one.vector.tobytes()] != one.employee_id for one in stored.templates),
        kills=stored.kills,
    )


def _split(people: Sequence[Person], samples: int) -> tuple[list[Person], list[Person]]:
    office = [person for person in people if len(person.photographs) >= samples + LEAST_PROBES][:OFFICE]
    if not office:
        raise ConfigurationError(
            f"nobody in the folder has {samples + LEAST_PROBES} photographs; take more of somebody"
        )
    others = [person for person in people if person not in office]
    order = np.random.default_rng(0).permutation(len(others))[:STRANGERS]
    return office, [others[place] for place in order]


def _told(people: Sequence[Person], stage: str, progress: Progress) -> Any:
    for done, person in enumerate(people, 1):
        yield person
        progress(stage, done, len(people))


def _faces(place: int, person: Person, old: EvaluationModels, new: EvaluationModels) -> list[_Face]:
    found = [_face(place, path, old, new) for path in person.photographs]
    return [face for face in found if face is not None]


def _face(place: int, path: Path, old: EvaluationModels, new: EvaluationModels) -> _Face | None:
    """Return what the door makes of a photograph; None when it sees no face that is fit to be compared."""
    try:
        image = read_photograph(path)
    except SampleRefused:
        return None
    face = central_face(old.detector.detect(image), image)
    if face is None:
        return None
    aligned = align_face(image, face.landmarks_xy, old.embedder.alignment)
    quality = assess(face, image.shape, aligned, PROBE_LIMITS)
    if not quality.is_sufficient:
        return None
    for_new = align_face(image, face.landmarks_xy, new.embedder.alignment)
    return _Face(
        place, embed_faces(old.embedder, (aligned,)), embed_faces(new.embedder, (for_new,)), quality.quality_score
    )


def _days(probes: Sequence[Sequence[_Face]], strangers: Sequence[_Face], gallery: Gallery) -> list[list[_Face]]:
    """Return who comes on each day, in the order in which they come."""
    random = np.random.default_rng(1)
    doubles = {
        person: [face for face in strangers if face.person == nearest]
        for person in range(1, len(probes) + 1, AWAY)
        if (nearest := _look_alike(person, strangers, gallery)) is not None
    }
    days = []
    for day in range(DAYS):
        away = set(doubles) if day < DAYS_AWAY else set()
        came = [
            own[int(random.integers(len(own)))]
            for person, own in enumerate(probes, 1)
            if own and person not in away
            for _ in range(VISITS_A_DAY)
        ]
        came += [own[int(random.integers(len(own)))] for own in doubles.values() for _ in range(VISITS_A_DAY)]
        came += [strangers[int(random.integers(len(strangers)))] for _ in range(STRANGERS_A_DAY if strangers else 0)]
        days.append([came[place] for place in random.permutation(len(came))])
    return days


def _look_alike(person: int, strangers: Sequence[_Face], gallery: Gallery) -> int | None:
    """Return the stranger who is taken most for this person."""

    def likeness(face: _Face) -> float:
        best = gallery.search(face.old, 1)
        return best[0].similarity if best and best[0].employee_id == person else -1.0

    most = max(strangers, key=likeness, default=None)
    return None if most is None else most.person


def _certain(
    face: _Face, day: int, rule: CertaintyRule, old: EvaluationModels, gallery: Gallery
) -> tuple[CertainVisit, int] | None:
    """Return the visit with whose face it is, when the door is certain of somebody."""
    decision = old.decider.decide_probe(face.old, gallery)
    if not rule.is_certain(decision, face.quality_score, gallery):
        return None
    if decision.employee_id is None or decision.similarity is None:
        return None
    visited_on = FIRST_DAY + timedelta(days=day)
    return CertainVisit(
        decision.employee_id, visited_on, face.new, face.quality_score, decision.similarity
    ), face.person
