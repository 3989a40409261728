"""What glasses, masks and bad light do: photographs altered before they become samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, degrees
from typing import TypeAlias

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.core.photographs import read_photograph
from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import Reason
from kiosk.domain.types import FaceDetection, Image, Landmark, Points
from kiosk.errors import SampleRefused
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress, Transaction, TransactionResult, decide_single_sample
from kiosk.evaluation.samples_cache import CachedSample, SamplesCache, central_face
from kiosk.synthetic.subjects import eye_geometry

Alteration: TypeAlias = Callable[[Image, FaceDetection], Image]
FACE = (Landmark.RIGHT_EYE, Landmark.LEFT_EYE, Landmark.NOSE_TIP, Landmark.MOUTH_CENTRE)
DARK, CLOTH = (25, 25, 30), (205, 190, 170)


def unaltered(image: Image, face: FaceDetection) -> Image:  # noqa: ARG001
    return image


def glasses(image: Image, face: FaceDetection) -> Image:
    """Frames of dark plastic around clear lenses, with a reflection in one."""
    made, eyes, unit = image.copy(), face.eyes_xy, _unit(face)
    for eye in eyes:
        cv2.ellipse(
            made, _point(eye), (round(0.36 * unit), round(0.28 * unit)), _roll(face), 0, 360, DARK, _thick(unit)
        )
    cv2.line(
        made,
        _point(eyes[0] + (eyes[1] - eyes[0]) * 0.36),
        _point(eyes[1] - (eyes[1] - eyes[0]) * 0.36),
        DARK,
        _thick(unit),
    )
    glare = made.copy()
    cv2.ellipse(
        glare, _point(eyes[1]), (round(0.15 * unit), round(0.1 * unit)), 30, 0, 360, (255, 255, 255), cv2.FILLED
    )
    mixed: Image = cv2.addWeighted(made, 0.5, glare, 0.5, 0)
    return mixed


def sunglasses(image: Image, face: FaceDetection) -> Image:
    made, unit = image.copy(), _unit(face)
    for eye in face.eyes_xy:
        below = eye + _down(face) * 0.06
        cv2.ellipse(
            made, _point(below), (round(0.42 * unit), round(0.33 * unit)), _roll(face), 0, 360, DARK, cv2.FILLED
        )
    right, left = face.eyes_xy
    cv2.line(made, _point(right), _point(left), DARK, 2 * _thick(unit))
    return made


def mask(image: Image, face: FaceDetection) -> Image:
    """A cloth from the bridge of the nose to below the chin."""
    made, across, down = image.copy(), _across(face), _down(face)
    nose, mouth = face.landmarks_xy[Landmark.NOSE_TIP], face.landmarks_xy[Landmark.MOUTH_CENTRE]
    bridge, chin = nose - down * 0.25, mouth + down * 0.75
    corners = [bridge - across * 0.35, bridge + across * 0.35, mouth + across * 0.95 - down * 0.3]
    corners += [chin + across * 0.45, chin - across * 0.45, mouth - across * 0.95 - down * 0.3]
    cv2.fillPoly(made, [np.array(corners).round().astype(np.int32)], CLOTH)
    return made


def backlight(image: Image, face: FaceDetection) -> Image:
    """A window behind: everything but the head is blown out, the head is dark and hazy with stray light."""
    x, y = face.landmarks_xy[list(FACE)].mean(axis=0)
    unit = _unit(face)
    head = np.zeros(image.shape[:2], np.float32)
    cv2.ellipse(head, (round(x), round(y)), (round(1.4 * unit), round(2.0 * unit)), 0, 0, 360, 1.0, cv2.FILLED)
    head = cv2.GaussianBlur(head, (0, 0), 0.15 * unit)[..., None]
    dark = image.astype(np.float32) * 0.22 + 18
    lit: Image = np.clip(dark * head + 250 * (1 - head), 0, 255).astype(np.uint8)
    return lit


def darkness(image: Image, face: FaceDetection) -> Image:  # noqa: ARG001
    """A fifth of the light, and the noise of a sensor that makes up for it."""
    noise = np.random.default_rng(0).normal(0, 6, image.shape)
    return np.clip(image.astype(np.float32) * 0.2 + noise, 0, 255).astype(np.uint8)


ALTERATIONS: dict[str, Alteration] = {
    "as they are": unaltered,
    "glasses": glasses,
    "sunglasses": sunglasses,
    "mask": mask,
    "backlight": backlight,
    "darkness": darkness,
}


def run_altered_transactions(
    transactions: Sequence[Transaction], models: EvaluationModels, gallery: Gallery, progress: Progress
) -> dict[str, tuple[TransactionResult, ...]]:
    """Return the results by alteration: one sample of each visitor, altered by where the face is in the photograph."""
    cache = SamplesCache(models.detector, models.embedder)
    results: dict[str, list[TransactionResult]] = {name: [] for name in ALTERATIONS}
    for done, transaction in enumerate(transactions, start=1):
        for name, alter in ALTERATIONS.items():
            results[name].append(
                decide_single_sample(
                    transaction, _altered_sample(transaction, alter, models, cache), gallery, models.decider
                )
            )
        progress("altered visits", done, len(transactions))
    return {name: tuple(found) for name, found in results.items()}


def _altered_sample(
    transaction: Transaction, alter: Alteration, models: EvaluationModels, cache: SamplesCache
) -> CachedSample:
    try:
        photograph = read_photograph(transaction.path)
    except SampleRefused as refused:
        return CachedSample(None, None, refused.reason)
    face = central_face(models.detector.detect(photograph), photograph)
    return CachedSample(None, None, Reason.NO_FACE) if face is None else cache.probe_of(alter(photograph, face))


def _unit(face: FaceDetection) -> float:
    return eye_geometry(face)[1]


def _across(face: FaceDetection) -> Points:
    """From the right eye to the left one."""
    right, left = face.eyes_xy
    across: Points = left - right
    return across


def _down(face: FaceDetection) -> Points:
    """From the eyes to the mouth, as long as the eyes are apart."""
    x, y = _across(face)
    return np.array([-y, x])


def _roll(face: FaceDetection) -> float:
    x, y = _across(face)
    return degrees(atan2(y, x))


def _point(xy: Points) -> tuple[int, int]:
    return round(float(xy[0])), round(float(xy[1]))


def _thick(unit: float) -> int:
    return max(1, round(0.06 * unit))
