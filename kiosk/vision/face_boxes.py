"""Where detected faces lie, and which of them are the same one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.types import FaceDetection

Centre: TypeAlias = NDArray[np.float64]


def box_centre(face: FaceDetection) -> Centre:
    """Return the middle of the face's box, (2,) float64 pixels."""
    left, top, right, bottom = face.box_xyxy
    return np.array([left + right, top + bottom]) / 2


def box_width(face: FaceDetection) -> float:
    return face.box_xyxy[2] - face.box_xyxy[0]


def without_duplicates(faces: Iterable[FaceDetection]) -> tuple[FaceDetection, ...]:
    """Return the faces, the largest first; of two whose centres all but coincide, the larger one alone."""
    ordered = sorted(faces, key=box_width, reverse=True)
    return tuple(face for at, face in enumerate(ordered) if not any(_is_same(face, larger) for larger in ordered[:at]))


def _is_same(face: FaceDetection, larger: FaceDetection) -> bool:
    return float(np.linalg.norm(box_centre(face) - box_centre(larger))) < box_width(larger) / 4
