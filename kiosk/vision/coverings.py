"""Sunglasses, deep shade over the eyes, masks and scarves, told by comparing parts of one face with each other.

Only ratios and differences within the face are used: what is dark or coloured is so beside the person's own cheeks or
the bridge of their nose, so that no colour of skin counts as covered. No network was trained for it, since there are no
photographs of masks with a clear licence for everyone on them; docs/evaluation.md has both errors.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.domain.quality import Reason
from kiosk.domain.types import Image

# Rows of the mesh.
UNDER_RIGHT_EYE = [228, 229, 230, 231, 232, 110, 24, 23, 22, 26]
UNDER_LEFT_EYE = [448, 449, 450, 451, 452, 339, 254, 253, 252, 256]
CHEEKS = [50, 205, 101, 36, 206, 207, 280, 425, 330, 266, 426, 427]
FOREHEAD = [10, 151, 9, 108, 337, 67, 297, 69, 299]
CHIN = [199, 175, 200, 18, 201, 421, 208, 428]
NOSE_TIP = [1, 4, 5, 45, 275]
BRIDGE = [6, 168, 197, 195, 122, 351]
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
AROUND_LIPS = [164, 167, 393, 165, 391, 92, 322, 57, 287, 43, 273, 106, 335, 182, 406, 83, 313, 18]
PATCH_PX = 7

# The skin below both eyes, as bright as so much of the cheeks: of 2,474 photographs of LFW 1 % lie below, and nearly
# all of those show sunglasses or a cap's shadow.
SHADED = 0.5
# Lips that can be seen are redder than the skin around them, or darker, or, where the skin is dark, lighter, in units
# of L*a*b*.
LEAST_REDNESS, LIKE_SKIN = 1.0, 3.0
# A covering of cheeks, chin and nose has another colour than the bridge of the nose, not a beard's on the chin alone or
# a gleam's on the nose alone; or another lightness, or the network doubts that there is a face.
OTHER_COLOUR, OTHER_LIGHTNESS, DOUBTED_PRESENCE = 9.0, 28.0, 9.0
# Below this the network takes it for no face at all: of the same photographs 0.3 % lie below.
NO_FACE_PRESENCE = 4.0

Lab = NDArray[np.float32]


def find_coverings(cut_bgr: Image, mesh: NDArray[np.float32], presence: float) -> tuple[Reason, ...]:
    """Return Reason.EYES_COVERED or Reason.FACE_COVERED, or none.

    Beside a light mask any eyes are dark, and dark glasses hide the bridge of the nose that the lower face is compared
    with: where both seem covered, the forehead tells which it is.

    Args:
        cut_bgr: the picture that the mesh was laid over, (H, W, 3) BGR uint8.
        mesh: (478, 3), the first two in its pixels.
        presence: how sure the network is of a face, as a logit.
    """
    light, lab = _colours(cut_bgr, mesh)
    face = presence < NO_FACE_PRESENCE or (not _lips_show(lab) and (_differs(lab) or presence < DOUBTED_PRESENCE))
    eyes = _eyes_are_shaded(light, CHEEKS) and (not face or _eyes_are_shaded(light, FOREHEAD))
    if eyes:
        return (Reason.EYES_COVERED,)
    return (Reason.FACE_COVERED,) if face else ()


def _colours(cut_bgr: Image, mesh: NDArray[np.float32]) -> tuple[NDArray[np.float32], Lab]:
    """Return luminance in [0, 1] and L*a*b* around each point of the mesh: (478,) and (478, 3)."""
    height, width = cut_bgr.shape[:2]
    x = np.clip(mesh[:, 0].round().astype(int), 0, width - 1)
    y = np.clip(mesh[:, 1].round().astype(int), 0, height - 1)
    colours = cv2.blur(cut_bgr, (PATCH_PX, PATCH_PX))[y, x].astype(np.float32)[None] / 255
    return cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY)[0], cv2.cvtColor(colours, cv2.COLOR_BGR2LAB)[0]


def _eyes_are_shaded(light: NDArray[np.float32], beside: list[int]) -> bool:
    brighter = max(float(np.median(light[UNDER_RIGHT_EYE])), float(np.median(light[UNDER_LEFT_EYE])))
    return brighter < SHADED * (float(np.median(light[beside])) + 0.01)


def _lips_show(lab: Lab) -> bool:
    lightness, redness, _ = _median(lab, LIPS) - _median(lab, AROUND_LIPS)
    return bool(redness >= LEAST_REDNESS or abs(lightness) >= LIKE_SKIN)


def _differs(lab: Lab) -> bool:
    """Return whether lower face and nose have another colour than the bridge, or the nose another lightness."""
    bridge = _median(lab, BRIDGE)
    lower, nose = _median(lab, CHEEKS + CHIN) - bridge, _median(lab, NOSE_TIP) - bridge
    colour = min(float(np.hypot(*lower[1:])), float(np.hypot(*nose[1:])))
    return colour > OTHER_COLOUR or abs(float(nose[0])) > OTHER_LIGHTNESS


def _median(lab: Lab, points: list[int]) -> Lab:
    middle: Lab = np.median(lab[points], axis=0)
    return middle
