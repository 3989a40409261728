"""Looks through the enrolled people for what makes them missed or mistaken, and says what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from db.attendance_methods import events_by_method
from db.employee_queries import active_names
from db.judged_pairs import Pair, pair_of, pairs_told_apart
from db.session import Database, database_now
from db.templates import load_templates, quality_scores
from kiosk.domain.decision import GOOD_QUALITY, Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.gallery_finding import MISSED_DAYS, FindingKind, GalleryFinding
from kiosk.domain.types import Template

MISSED_FROM_EVENTS = 6
"""Somebody with fewer events in that time may just have forgotten their glasses."""


def check_gallery(database: Database, decider: Decider, model_version: str) -> tuple[GalleryFinding, ...]:
    """Return what is out of order, the gravest kind first. Raises StorageError."""
    with database.reading() as session:
        templates = load_templates(session, model_version)
        scores = quality_scores(session, model_version)
        methods = events_by_method(session, database_now(session) - MISSED_DAYS)
        active = set(active_names(session))
        apart = pairs_told_apart(session)
    enrolled = {template.employee_id for template in templates}
    found = [
        *_pairs(Gallery(model_version, templates), decider, apart),
        *_odd_templates(templates, decider),
        *_poor_templates(templates, scores),
        *_missed({person: counts for person, counts in methods.items() if person in enrolled & active}),
    ]
    kinds = list(FindingKind)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), one.employee_id, one.other_id or 0)))


def _pairs(gallery: Gallery, decider: Decider, apart: Collection[Pair]) -> Iterator[GalleryFinding]:
    """Yield each pair of people who resemble each other too much, once; those told apart are look-alikes."""
    limits = decider.thresholds(gallery)
    for first, second, similarity in gallery.alike_pairs(limits.review):
        is_suspected = similarity >= limits.accept and pair_of(first, second) not in apart
        kind = FindingKind.SAME_PERSON if is_suspected else FindingKind.LOOK_ALIKES
        yield GalleryFinding(kind, first, similarity, second)


def _odd_templates(templates: Sequence[Template], decider: Decider) -> Iterator[GalleryFinding]:
    """Yield templates that are less like their person's others than one person's photographs are."""
    for person, own in _by_person(templates).items():
        vectors = np.stack([template.vector for template in own])
        for place, template in enumerate(own if len(own) > 2 else ()):
            others = np.delete(vectors, place, axis=0).mean(axis=0)
            similarity = float(others @ template.vector) / max(float(np.linalg.norm(others)), 1e-6)
            if not decider.is_same_person(similarity):
                yield GalleryFinding(FindingKind.ODD_TEMPLATE, person, similarity, template_id=template.id)


def _poor_templates(templates: Iterable[Template], scores: Mapping[int, float]) -> Iterator[GalleryFinding]:
    for person, own in _by_person(templates).items():
        score = scores.get(own[0].id or 0)
        if len(own) == 1 and score is not None and score < GOOD_QUALITY:
            yield GalleryFinding(FindingKind.POOR_TEMPLATE, person, score, template_id=own[0].id)


def _missed(methods: Mapping[int, tuple[int, int]]) -> Iterator[GalleryFinding]:
    for person, (by_face, by_pin) in methods.items():
        total = by_face + by_pin
        if total >= MISSED_FROM_EVENTS and by_pin > by_face:
            yield GalleryFinding(FindingKind.MOSTLY_MISSED, person, by_face / total)


def _by_person(templates: Iterable[Template]) -> dict[int, list[Template]]:
    people: dict[int, list[Template]] = {}
    for template in templates:
        people.setdefault(template.employee_id, []).append(template)
    return people
