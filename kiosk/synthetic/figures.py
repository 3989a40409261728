"""People cut out of photographs along an outline, as subjects whose anchor is the middle of their face."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image
from kiosk.errors import ConfigurationError
from kiosk.synthetic.photographs import CATALOGUE_PATH, PHOTOGRAPHS_DIR, FacePosition, photograph, photograph_path
from kiosk.synthetic.subjects import Subject

Outline: TypeAlias = Sequence[tuple[float, float]]

EDGE = 0.012  # softness of the cut, in face widths: about the depth of hair through which a background shines
BODY_BELOW = 2.5  # face widths by which a body is carried on below the photograph's edge
HEM = 0.2  # face widths from the photograph's edge whose mean colour is carried on
FACE_M = 0.17  # width of a face as BlazeFace draws its box, a little more than from cheek to cheek
SWAY = 0.25  # face widths by which a tilted or moving figure reaches beyond its upright picture


def load_figure(file: str, photographs_dir: Path = PHOTOGRAPHS_DIR) -> Subject:
    """Cut a person out of a photograph that has an outline. Raises ConfigurationError when it cannot be done."""
    known = photograph(file)
    image = cv2.imread(str(photograph_path(file, photographs_dir)))
    if image is None or known.face is None or not known.outline_xy:
        raise ConfigurationError(f"nobody can be cut out of {file}: {CATALOGUE_PATH} gives no outline")
    return cut_out(image, known.outline_xy, known.face)


def cut_out(image_bgr: Image, outline_xy: Outline, face: FacePosition) -> Subject:
    """Cut a person out along a polygon. Raises ValueError when the polygon encloses nothing of the image."""
    height, width = image_bgr.shape[:2]
    corners = np.asarray(outline_xy, dtype=np.float64)
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int), (width, height))
    if right <= left or bottom <= top:
        raise ValueError("the outline lies outside the photograph")

    opacity = np.zeros((height, width), np.uint8)
    cv2.fillPoly(opacity, [np.round(corners).astype(np.int32)], 255, cv2.LINE_AA)
    opacity = _carried_on(opacity[top:bottom, left:right], face)
    colours = _carried_on(image_bgr[top:bottom, left:right], face)
    softness_px = EDGE * face.width_px
    margin = round(4 * softness_px)
    opacity = cv2.copyMakeBorder(opacity, margin, 0, margin, margin, cv2.BORDER_CONSTANT, value=0)
    colours = cv2.copyMakeBorder(colours, margin, 0, margin, margin, cv2.BORDER_REPLICATE)
    opacity = cv2.GaussianBlur(opacity, (0, 0), softness_px)
    image = np.dstack([cv2.multiply(colours, cv2.merge([opacity] * 3), scale=1 / 255), opacity])
    x, y = face.x - left + margin, face.y - top + margin
    edges = (x, y, image.shape[1] - x, image.shape[0] - y)
    extent = tuple(edge / face.width_px + SWAY for edge in edges)
    return Subject(image, (x, y), face.width_px, FACE_M, extent)


def cut_out_around(image_bgr: Image, detection: FaceDetection) -> Subject:
    """Cut out head and shoulders around a detected face, where nobody has traced the person."""
    left, top, right, bottom = detection.box_xyxy
    face = FacePosition((left + right) / 2, (top + bottom) / 2, right - left)
    return cut_out(image_bgr, head_and_shoulders(face), face)


def head_and_shoulders(face: FacePosition) -> Outline:
    """Return a plain silhouette around a face: an oval head on sloping shoulders, down to the chest."""
    angles = np.linspace(0.22 * np.pi, -1.22 * np.pi, 33)
    head = np.column_stack([0.57 * np.cos(angles), -0.12 + 0.85 * np.sin(angles)])
    left_side = np.array([(-0.48, 0.72), (-0.95, 0.92), (-1.15, 1.3), (-1.2, 3.2)])
    right_side = left_side[::-1] * (-1, 1)
    around = np.vstack([head, left_side, right_side]) * face.width_px + (face.x, face.y)
    return [(float(x), float(y)) for x, y in around]


def _carried_on(layer: Image, face: FacePosition) -> Image:
    """Carry the body on below the photograph's edge, so that nobody ends in mid-air."""
    width = layer.shape[1]
    hem = layer[-max(round(HEM * face.width_px), 1) :]
    cloth = cv2.resize(hem, (width, 1), interpolation=cv2.INTER_AREA)  # no streaks of single pixels
    below = cv2.resize(cloth, (width, round(BODY_BELOW * face.width_px)), interpolation=cv2.INTER_NEAREST)
    return np.concatenate([layer, below])
