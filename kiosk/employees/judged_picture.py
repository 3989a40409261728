"""A picture that somebody may be enrolled from, and the result of its quality check."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.quality import Reason
from kiosk.domain.types import Image
from kiosk.employees.samples import Sample

# Width by height of the part of a picture that is checked: a portrait's.
PORTRAIT_RATIO = 0.75
COVERINGS = (Reason.EYES_COVERED, Reason.FACE_COVERED)


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPicture:
    """One picture with its sample, or with the reason why there is none.

    Attributes:
        picture_bgr: (H, W, 3) uint8, what was checked; kept in memory only. None for a file that holds no picture.
    """

    picture_bgr: Image | None
    sample: Sample | None = None
    reason: Reason | None = None

    @property
    def covering(self) -> Reason | None:
        """What covers the face of a sample that can be used all the same; None for nothing."""
        advice = () if self.sample is None else self.sample.quality.advice
        return next((reason for reason in advice if reason in COVERINGS), None)


def portrait_part(image_bgr: Image) -> Image:
    """Return the middle of a picture, as high as it is and at most PORTRAIT_RATIO as wide; a view of it."""
    height, width = image_bgr.shape[:2]
    wanted = min(width, round(height * PORTRAIT_RATIO))
    left = (width - wanted) // 2
    return image_bgr[:, left : left + wanted]
