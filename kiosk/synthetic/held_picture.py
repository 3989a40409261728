"""Photographs that somebody holds up to the camera: on paper, on a telephone, on a tablet, or as a poster on the wall.

ISO/IEC 30107 calls each kind a species of presentation attack instrument. What is made here is a simulation: a plane
with a picture on it, tilted, bent and trembling before the camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import pi, radians, sin

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import Subject

LONG_PX = 420  # the longer side of the plane's picture
VIEW_FACTOR = 4.0  # distance of the eye from a tilted plane, in its widths


class Species(StrEnum):
    """A kind of picture that is held up.

    Attributes:
        PRINT: a flat sheet in a hand.
        BENT_PRINT: a sheet whose bend changes.
        STEADY_PRINT: a sheet that rests on something and hardly trembles.
        TELEPHONE: a telephone that shows the photograph.
        TABLET: a tablet that shows it.
        REPLAY: a telephone that plays a clip of the living person.
        POSTER: a photograph on the wall.
    """

    PRINT = "print"
    BENT_PRINT = "bent print"
    STEADY_PRINT = "steady print"
    TELEPHONE = "telephone"
    TABLET = "tablet"
    REPLAY = "replay on a telephone"
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The plane.

    Attributes:
        width_m: of the whole thing.
        height_by_width: its proportions.
        border: left and right of the picture, in widths of the plane.
        ends: above and below the picture, in widths of the plane.
        colour: of border and ends, BGR.
        is_screen: shines by itself, shows its pixels, reflects the room, and is drawn line after line.
        face_share: width of the face in the picture, in widths of the picture.
    """

    width_m: float
    height_by_width: float
    border: float
    ends: float
    colour: tuple[int, int, int]
    is_screen: bool
    face_share: float


@dataclass(frozen=True, slots=True)
class Hold:
    """How the plane is held.

    Attributes:
        pose: where its middle is.
        drift_m: by which it wanders to each side.
        tremor_m: by which it trembles.
        tilt_degrees: to the side and back, around which it tilts by wobble_degrees.
        wobble_degrees: to each side.
        bend: depth of the bend, in widths of the plane; 0 for a flat one.
        hz: of the drift.
        phase: of all motions, in radians.
    """

    pose: Pose
    drift_m: float
    tremor_m: float
    tilt_degrees: tuple[float, float]
    wobble_degrees: float
    bend: float
    hz: float
    phase: float

    def at(self, at_s: float) -> Pose:
        drift = 2 * pi * self.hz * at_s + self.phase
        tremor = 2 * pi * 9.0 * at_s + 3 * self.phase
        return Pose(
            self.pose.across_m + self.drift_m * sin(drift) + self.tremor_m * sin(tremor),
            self.pose.above_m + self.drift_m * sin(0.71 * drift + 1) + self.tremor_m * sin(1.2 * tremor + 2),
            self.pose.away_m + self.drift_m * sin(0.53 * drift + 2),
            roll_degrees=self.pose.roll_degrees + 0.5 * self.wobble_degrees * sin(0.8 * drift + 3),
        )

    def tilt(self, at_s: float) -> tuple[float, float]:
        """Return by how many degrees the plane is turned to the side and back."""
        drift = 2 * pi * self.hz * at_s + self.phase
        aside, back = self.tilt_degrees
        return aside + self.wobble_degrees * sin(0.9 * drift + 4), back + self.wobble_degrees * sin(1.1 * drift + 5)


def random_sheet(species: Species, random: np.random.Generator) -> Sheet:
    """Return a plane as this species has it."""
    match species:
        case Species.TELEPHONE | Species.REPLAY:
            grey = int(random.integers(5, 60))
            share = float(random.uniform(0.42, 0.75))
            return Sheet(
                0.073, float(random.uniform(1.9, 2.15)), 0.035, 0.08, (grey,) * 3, is_screen=True, face_share=share
            )
        case Species.TABLET:
            grey = int(random.choice([15, 35, 235]))
            share = float(random.uniform(0.3, 0.6))
            return Sheet(
                0.165, float(random.uniform(1.3, 1.5)), 0.06, 0.06, (grey,) * 3, is_screen=True, face_share=share
            )
        case _:
            border = float(random.choice([0.0, 0.0, 0.03, 0.07]))
            width_m, share = float(random.choice([0.15, 0.21])), float(random.uniform(0.3, 0.6))
            return Sheet(width_m, 1.41, border, border, (238, 240, 240), is_screen=False, face_share=share)


def random_hold(species: Species, away_m: float, random: np.random.Generator) -> Hold:
    """Return a way of holding a plane of this species so far from the camera."""
    pose = Pose(float(random.uniform(-0.05, 0.05)), 0.0, away_m, float(random.uniform(-6, 6)))
    tilt = float(random.uniform(-12, 12)), float(random.uniform(-12, 12))
    hz, phase = float(random.uniform(0.25, 0.9)), float(random.uniform(0, 2 * pi))
    if species is Species.POSTER:
        return Hold(pose, 0.0, 0.0, tilt, 0.0, 0.0, hz, phase)
    if species is Species.STEADY_PRINT:
        return Hold(pose, float(random.uniform(0.0005, 0.002)), 0.0001, tilt, 0.2, 0.0, hz, phase)
    bend = float(random.uniform(0.04, 0.14)) if species is Species.BENT_PRINT else 0.0
    drift_m, tremor_m = float(random.uniform(0.004, 0.02)), float(random.uniform(0.0002, 0.001))
    return Hold(pose, drift_m, tremor_m, tilt, float(random.uniform(0.5, 5)), bend, hz, phase)


