"""A head that moves in three dimensions, made of one photograph and the mesh of its face.

The photograph is bent as the turned head would show it: what is nearer to the camera moves farther. Turns of up to some
ten degrees look right; the far side of the head is not in the photograph.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image, Points
from kiosk.synthetic.figures import cut_out_around
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import Subject

Plane = NDArray[np.float32]

# In faces' widths: a head's half axes, how far before its axis of turning the face lies, and between which heights
# below the middle of the face the neck lies, under which nothing turns.
HEAD = (0.62, 0.9)
FACE_BEFORE_AXIS = 0.55
NECK = (0.6, 1.1)
BLINK_S = 0.25
# Rows of the mesh: the corners and the lids of each eye.
EYES = ((33, 133, 159, 145), (263, 362, 386, 374))


@dataclass(frozen=True, slots=True)
class HeadMotion:
    """How somebody moves who stands before the camera; every part has a rhythm of its own.

    Attributes:
        across_m: by which the head sways to each side.
        breath_m: by which it rises and falls.
        nod_degrees: by which it turns up and down, to each side.
        turn_degrees: by which it turns to the left and right, to each side.
        sway_hz: of the sway; the turns are a little quicker.
        phase: of all of them, in radians.
        blinks_s: when the eyes begin to shut.
    """

    across_m: float
    breath_m: float
    nod_degrees: float
    turn_degrees: float
    sway_hz: float
    phase: float
    blinks_s: tuple[float, ...] = ()

    def pose(self, standing: Pose, at_s: float) -> Pose:
        """Return where the head is of somebody who stands there."""
        across = self.across_m * sin(2 * pi * self.sway_hz * at_s + self.phase)
        breath = self.breath_m * sin(2 * pi * 0.27 * at_s + 2 * self.phase)
        return replace(standing, across_m=standing.across_m + across, above_m=standing.above_m + breath)

    def angles(self, at_s: float) -> tuple[float, float]:
        """Return by how many degrees the head is turned to the side and down."""
        turn = self.turn_degrees * sin(2 * pi * 1.3 * self.sway_hz * at_s + 3 * self.phase)
        return turn, self.nod_degrees * sin(2 * pi * 1.7 * self.sway_hz * at_s + 5 * self.phase)

    def lids(self, at_s: float) -> float:
        """Return how far the eyes are shut, in [0, 1]."""
        since_s = (at_s - began_s for began_s in self.blinks_s)
        return max((sin(pi * s / BLINK_S) for s in since_s if 0 <= s <= BLINK_S), default=0.0)


class MovingHead:
    """Somebody's head and shoulders, in any turn of the head."""

    def __init__(self, photograph_bgr: Image, face: FaceDetection, mesh: Points) -> None:
        """mesh: of the face, (478, 3) in pixels of the photograph, as FaceMesh.mesh gives it."""
        self._figure = cut_out_around(photograph_bgr, face)
        left, top, right, bottom = face.box_xyxy
        self._width_px = right - left
        x, y = self._figure.anchor_xy
        offset = np.array([x - (left + right) / 2, y - (top + bottom) / 2, 0.0])
        self._offset = float(offset[0]), float(offset[1])
        self._mesh = (mesh + offset).astype(np.float32)
        height, width = self._figure.image.shape[:2]
        self._rows, self._columns = np.mgrid[0:height, 0:width].astype(np.float32)
        self._depth = self._depths()
        below = (self._rows - y) / self._width_px
        self._turns = np.clip((NECK[1] - below) / (NECK[1] - NECK[0]), 0, 1).astype(np.float32)

    def turned(self, turn_degrees: float, nod_degrees: float, lids: float = 0.0) -> Subject:
        """Return the figure with the head turned to the right of the picture and down, and the lids so far shut."""
        turn, nod = np.radians([turn_degrees, nod_degrees])
        x, y = self._figure.anchor_xy
        columns, rows = self._columns, self._rows
        for _ in range(3):  # where in the photograph is what is seen here: the other way round than it moves
            depth, turns = (_looked_up(plane, columns, rows) for plane in (self._depth, self._turns))
            across = (columns - x) * (np.cos(turn) - 1) + depth * np.sin(turn)
            down = (rows - y) * (np.cos(nod) - 1) + depth * np.sin(nod)
            columns, rows = self._columns - turns * across, self._rows - turns * down
        rows = rows - lids * self._lid_shift(columns, rows)
        image = cv2.remap(self._figure.image, columns.astype(np.float32), rows.astype(np.float32), cv2.INTER_LINEAR)
        return Subject(image, self._figure.anchor_xy, self._figure.width_px, self._figure.width_m, self._figure.extent)

    def before(self, background_bgr: Image, turn_degrees: float, nod_degrees: float, lids: float = 0.0) -> Image:
        """Return the photograph's own frame with the head turned in it, before a background of the same size."""
        image = self.turned(turn_degrees, nod_degrees, lids).image
        height, width = background_bgr.shape[:2]
        left, top = self._offset
        matrix = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
        figure = cv2.warpAffine(image, matrix, (width, height))
        rest = cv2.multiply(background_bgr, cv2.merge([255 - figure[:, :, 3]] * 3), scale=1 / 255)
        return np.asarray(cv2.add(figure[:, :, :3], rest), np.uint8)

    def _depths(self) -> Plane:
        """Return how far before the axis of turning each pixel lies, in pixels: the mesh on an egg-shaped head."""
        height, width = self._rows.shape
        x, y = self._figure.anchor_xy
        away = ((self._columns - x) / (HEAD[0] * self._width_px)) ** 2
        away += ((self._rows - y + 0.15 * self._width_px) / (HEAD[1] * self._width_px)) ** 2
        egg = FACE_BEFORE_AXIS * self._width_px * np.sqrt(np.clip(1 - away, 0, 1))
        heights, weights = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
        columns, rows = (
            np.clip(self._mesh[:, axis].round().astype(int), 0, side - 1) for axis, side in ((0, width), (1, height))
        )
        heights[rows, columns] = -self._mesh[:, 2] + FACE_BEFORE_AXIS * self._width_px
        weights[rows, columns] = 1
        spread = 0.06 * self._width_px
        heights, weights = (cv2.GaussianBlur(plane, (0, 0), spread) for plane in (heights, weights))
        inside = np.clip(weights / max(float(np.percentile(weights[weights > 0], 60)), 1e-9), 0, 1)
        depth: Plane = (inside * heights / np.maximum(weights, 1e-9) + (1 - inside) * egg).astype(np.float32)
        smooth: Plane = cv2.GaussianBlur(depth, (0, 0), 0.5 * spread)
        return smooth

    def _lid_shift(self, columns: Plane, rows: Plane) -> Plane:
        """Return by how much farther up each pixel is taken from where the eyes are shut: the lid's skin."""
        shift = np.zeros_like(columns)
        for corners in EYES:
            eye = self._mesh[list(corners), :2]
            (x, y), half = eye.mean(axis=0), max(0.6 * float(np.linalg.norm(eye[0] - eye[1])), 1.0)
            near = np.exp(-(((columns - x) / half) ** 2) - ((rows - y) / (0.55 * half)) ** 2)
            shift += 0.75 * half * near
        return shift


def _looked_up(plane: Plane, columns: Plane, rows: Plane) -> Plane:
    looked: Plane = cv2.remap(
        plane, columns.astype(np.float32), rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return looked
