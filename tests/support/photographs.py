"""Real faces: the photographs of assets/photographs.toml, and altered copies that are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.quality import Reason
from kiosk.domain.types import Image
from kiosk.errors import KioskError
from kiosk.synthetic.photographs import photograph, photograph_path


def path(file: str) -> Path:
    """Return where a photograph stands; a test fails with what to do when it is not installed."""
    try:
        return photograph_path(file)
    except KioskError as error:
        pytest.fail(f"this test needs real faces; {error}", pytrace=False)


def picture(file: str) -> Image:
    """Return a photograph, (H, W, 3) BGR uint8; nobody may write into it."""
    return _picture(path(file))


def face_picture(file: str, reach: float = 1.6) -> Image:
    """Return the part of a photograph that reaches so many face widths around the face."""
    face = photograph(file).face
    assert face is not None, f"the catalogue does not say where the face of {file} is"
    whole, half = picture(file), reach * face.width_px / 2
    top, left = max(round(face.y - half), 0), max(round(face.x - half), 0)
    return whole[top : round(face.y + half), left : round(face.x + half)]


@dataclass(frozen=True)
class SpoiltPhotograph:
    """A picture that cannot be enrolled from, and why."""

    name: str
    reason: Reason
    make: Callable[[], Image]

    def write(self, folder: Path) -> Path:
        file = folder / f"{self.name}.png"
        assert cv2.imwrite(str(file), self.make())
        return file


def without_a_face() -> Image:
    return picture("coffee.png")


def side_by_side(*files: str, height_px: int = 480) -> Image:
    """Return several people's faces in one picture."""
    faces = [face_picture(file, reach=2.0) for file in files]
    return np.hstack([cv2.resize(face, (height_px, height_px), interpolation=cv2.INTER_AREA) for face in faces])


def far_away(file: str, face_px: float, canvas_px: int = 240) -> Image:
    """Return a picture in which the face is only so wide."""
    face = photograph(file).face
    assert face is not None
    scale = face_px / face.width_px
    small = cv2.resize(picture(file), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.full((canvas_px, canvas_px, 3), 150, np.uint8)
    part = small[:canvas_px, :canvas_px]
    canvas[: part.shape[0], : part.shape[1]] = part
    return canvas


def blurred(file: str, share: float) -> Image:
    """Return a face out of focus; share: standard deviation of the blur in face widths."""
    face = photograph(file).face
    assert face is not None
    image: Image = cv2.GaussianBlur(picture(file), (0, 0), share * face.width_px)
    return image


def dimmed(file: str, brightness: float) -> Image:
    image: Image = cv2.convertScaleAbs(picture(file), alpha=brightness)
    return image


def turned(file: str, degrees: float, reach: float = 2.0) -> Image:
    """Return the head turned about its axis, as if it were a cylinder with the photograph on it."""
    face = face_picture(file, reach)
    height, width = face.shape[:2]
    across = np.linspace(-reach, reach, width)  # a head is about as wide as the face's box
    on_head = np.abs(across) < 0.999
    seen = across.copy()
    seen[on_head] = np.sin(np.clip(np.arcsin(across[on_head]) - np.radians(degrees), -np.pi / 2, np.pi / 2))
    source_x = ((seen + reach) / (2 * reach) * (width - 1)).astype(np.float32)
    map_x = np.tile(source_x, (height, 1))
    map_y = np.tile(np.arange(height, dtype=np.float32)[:, None], (1, width))
    image: Image = cv2.remap(face, map_x, map_y, cv2.INTER_LINEAR)
    return image


SPOILT = (
    SpoiltPhotograph("no-face", Reason.NO_FACE, without_a_face),
    SpoiltPhotograph("two-faces", Reason.SEVERAL_FACES, partial(side_by_side, "obama.jpg", "biden.jpg")),
    SpoiltPhotograph("too-small", Reason.TOO_SMALL, partial(far_away, "obama.jpg", 50)),
    SpoiltPhotograph("too-blurred", Reason.TOO_BLURRED, partial(blurred, "obama.jpg", 0.045)),
    SpoiltPhotograph("too-dark", Reason.TOO_DARK, partial(dimmed, "obama.jpg", 0.2)),
    SpoiltPhotograph("turned-away", Reason.TURNED_AWAY, partial(turned, "obama2.jpg", -46, reach=2.6)),
    SpoiltPhotograph("cut-off", Reason.CUT_OFF, partial(picture, "obama_partial_face2.jpg")),
)


@cache
def _picture(file: Path) -> Image:
    image: Image | None = cv2.imread(str(file))
    assert image is not None, f"{file} is no picture"
    image.flags.writeable = False
    return image
