"""Frame after frame of people who move before a synthetic camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kiosk.domain.types import Image
from kiosk.synthetic.camera import SyntheticCamera
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import Subject

FRAME_RATE_HZ = 25

Movement: TypeAlias = Callable[[float], Pose | None]
"""Where somebody is at a moment, in seconds; None while they are not there."""


@dataclass(frozen=True, slots=True, eq=False)
class MovingSubject:
    subject: Subject
    movement: Movement


def film(
    camera: SyntheticCamera, subjects: Sequence[MovingSubject], lasts_s: float, frame_s: float = 1 / FRAME_RATE_HZ
) -> Iterator[Image]:
    """Yield the frames, (H, W, 3) BGR uint8, frame_s apart; a new camera of the same seed gives the same ones."""
    for index in range(round(lasts_s / frame_s)):
        at_s = index * frame_s
        yield camera.take(
            [
                (moving.subject, opening, moving.movement(at_s + camera.conditions.shutter_s) or opening)
                for moving in subjects
                if (opening := moving.movement(at_s)) is not None
            ],
            at_s,
        )
