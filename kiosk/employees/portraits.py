"""Small portraits of enrolled people, if the office keeps them: `<data_dir>/portraits/ID.jpg`, mode 600."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.core.files import reason_of, replace_file
from kiosk.core.logger import log
from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image
from kiosk.errors import StorageError

PORTRAIT_FOLDER = Path("portraits")
SIDE_PX = 240
# Side of a portrait in sides of the face's box: hair and chin are in it, the room around is not.
REACH = 1.6
# A portrait is written a moment before the row that names it.
YOUNGEST_STRAY_S = 60.0


@dataclass(frozen=True, slots=True)
class Portraits:
    """The portraits in the data directory.

    Attributes:
        data_dir: of the kiosk.
        encode: returns a BGR uint8 image as JPEG.
    """

    data_dir: Path
    encode: Callable[[Image], bytes]

    def save(self, employee_id: int, portrait_bgr: Image) -> str:
        """Write a portrait over an earlier one; return its path relative to data_dir. Raises StorageError."""
        relative = PORTRAIT_FOLDER / f"{employee_id}.jpg"
        path = self.data_dir / relative
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(path, self.encode(portrait_bgr))
        except OSError as error:
            raise StorageError(
                f"the portrait could not be kept in {path.parent}: {error.strerror}; make room, or set "
                "KIOSK_KEEP_PORTRAIT=false"
            ) from error
        return relative.as_posix()

    def sweep(self, named: Callable[[], Collection[str]]) -> int:
        """Delete portraits that no row names, left over from a crash; return how many.

        named: returns the paths that rows name.
        """
        old = [path for path in self._files() if self._age_s(path) > YOUNGEST_STRAY_S]
        if not old:
            return 0
        known = set(named())
        strays = [path for path in old if path.relative_to(self.data_dir).as_posix() not in known]
        for path in strays:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log(logging.WARNING, "photograph.not_swept", reason=reason_of(error))
        return len(strays)

    def _files(self) -> list[Path]:
        try:
            return [path for path in (self.data_dir / PORTRAIT_FOLDER).iterdir() if path.is_file()]
        except OSError:
            return []

    @staticmethod
    def _age_s(path: Path) -> float:
        try:
            return abs(time.time() - path.stat().st_mtime)
        except OSError:
            return 0.0


def portrait_of(image_bgr: Image, detection: FaceDetection) -> Image:
    """Return the face and its close surroundings, SIDE_PX square; the picture's edge is repeated outside of it."""
    left, top, right, bottom = detection.box_xyxy
    scale = SIDE_PX / (REACH * max(right - left, bottom - top))
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    matrix = np.array(
        [[scale, 0, SIDE_PX / 2 - scale * centre_x], [0, scale, SIDE_PX / 2 - scale * centre_y]], dtype=np.float64
    )
    portrait: Image = cv2.warpAffine(
        image_bgr, matrix, (SIDE_PX, SIDE_PX), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return portrait
