"""The aligned face, cut out of a frame."""

from __future__ import annotations

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import AlignmentTemplate, Matrix
from kiosk.domain.types import Image, Points


def align_face(image_bgr: Image, landmarks_xy: Points, template: AlignmentTemplate) -> Image:
    """Return the face turned, scaled and shifted onto the template: (size, size, 3) BGR uint8.

    A large face is first shrunk by a whole factor, averaging pixels, because the warp's bilinear sampling skips pixels
    when it shrinks by more than two. What lies beyond the frame is black. Measured once against faces averaged from
    a hundred samples a pixel: MobileFaceNet's cosine stays above 0.998 that way; without it, it falls to 0.985 at a
    factor of 4.5.
    Raises ValueError when the landmarks coincide or are not finite.
    """
    matrix = template.transform(landmarks_xy)
    factor = int(1 / np.hypot(matrix[0, 0], matrix[1, 0]) + 0.05)
    if factor >= 2:
        image_bgr, matrix = _shrunk(image_bgr, matrix, template.size_px, factor)
    aligned: Image = cv2.warpAffine(image_bgr, matrix, (template.size_px, template.size_px), flags=cv2.INTER_LINEAR)
    return aligned


def halved(image_bgr: Image, least_px: int) -> tuple[Image, int]:
    """Return the image, averaged to half its size as often as its longer side keeps least_px, and by how much in all.

    Halving is many times as quick as other averaging, and a half's coordinates are exact. An odd last row or column
    is left out.
    """
    scale = 1
    while max(image_bgr.shape[:2]) >= 2 * least_px and min(image_bgr.shape[:2]) >= 2:
        rows, columns = (side // 2 for side in image_bgr.shape[:2])
        image_bgr = cv2.resize(image_bgr[: 2 * rows, : 2 * columns], (columns, rows), interpolation=cv2.INTER_AREA)
        scale *= 2
    return image_bgr, scale


def _shrunk(image_bgr: Image, matrix: Matrix, size_px: int, factor: int) -> tuple[Image, Matrix]:
    """Return the part of the image that the warp looks at, shrunk by a whole factor, and the matrix for it."""
    height, width = image_bgr.shape[:2]
    corners = np.array([[0, 0], [size_px, 0], [0, size_px], [size_px, size_px]], dtype=np.float64)
    to_image = cv2.invertAffineTransform(matrix)
    needed = corners @ to_image[:, :2].T + to_image[:, 2]
    margin = 2 * factor  # bilinear sampling looks one shrunk pixel further
    left, top = np.clip(needed.min(axis=0).astype(int) - margin, 0, (width, height))
    right, bottom = np.clip(needed.max(axis=0).astype(int) + margin, 0, (width, height))
    columns, rows = int(right - left) // factor, int(bottom - top) // factor
    if not (columns and rows):
        return image_bgr, matrix  # the face lies beyond the frame
    part = image_bgr[top : top + rows * factor, left : left + columns * factor]
    offset = np.array([left, top]) + (factor - 1) / 2  # where the centre of the first shrunk pixel lies
    linear = matrix[:, :2] * factor
    shift = matrix[:, 2] + matrix[:, :2] @ offset
    return cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA), np.column_stack([linear, shift])
