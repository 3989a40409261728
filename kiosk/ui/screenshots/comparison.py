"""What has changed between two runs of the screenshots, as far as an eye would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.errors import ConfigurationError

# A distance in CIELAB that is seen at a glance, after a blur that takes away how a font's edges were smoothed.
SEEN_DISTANCE = 6.0
BLUR_PX = 5
# A cursor that blinks changes less of a screen than this.
CHANGED_SHARE = 0.001
_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True, slots=True)
class Difference:
    """One picture that is not as its reference.

    Attributes:
        name: of the picture, below its folder, without its number.
        changed_share: of its pixels, in [0, 1]; 1 where there is no reference or its size is another one.
        is_new: there is no reference.
    """

    name: str
    changed_share: float
    is_new: bool = False


def compare_folders(folder: Path, references: Path) -> Iterator[Difference]:
    """Yield the pictures of a folder that differ from those of the same name. Raises ConfigurationError."""
    if not references.is_dir():
        raise ConfigurationError(f"{references} is no folder of pictures; `kiosk screenshots` makes one")
    known = {_name(path, references): path for path in references.rglob("*.png")}
    for path in sorted(folder.rglob("*.png")):
        name = _name(path, folder)
        if name not in known:
            yield Difference(name, 1.0, is_new=True)
            continue
        share = changed_share(read_picture(path), read_picture(known[name]))
        if share > CHANGED_SHARE:
            yield Difference(name, share)


def changed_share(picture: Image, reference: Image) -> float:
    """Return the share of pixels, in [0, 1], that an eye sees to differ; both (H, W, 3) BGR uint8."""
    if picture.shape != reference.shape:
        return 1.0
    return float(np.mean(np.linalg.norm(_seen(picture) - _seen(reference), axis=2) > SEEN_DISTANCE))


def _seen(picture: Image) -> np.ndarray:
    soft = cv2.GaussianBlur(picture.astype(np.float32) / 255, (BLUR_PX, BLUR_PX), 0)
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_BGR2LAB))


def read_picture(path: Path) -> Image:
    """Return a picture, (H, W, 3) BGR uint8. Raises ConfigurationError where it is none."""
    picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ConfigurationError(f"{path} is no picture")
    return np.asarray(picture, np.uint8)


def _name(path: Path, folder: Path) -> str:
    below = path.relative_to(folder)
    return (below.parent / _NUMBER.sub("", below.stem)).as_posix()
