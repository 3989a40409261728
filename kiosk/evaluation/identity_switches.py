"""Two people who get into each other's way, and whether the product ever gives one of them the other's name.

Each clip is made from a photograph of each, by a recipe that depends on its number alone. Its movements stand in
kiosk.evaluation.encounters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path

import numpy as np

from kiosk.core.photographs import read_photograph
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import Box, Decision, Image
from kiosk.errors import ConfigurationError, SampleRefused
from kiosk.evaluation.approach_clip import FRAME_S
from kiosk.evaluation.camera import LENS, clip_camera, eyes_px
from kiosk.evaluation.encounters import Encounter, encounter_movements
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress, Transaction
from kiosk.evaluation.samples_cache import central_face
from kiosk.evaluation.video_protocol import frame_of
from kiosk.recognition.recognizer import Recognizer
from kiosk.synthetic.film import MovingSubject, film
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import HEAD_EYES, Subject, head

CLIPS = 200
LASTS_S = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class ClipVisitor:
    """Somebody in a clip.

    Attributes:
        person: their number, None for somebody who is not enrolled.
        moving: their picture, and where they are at a moment.
    """

    person: int | None
    moving: MovingSubject


@dataclass(slots=True)
class IdentitySwitches:
    """What came of the clips of one kind.

    Attributes:
        clips: number of clips.
        faces: enrolled people who were in them.
        named: those who were named rightly.
        swapped: announcements of a name that is not the face's.
        swapped_frames: frames in which a face bore another's name, announced or not.
    """

    clips: int = 0
    faces: int = 0
    named: int = 0
    swapped: int = 0
    swapped_frames: int = 0


def count_identity_switches(
    transactions: Sequence[Transaction],
    models: EvaluationModels,
    gallery: Gallery,
    progress: Progress,
    clips: int = CLIPS,
) -> dict[Encounter, IdentitySwitches]:
    """Play so many clips with two of these visitors each; in a third of them the other may be anybody.

    Raises ConfigurationError when there are not two people, one of them enrolled.
    """
    enrolled = [transaction for transaction in transactions if transaction.person in gallery.people]
    if not enrolled or len({transaction.person for transaction in transactions}) < 2:
        raise ConfigurationError("two people are needed for a clip, one of them enrolled")
    counts = {encounter: IdentitySwitches() for encounter in Encounter}
    for number in range(clips):
        encounter = list(Encounter)[number % len(Encounter)]
        random = np.random.default_rng(number)
        pair = _pair(enrolled, transactions if number % 3 == 0 else enrolled, random)
        visitors = [
            ClipVisitor(
                transaction.person if transaction.person in gallery.people else None, MovingSubject(subject, movement)
            )
            for transaction, movement in zip(pair, encounter_movements(encounter, random), strict=True)
            if (subject := _head_of(transaction.path, models.detector)) is not None
        ]
        _play(visitors, models, gallery, number, counts[encounter])
        progress("clips", number + 1, clips)
    return counts


def _pair(
    enrolled: Sequence[Transaction],
    others: Sequence[Transaction],
    random: np.random.Generator,
) -> list[Transaction]:
    """Return two transactions of different people, in any order."""
    first = enrolled[int(random.integers(len(enrolled)))]
    others = [transaction for transaction in others if transaction.person != first.person] or enrolled
    pair = [first, others[int(random.integers(len(others)))]]
    return pair if random.random() < 0.5 else pair[::-1]


def _head_of(path: Path, detector: FaceDetector) -> Subject | None:
    try:
        photograph = read_photograph(path)
    except SampleRefused:
        return None
    face = central_face(detector.detect(photograph), photograph)
    return None if face is None else head(photograph, face)


def _play(
    visitors: Sequence[ClipVisitor], models: EvaluationModels, gallery: Gallery, seed: int, counts: IdentitySwitches
) -> None:
    """Show a clip to the product and add what it says to the counts."""
    recognizer = Recognizer(models.detector, models.embedder, lambda: gallery, models.decider)
    right, shown = set(), set()
    for index, (image, present) in enumerate(clip_of(visitors, seed)):
        shown |= {visitor.person for visitor, _ in present if visitor.person is not None}
        observations = recognizer.process(frame_of(image, index)).observations
        owners = owners_of([o.box_xyxy for o in observations], present)
        for observation, owner in zip(observations, owners, strict=True):
            named = _named(observation.decision)
            if named is None:
                continue
            if owner is not None and owner.person == named:
                right.add(named)
            else:
                counts.swapped_frames += 1
                counts.swapped += observation.is_new
    counts.clips += 1
    counts.faces += len(shown)
    counts.named += len(right)


def clip_of(visitors: Sequence[ClipVisitor], seed: int) -> Iterator[tuple[Image, list[tuple[ClipVisitor, Pose]]]]:
    """Yield the frames, FRAME_S apart, and who is where in each, the nearest first."""
    camera = clip_camera(np.random.default_rng(seed), seed)
    for index, image in enumerate(film(camera, [visitor.moving for visitor in visitors], LASTS_S, FRAME_S)):
        poses = [(visitor, visitor.moving.movement(index * FRAME_S)) for visitor in visitors]
        present = [(visitor, pose) for visitor, pose in poses if pose is not None]
        yield image, sorted(present, key=lambda there: there[1].away_m)


def _named(decision: Decision | None) -> int | None:
    return None if decision is None else decision.employee_id


def owners_of(boxes: Sequence[Box], present: Sequence[tuple[ClipVisitor, Pose]]) -> list[ClipVisitor | None]:
    """Return whose head each box shows: everybody's, from the nearest on, is the box next to where it is.

    Of a face that is half covered the box reaches over the head in front of it.
    """
    owners: dict[int, ClipVisitor] = {}
    for visitor, pose in present:
        distances = {at: _distance(box, pose) for at, box in enumerate(boxes) if at not in owners}
        nearest = min(distances, key=lambda at: distances[at], default=None)
        if nearest is not None and distances[nearest] <= 1:
            owners[nearest] = visitor
    return [owners.get(at) for at in range(len(boxes))]


def _distance(box: Box, pose: Pose) -> float:
    """Return how far the middle of a box is from somebody's eyes, in half axes of the head: up to 1 it is within."""
    (eyes_x, eyes_y), (across, down) = LENS.xy(pose), (half * eyes_px(pose) for half in HEAD_EYES)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return hypot((x - eyes_x) / across, (y - eyes_y) / down)
