"""Two people who get into each other's way, and whether the product ever gives one of them the other's name.

Each clip is made from a photograph of each, by a recipe that depends on its number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, pi
from pathlib import Path

import numpy as np

from kiosk.core.photographs import read_photograph
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import Box, Decision, Image
from kiosk.errors import ConfigurationError, SampleRefused
from kiosk.evaluation.approach_clip import FRAME_S
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress, Visit
from kiosk.evaluation.samples_cache import central_face
from kiosk.evaluation.video_protocol import frame_of
from kiosk.recognition.recognizer import Recognizer
from kiosk.synthetic.camera import HEAD_EYES, Camera, Place, Portrait, any_conditions

CLIPS = 200
LASTS_S = 4.0
LEAST_SQUEEZE = 0.25  # a head turned further is not seen at all
PACE_M_S = (0.8, 1.6)


class ClipKind(StrEnum):
    CROSSING = "two people cross"
    IN_FRONT = "somebody steps in front"
    TURNED = "a face turns away and back"
    TAKEN_OVER = "a face turns away, another one comes back"


Way = Callable[[float], Place | None]


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """person: their number, None for somebody who is not enrolled. way: where they are at a moment."""

    person: int | None
    portrait: Portrait
    way: Way


@dataclass(slots=True)
class ClipOutcome:
    """What came of the clips of a kind.

    faces: enrolled people who were seen. named: those who were named rightly.
    swapped: announcements of a name that is not the face's.
    swapped_frames: frames in which a face bore another's name, announced or not.
    """

    clips: int = 0
    faces: int = 0
    named: int = 0
    swapped: int = 0
    swapped_frames: int = 0


def play_all(
    visits: Sequence[Visit], models: EvaluationModels, gallery: Gallery, progress: Progress, clips: int = CLIPS
) -> dict[ClipKind, ClipOutcome]:
    """Play so many clips with two of these visitors each; in a third of them the other may be anybody.

    Raises ConfigurationError when there are not two people, one of them enrolled.
    """
    known = [visit for visit in visits if visit.person in gallery.people]
    if not known or len({visit.person for visit in visits}) < 2:
        raise ConfigurationError("two people are needed for a clip, one of them enrolled")
    found = {kind: ClipOutcome() for kind in ClipKind}
    for number in range(clips):
        kind = list(ClipKind)[number % len(ClipKind)]
        random = np.random.default_rng(number)
        pair = _pair(known, visits if number % 3 == 0 else known, random)
        actors = [
            Actor(visit.person if visit.person in gallery.people else None, portrait, way)
            for visit, way in zip(pair, ways(kind, random), strict=True)
            if (portrait := _portrait(visit.path, models.detector)) is not None
        ]
        play(actors, models, gallery, number, found[kind])
        progress("clips", number + 1, clips)
    return found


def _pair(known: Sequence[Visit], others: Sequence[Visit], random: np.random.Generator) -> list[Visit]:
    """Return two visits by different people, in any order."""
    first = known[int(random.integers(len(known)))]
    others = [visit for visit in others if visit.person != first.person] or known
    pair = [first, others[int(random.integers(len(others)))]]
    return pair if random.random() < 0.5 else pair[::-1]


def _portrait(path: Path, detector: FaceDetector) -> Portrait | None:
    try:
        photograph = read_photograph(path)
    except SampleRefused:
        return None
    face = central_face(detector.detect(photograph), photograph)
    return None if face is None else Portrait(photograph, face, is_cut_out=True)


def ways(kind: ClipKind, random: np.random.Generator) -> tuple[Way, Way]:
    """Return two people's ways through a clip of that kind."""
    near_m = float(random.uniform(0.7, 1.1))
    far_m = near_m + float(random.uniform(0.25, 0.6))
    below_m = float(random.uniform(-0.12, 0.08))
    side = float(random.choice([-1, 1]))
    meets_s = float(random.uniform(1.6, 2.2))
    match kind:
        case ClipKind.CROSSING:
            paces = random.uniform(*PACE_M_S, size=2)
            first = _passing(-side * float(paces[0]), far_m, below_m, meets_s)
            return first, _passing(
                side * float(paces[1]), near_m, below_m + float(random.uniform(-0.04, 0.04)), meets_s
            )
        case ClipKind.IN_FRONT:
            pace = side * float(random.uniform(*PACE_M_S))
            aside_m = float(random.uniform(-0.05, 0.05))
            return _last_events(0.0, far_m, below_m), _stopping(pace, near_m, below_m, meets_s, aside_m)
        case ClipKind.TURNED:
            takes_s = float(random.uniform(0.6, 1.6))
            return _turning(far_m, below_m, meets_s, takes_s), _absent
        case ClipKind.TAKEN_OVER:
            takes_s = float(random.uniform(0.3, 1.0))
            turning, other = _turning(far_m, below_m, meets_s, takes_s), _turning(far_m, below_m, meets_s, takes_s)
            return (lambda at_s: turning(at_s) if at_s < meets_s else None), (
                lambda at_s: other(at_s) if at_s >= meets_s else None
            )