class HeldPicture:
    """A plane with a photograph on it."""

    def __init__(self, photograph_bgr: Image, face: FaceDetection, sheet: Sheet) -> None:
        self._sheet = sheet
        self._part = _part_around(photograph_bgr.shape[:2], face, sheet)
        self._photograph = photograph_bgr

    def at(self, hold: Hold, at_s: float, shown_bgr: Image | None = None) -> Subject:
        """Return the plane as it is held at a moment.

        shown_bgr: what is shown in place of the photograph, as large as that.
        """
        plane = self._plane(self._photograph if shown_bgr is None else shown_bgr, at_s)
        height, width = plane.shape[:2]
        bent = _bent(plane, hold.bend * sin(2 * pi * 0.7 * hold.hz * at_s + hold.phase)) if hold.bend else plane
        tilted = _tilted(bent, *hold.tilt(at_s))
        margin = (tilted.shape[1] - width) / 2, (tilted.shape[0] - height) / 2
        anchor = margin[0] + width / 2, margin[1] + height / 2
        extent = (anchor[0] / width, anchor[1] / width) * 2
        return Subject(tilted, anchor, width, self._sheet.width_m, extent)

    def _plane(self, shown_bgr: Image, at_s: float) -> Image:
        """Return border and picture, (H, W, 4) BGR and opacity."""
        sheet = self._sheet
        height = LONG_PX
        width = round(height / sheet.height_by_width)
        plane = np.full((height, width, 3), sheet.colour, np.uint8)
        left, top = round(sheet.border * width), round(sheet.ends * width)
        size_px = width - 2 * left, height - 2 * top
        x0, y0, x1, y1 = self._part
        picture = cv2.resize(shown_bgr[y0:y1, x0:x1], size_px, interpolation=cv2.INTER_LINEAR)
        plane[top : top + size_px[1], left : left + size_px[0]] = (
            _on_screen(picture, at_s) if sheet.is_screen else picture
        )
        return np.dstack([plane, np.full((height, width), 255, np.uint8)])


def _part_around(shape: tuple[int, int], face: FaceDetection, sheet: Sheet) -> tuple[int, int, int, int]:
    """Return which part of the photograph is on the plane, as far as there is so much of it."""
    left, top, right, bottom = face.box_xyxy
    width = min((right - left) / sheet.face_share, shape[1])
    height = min(width * sheet.height_by_width, shape[0])
    width = height / sheet.height_by_width
    x = np.clip((left + right) / 2, width / 2, shape[1] - width / 2)
    y = np.clip((top + bottom) / 2, height / 2, shape[0] - height / 2)
    return round(x - width / 2), round(y - height / 2), round(x + width / 2), round(y + height / 2)


def _on_screen(picture: Image, at_s: float) -> Image:
    """Return a picture as a screen shows it: its pixels, a band of the refresh, and what it reflects."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    grid = 0.9 + 0.1 * ((rows % 3 > 0) & (columns % 3 > 0))
    band = 1 + 0.05 * np.sin(2 * pi * (rows / height * 1.5 - 0.37 * at_s))
    reflection = 26 * np.clip(1 - np.abs((columns + 0.6 * rows) / width - 0.7) * 4, 0, 1)
    shown = 1.08 * picture * (grid * band)[..., None] + reflection[..., None]
    seen: Image = np.clip(shown, 0, 255).astype(np.uint8)
    return seen


def _bent(plane: Image, depth: float) -> Image:
    """Return a plane bent round an upright axis: the middle is nearer by so many widths."""
    height, width = plane.shape[:2]
    columns = np.arange(width, dtype=np.float32)
    place = (columns - width / 2) / (width / 2)
    nearer = 1 + depth * (1 - place**2)  # the middle is nearer, and larger
    rows = (np.arange(height, dtype=np.float32)[:, None] - height / 2) / nearer + height / 2
    stretched = width / 2 + (columns - width / 2) * (1 + 0.6 * abs(depth) * (1 - place**2))
    grid = np.broadcast_to(stretched, (height, width)).astype(np.float32)
    bent: Image = cv2.remap(plane, grid, rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return bent


def _tilted(plane: Image, aside_degrees: float, back_degrees: float) -> Image:
    """Return a plane turned to the side and back, in perspective, with room around it; opacity is multiplied in."""
    height, width = plane.shape[:2]
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], np.float64) / 2
    aside, back = radians(aside_degrees), radians(back_degrees)
    nearer = corners[:, 0] * sin(aside) + corners[:, 1] * sin(back)
    seen = corners * [np.cos(aside), np.cos(back)] * (1 + nearer / (VIEW_FACTOR * width))[:, None]
    room = round(0.15 * height)
    centre = np.array([width / 2 + room, height / 2 + room])
    matrix = cv2.getPerspectiveTransform(
        (corners + np.array([width / 2, height / 2])).astype(np.float32), (seen + centre).astype(np.float32)
    )
    tilted = cv2.warpPerspective(plane, matrix, (width + 2 * room, height + 2 * room))
    opacity = cv2.merge([tilted[:, :, 3]] * 3)
    return np.dstack([cv2.multiply(tilted[:, :, :3], opacity, scale=1 / 255), tilted[:, :, 3]])
