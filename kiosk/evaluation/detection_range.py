"""How far away, and how many at once, the detectors find people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.core.photographs import read_photograph
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import FaceDetection
from kiosk.errors import SampleRefused
from kiosk.evaluation.camera import LENS, clip_camera, eyes_px
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import central_face
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import Subject, head

DISTANCES_M = (0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 2.5, 3.0)
LARGEST_GROUP = 5
GROUP_DISTANCES_M = (1.5, 2.5)
APART_M = 0.4  # shoulder to shoulder
PICTURES = 60


@dataclass(frozen=True, slots=True)
class DetectionRate:
    """How many of the faces in all pictures of one kind a detector found.

    Attributes:
        detector: what the table calls it.
        faces: in each picture.
        away_m: from the camera.
        found: proportion of the faces.
        others: what it took for a face beside them.
    """

    detector: str
    faces: int
    away_m: float
    found: Proportion
    others: int


def measure_detection_range(
    photographs: Sequence[Path],
    detectors: Mapping[str, FaceDetector],
    reference: FaceDetector,
    progress: Progress,
    pictures: int = PICTURES,
) -> tuple[DetectionRate, ...]:
    """Set people before the camera and count whom each detector finds.

    photographs: of different people. reference: finds the face in the photograph itself.
    """
    people = _heads(photographs, reference, pictures)
    scenes = [(1, away_m) for away_m in DISTANCES_M]
    scenes += [(count, away_m) for away_m in GROUP_DISTANCES_M for count in range(2, LARGEST_GROUP + 1)]
    found = []
    for done, (count, away_m) in enumerate(scenes, start=1):
        counts = dict.fromkeys(detectors, 0)
        others = dict.fromkeys(detectors, 0)
        for number in range(pictures):
            group = [people[(number * count + i) % len(people)] for i in range(count)]
            random = np.random.default_rng(number)
            poses = _row(count, away_m, random)
            frame = clip_camera(random, number).take(
                [(person, pose, pose) for person, pose in zip(group, poses, strict=True)], 0.0
            )
            for name, detector in detectors.items():
                faces = detector.detect(frame)
                hits = sum(any(_is_at(face, pose) for face in faces) for pose in poses)
                counts[name] += hits
                others[name] += len(faces) - hits
        found += [
            DetectionRate(name, count, away_m, Proportion(counts[name], pictures * count), others[name])
            for name in detectors
        ]
        progress("scenes", done, len(scenes))
    return tuple(found)


def _heads(photographs: Sequence[Path], reference: FaceDetector, count: int) -> list[Subject]:
    people = []
    for path in photographs:
        try:
            photograph = read_photograph(path)
        except SampleRefused:
            continue
        face = central_face(reference.detect(photograph), photograph)
        if face is not None:
            people.append(head(photograph, face))
        if len(people) == count:
            break
    return people


def _row(count: int, away_m: float, random: np.random.Generator) -> list[Pose]:
    """Return poses beside one another, none quite in line."""
    middle = (count - 1) / 2
    return [
        Pose(
            across_m=(i - middle) * APART_M + float(random.uniform(-0.03, 0.03)),
            above_m=-float(random.uniform(-0.1, 0.1)) * min(1.0, away_m),
            away_m=away_m * float(random.uniform(0.97, 1.03)),
            roll_degrees=float(random.uniform(-6, 6)),
        )
        for i in range(count)
    ]


def _is_at(face: FaceDetection, pose: Pose) -> bool:
    """Tell whether a detection's eyes are those of the person who stands there."""
    there_x, there_y = LENS.xy(pose)
    x, y = face.eyes_xy.mean(axis=0)
    return float(np.hypot(x - there_x, y - there_y)) < eyes_px(pose) / 2
