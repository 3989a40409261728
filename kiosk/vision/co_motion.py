"""How the surround of a face moves beside the face: a picture that is held up moves as one plane with its border.

Corners in the face, beside the head and far away are followed from one frame to a later one by optical flow. Each one
beside the head either goes where the face's own motion carries it, or stays where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.domain.liveness import LEAST_FACE_MOTION, CoMotion
from kiosk.domain.tracking import box_centre, box_size
from kiosk.domain.types import Box, Image
from kiosk.vision.warp import halved

Corners: TypeAlias = NDArray[np.float32]
Part: TypeAlias = tuple[int, int, int, int]

# The part of the frame around a face, in faces' widths from its middle; it is looked at in a size in which the face is
# so wide.
FACE_PX = 80
ASIDE, ABOVE, BELOW = 1.7, 1.5, 0.9
# A head with its hair is an oval around a point above the face's middle; what lies lower than so much below the middle
# may be neck and shoulders, which move with the head.
HEAD_ASIDE, HEAD_UPWARDS, HEAD_ABOVE = 0.78, 1.05, 0.2
SHOULDERS_BELOW = 0.35
FACE_ASIDE, FACE_UPWARDS = 0.42, 0.5
FAR_PX = 120
FACE_CORNERS, SURROUND_CORNERS, FAR_CORNERS = 30, 40, 20
LEAST_FACE_CORNERS = 6
# A smaller motion cannot be told from the noise of the flow; in pixels of the part.
LEAST_MOTION_PX = 0.7
# How far from where it is expected a corner may be, as a share of the motion there.
TOLERANCE = 0.4
BLOCKS, CONTRAST, LEAST_CONTRAST = 8, 40.0, 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Surround:
    """A face's surround in one frame, to compare a later frame with.

    Attributes:
        part: of the frame, in its pixels: left, top, right, bottom.
        centre_xy: of the face, in pixels of grey.
        grey: the part, in the size in which the face is FACE_PX wide; (H, W) uint8.
        face_corners: what can be followed in the face, (K, 1, 2) pixels of grey; None for nothing.
        far: the whole frame, shrunk; (H, W) uint8.
        far_mask: what of it does not belong to the part.
        far_scale: pixels of grey for one of far.
    """

    part: Part
    centre_xy: tuple[float, float]
    grey: Image
    face_corners: Corners | None
    far: Image
    far_mask: Image
    far_scale: float


def surround_of(image_bgr: Image, box: Box) -> Surround | None:
    """Return what lies around a face; None where too little of it is in the frame."""
    height, width = image_bgr.shape[:2]
    (x, y), size = box_centre(box), box_size(box)
    left, right = max(0, round(x - ASIDE * size)), min(width, round(x + ASIDE * size))
    top, bottom = max(0, round(y - ABOVE * size)), min(height, round(y + BELOW * size))
    if right - left < size or bottom - top < size:
        return None
    scale = FACE_PX / size
    shape = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    grey = _grey(cv2.resize(image_bgr[top:bottom, left:right], shape, interpolation=cv2.INTER_AREA))
    far, shrunk = halved(image_bgr, FAR_PX)
    far_mask = np.full(far.shape[:2], 255, np.uint8)
    far_mask[top // shrunk : bottom // shrunk + 1, left // shrunk : right // shrunk + 1] = 0
    centre = (x - left) * scale, (y - top) * scale
    face = _corners(grey, _oval(grey, centre, FACE_ASIDE, FACE_UPWARDS, 0.0), FACE_CORNERS)
    return Surround((left, top, right, bottom), centre, grey, face, _grey(far), far_mask, shrunk * scale)


def co_motion(reference: Surround, image_bgr: Image) -> CoMotion | None:
    """Return how face and surround have moved since the reference; None where the face cannot be followed.

    Nothing but the face is followed while it does not move enough to tell anything.
    """
    left, top, right, bottom = reference.part
    before, shape = reference.grey, (reference.grey.shape[1], reference.grey.shape[0])
    now = _grey(cv2.resize(image_bgr[top:bottom, left:right], shape, interpolation=cv2.INTER_AREA))
    start, end = _followed(before, now, reference.face_corners)
    if len(start) < LEAST_FACE_CORNERS:
        return None
    face_motion = _median_length(end - start) / FACE_PX
    if face_motion < LEAST_FACE_MOTION:
        return CoMotion(face_motion, 0, 0, 0.0)
    motion, _ = cv2.estimateAffinePartial2D(start, end, ransacReprojThreshold=1.0)
    if motion is None:
        return None
    beside = cv2.bitwise_not(_oval(before, reference.centre_xy, HEAD_ASIDE, HEAD_UPWARDS, HEAD_ABOVE))
    beside[max(0, round(reference.centre_xy[1] + SHOULDERS_BELOW * FACE_PX)) :] = 0
    carried, stayed = _compared(*_followed(before, now, _corners(before, beside, SURROUND_CORNERS)), motion)
    far_now = _grey(halved(image_bgr, FAR_PX)[0])
    far = _followed(reference.far, far_now, _corners(reference.far, reference.far_mask, FAR_CORNERS))
    far_motion = _median_length(far[1] - far[0]) * reference.far_scale / FACE_PX
    return CoMotion(face_motion, carried, stayed, far_motion)


def face_blocks(image_bgr: Image, box: Box) -> NDArray[np.float32]:
    """Return the light and dark of a place in the frame in BLOCKS x BLOCKS means, without brightness and contrast.

    Their mean is 0 and their deviation CONTRAST, so that the light may change.
    """
    height, width = image_bgr.shape[:2]
    left, right = (int(np.clip(edge, 0, width - 1)) for edge in (box[0], box[2]))
    top, bottom = (int(np.clip(edge, 0, height - 1)) for edge in (box[1], box[3]))
    part = image_bgr[top : bottom + 1, left : right + 1]
    blocks = _grey(cv2.resize(part, (BLOCKS, BLOCKS), interpolation=cv2.INTER_AREA)).astype(np.float32)
    made: NDArray[np.float32] = (blocks - blocks.mean()) * (CONTRAST / max(float(blocks.std()), LEAST_CONTRAST))
    return made


def _compared(start: Corners, end: Corners, motion: NDArray[np.float64]) -> tuple[int, int]:
    """Return how many corners went where the face's motion carries them, and how many stayed."""
    if not len(start):
        return 0, 0
    expected = start @ motion[:, :2].T + motion[:, 2] - start
    found = end - start
    length = np.linalg.norm(expected, axis=1)
    told = length >= LEAST_MOTION_PX
    carried = np.linalg.norm(found - expected, axis=1) <= TOLERANCE * length
    stayed = np.linalg.norm(found, axis=1) <= TOLERANCE * length
    return int((told & carried).sum()), int((told & stayed).sum())


