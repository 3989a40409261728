"""A simulated office that changes its embedder: who gets templates of the new one by their visits, and whether of them.

Real photographs are embedded by both networks, and the product's own rule and tables decide. The process that stores
the visits is killed on the way, and goes on where its database stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from kiosk.core.photographs import read_photograph
from kiosk.domain.embedder_switch import CertaintyRule, CertainVisit
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import SamplesCache, central_face
from kiosk.evaluation.switch_storage import store_visits
from kiosk.recognition.switch_sync import embed_faces
from kiosk.vision.tone_mapping import tone_mapped
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
    """One photograph under both networks.

    Attributes:
        person: number of whom it shows, the office's people from 1 on.
        probe: of the old network, as the door compares it.
        template: of the old network, as enrollment stores it; None where enrollment refuses the photograph.
        new: of the new network, as a certain visit stores it; None in bad light, of which no template is made.
        quality_score: at the door, in [0, 1].
    """

    person: int
    probe: Embedding
    template: Embedding | None
    new: Embedding | None
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
    office, strangers = _read_faces(people, _FaceReader(old, new), samples, progress)
    enrolled = [
        (face.person, face.template, face.quality_score)
        for own in office
        for face in own[:samples]
        if face.template is not None
    ]
    gallery = Gallery(old.embedder.model_version, [Template(person, one.vector) for person, one, _ in enrolled])
    days = _days([own[samples:] for own in office], strangers, gallery)
    rule = CertaintyRule(old.decider)
    certain = [
        [visit for face in day if (visit := _certain(face, number, rule, old, gallery))]
        for number, day in enumerate(days)
    ]
    flat = [visit for day in certain for visit in day]
    shown = {visit.embedding.vector.tobytes(): person for visit, person in flat}
    stored = store_visits(
        enrolled, [[visit for visit, _ in day] for day in certain], new.embedder.model_version, new.decider
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


def _read_faces(
    people: Sequence[Person], faces: _FaceReader, samples: int, progress: Progress
) -> tuple[list[list[_Face]], list[_Face]]:
    """Return the faces of each person of the office, and those of the strangers."""
    office: list[list[_Face]] = []
    others = []
    for done, person in enumerate(people, 1):
        enough = len(office) < OFFICE and len(person.photographs) >= samples + LEAST_PROBES
        own = faces.of_person(len(office) + 1, person) if enough else []
        if own[samples:] and any(face.template is not None for face in own[:samples]):
            office.append(own)
        else:
            others.append(person)
        progress("people", done, len(people))
    if not office:
        raise ConfigurationError(
            f"nobody in the folder has {samples + LEAST_PROBES} photographs; take more of somebody"
        )
    order = np.random.default_rng(0).permutation(len(others))[:STRANGERS]
    strangers: list[_Face] = []
    for done, place in enumerate(order, 1):
        strangers += faces.of_person(len(office) + done, others[place])
        progress("strangers", done, len(order))
    return office, strangers


class _FaceReader:
    """Reads photographs under both networks."""

    def __init__(self, old: EvaluationModels, new: EvaluationModels) -> None:
        self._detector, self._new = old.detector, new.embedder
        self._cache = SamplesCache(old.detector, old.embedder)

    def of_person(self, number: int, person: Person) -> list[_Face]:
        """Return the photographs that the door can compare; the first ones are those to enroll from."""
        found = [self._face(number, path) for path in person.photographs]
        return [face for face in found if face is not None]

    def _face(self, number: int, path: Path) -> _Face | None:
        probe = self._cache.probe(path)
        if probe.embedding is None or probe.quality is None:
            return None
        template = self._cache.template(path).embedding
        return _Face(number, probe.embedding, template, self._new_embedding(path), probe.quality.quality_score)

    def _new_embedding(self, path: Path) -> Embedding | None:
        image = read_photograph(path)
        face = central_face(self._detector.detect(image), image)
        if face is None:
            return None
        aligned = align_face(image, face.landmarks_xy, self._new.alignment)
        return embed_faces(self._new, (aligned,)) if tone_mapped(aligned) is aligned else None


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
        best = gallery.search(face.probe, 1)
        return best[0].similarity if best and best[0].employee_id == person else -1.0

    most = max(strangers, key=likeness, default=None)
    return None if most is None else most.person


def _certain(
    face: _Face, day: int, rule: CertaintyRule, old: EvaluationModels, gallery: Gallery
) -> tuple[CertainVisit, int] | None:
    """Return the visit and whose face it is, when the door is certain of somebody and stores it."""
    decision = old.decider.decide_probe(face.probe, gallery)
    if not rule.is_certain(decision, face.quality_score, gallery):
        return None
    if decision.employee_id is None or decision.similarity is None or face.new is None:
        return None
    visited_on = FIRST_DAY + timedelta(days=day)
    return CertainVisit(
        decision.employee_id, visited_on, face.new, face.quality_score, decision.similarity
    ), face.person
