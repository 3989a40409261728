"""From landmarks to the aligned face that an embedder was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.types import Landmark, Points

Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AlignmentTemplate:
    """Where landmarks lie in an aligned face.

    Attributes:
        size_px: width and height of the aligned face.
        points_xy: K pairs of pixels.
        landmarks: which K landmarks lie there, as many as points_xy; the first K of Landmark unless told otherwise.
    """

    size_px: int
    points_xy: tuple[tuple[float, float], ...]
    landmarks: tuple[Landmark, ...] = ()

    def __post_init__(self) -> None:
        if not self.landmarks:
            object.__setattr__(self, "landmarks", tuple(Landmark)[: len(self.points_xy)])
        if len(self.landmarks) != len(self.points_xy):
            raise ValueError(f"{len(self.points_xy)} points need as many landmarks, not {len(self.landmarks)}")

    def transform(self, landmarks_xy: Points) -> Matrix:
        """Return the (2, 3) matrix that carries a face's landmarks onto the template."""
        return similarity_transform(landmarks_xy[list(self.landmarks)], np.asarray(self.points_xy, dtype=np.float64))


def similarity_transform(source_xy: Points, target_xy: Points) -> Matrix:
    """Return the rotation, scale and shift that carry source onto target with the least squared error.

    source_xy, target_xy: (K, 2) pixels, K >= 2. Returns (2, 3) float64 for cv2.warpAffine; never a reflection.
    Raises ValueError when the source points coincide or are not finite.
    Source: Umeyama 1991, IEEE TPAMI 13(4); in the plane the best rotation is the argument of one complex number.
    """
    source = np.asarray(source_xy, dtype=np.float64)
    target = np.asarray(target_xy, dtype=np.float64)
    if source.shape != target.shape or source.ndim != 2 or source.shape[0] < 2 or source.shape[1] != 2:
        raise ValueError(f"need two equal lists of at least two points, got {source.shape} and {target.shape}")
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    from_xy, to_xy = source - source_mean, target - target_mean
    variance = float((from_xy**2).sum())
    extent = float(np.abs(source).max())
    if not np.isfinite(variance) or variance <= (1e-9 * max(extent, 1.0)) ** 2:
        raise ValueError("the source points coincide or are not finite")
    cosine = float((from_xy * to_xy).sum()) / variance
    sine = float((from_xy[:, 0] * to_xy[:, 1] - from_xy[:, 1] * to_xy[:, 0]).sum()) / variance
    linear = np.array([[cosine, -sine], [sine, cosine]])
    return np.hstack([linear, (target_mean - linear @ source_mean)[:, None]])