def _corners(grey: Image, mask: Image, most: int) -> Corners | None:
    """Return what can be followed, (K, 1, 2) pixels; None for nothing."""
    found: Corners | None = cv2.goodFeaturesToTrack(grey, most, 0.02, 3, mask=mask)
    return found


def _followed(before: Image, after: Image, corners: Corners | None) -> tuple[Corners, Corners]:
    """Return where corners were and where they have gone, (K, 2) pixels each; those that are found again backwards."""
    if corners is None:
        return np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)
    moved, kept, _ = cv2.calcOpticalFlowPyrLK(before, after, corners, None, winSize=(11, 11), maxLevel=3)
    back, kept_back, _ = cv2.calcOpticalFlowPyrLK(after, before, moved, None, winSize=(11, 11), maxLevel=3)
    start, end, returned = (points.reshape(-1, 2) for points in (corners, moved, back))
    good = (kept.ravel() == 1) & (kept_back.ravel() == 1) & (np.linalg.norm(start - returned, axis=1) < 0.5)
    return start[good], end[good]


def _oval(grey: Image, centre_xy: tuple[float, float], aside: float, upwards: float, above: float) -> Image:
    mask = np.zeros(grey.shape, np.uint8)
    x, y = centre_xy
    axes = round(aside * FACE_PX), round(upwards * FACE_PX)
    cv2.ellipse(mask, (round(x), round(y - above * FACE_PX)), axes, 0, 0, 360, 255, cv2.FILLED)
    return mask


def _median_length(vectors: Corners) -> float:
    return float(np.median(np.linalg.norm(vectors, axis=1))) if len(vectors) else 0.0


def _grey(image_bgr: Image) -> Image:
    grey: Image = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2GRAY)
    return grey