def play(actors: Sequence[Actor], models: EvaluationModels, gallery: Gallery, seed: int, outcome: ClipOutcome) -> None:
    """Show a clip to the product and count what it says into the outcome."""
    recognizer = Recognizer(models.detector, models.embedder, lambda: gallery, models.decider)
    right, shown = set(), set()
    for index, (image, seen) in enumerate(_film(actors, seed)):
        shown |= {actor.person for actor, _ in seen if actor.person is not None}
        observations = recognizer.process(frame_of(image, index)).observations
        whose = whose_heads([o.box_xyxy for o in observations], seen)
        for observation, actor in zip(observations, whose, strict=True):
            named = _named(observation.decision)
            if named is None:
                continue
            if actor is not None and actor.person == named:
                right.add(named)
            else:
                outcome.swapped_frames += 1
                outcome.swapped += observation.is_new
    outcome.clips += 1
    outcome.faces += len(shown)
    outcome.named += len(right)


def _film(actors: Sequence[Actor], seed: int) -> Iterator[tuple[Image, list[tuple[Actor, Place]]]]:
    """Yield the frames, and who is where in each, the nearest first."""
    camera = Camera(any_conditions(np.random.default_rng(seed)), seed)
    for index in range(round(LASTS_S / FRAME_S)):
        at_s = index * FRAME_S
        seen = [(actor, place) for actor in actors if (place := actor.way(at_s)) is not None]
        people = [
            (actor.portrait, place, actor.way(at_s + camera.conditions.shutter_s) or place) for actor, place in seen
        ]
        yield camera.take(people, at_s), sorted(seen, key=lambda pair: pair[1].away_m)


def _named(decision: Decision | None) -> int | None:
    return None if decision is None else decision.employee_id


def whose_heads(boxes: Sequence[Box], seen: Sequence[tuple[Actor, Place]]) -> list[Actor | None]:
    """Return whose head each box shows: everybody's, from the nearest on, is the box next to where it is.

    Of a face that is half covered the box reaches over the head in front of it.
    """
    whose: dict[int, Actor] = {}
    for actor, place in seen:
        away = {at: _away(box, place) for at, box in enumerate(boxes) if at not in whose}
        nearest = min(away, key=lambda at: away[at], default=None)
        if nearest is not None and away[nearest] <= 1:
            whose[nearest] = actor
    return [whose.get(at) for at in range(len(boxes))]


def _away(box: Box, place: Place) -> float:
    """Return how far the middle of a box is from somebody's eyes, in half axes of the head: up to 1 it is within."""
    across, down = (half * place.eyes_px for half in HEAD_EYES)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return hypot((x - place.x_px) / across, (y - place.y_px) / down)


def _passing(pace_m_s: float, away_m: float, below_m: float, meets_s: float) -> Way:
    return lambda at_s: _breathing(pace_m_s * (at_s - meets_s), away_m, below_m, at_s)


def _absent(at_s: float) -> Place | None:  # noqa: ARG001
    return None


def _last_events(across_m: float, away_m: float, below_m: float) -> Way:
    return lambda at_s: _breathing(across_m, away_m, below_m, at_s)


def _stopping(pace_m_s: float, away_m: float, below_m: float, stops_s: float, aside_m: float) -> Way:
    return lambda at_s: _breathing(aside_m + pace_m_s * min(at_s - stops_s, 0.0), away_m, below_m, at_s)


def _turning(away_m: float, below_m: float, at_its_most_s: float, takes_s: float) -> Way:
    def way(at_s: float) -> Place | None:
        phase = (at_s - at_its_most_s) / takes_s
        squeeze = 1.0 if abs(phase) >= 1 else 1 - 0.5 * (1 + cos(pi * phase))
        place = _breathing(0.0, away_m, below_m, at_s)
        return (
            None
            if squeeze < LEAST_SQUEEZE
            else Place(place.across_m, place.below_m, place.away_m, place.roll_degrees, squeeze)
        )

    return way


def _breathing(across_m: float, away_m: float, below_m: float, at_s: float) -> Place:
    """Nobody stands quite still: the head sways by a centimetre."""
    return Place(across_m + 0.01 * cos(2.1 * at_s), below_m + 0.006 * cos(3.3 * at_s), away_m, 2 * cos(1.7 * at_s))
