"""The limits of a picture's size, said of cameras and films."""

from __future__ import annotations

from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.domain.image_limits import MAX_ASPECT, MAX_SIDE_PX, MIN_SIDE_PX, WORKING_PIXELS, size_fault

LIMITS = (
    f"each side must have {MIN_SIDE_PX} to {MAX_SIDE_PX:,} pixels, the longer one at most {MAX_ASPECT} times as many "
    f"as the other, both together at most {WORKING_PIXELS // 1_000_000} million"
)


def is_usable_size(width_px: int, height_px: int) -> bool:
    """Whether frames of this size can be worked on as they are."""
    return size_fault(width_px, height_px) is None and width_px * height_px <= WORKING_PIXELS


def unusable_size(name: str) -> CameraFault:
    """name: what the camera is called in messages."""
    return CameraFault(
        CameraFaultKind.PICTURE_SIZE, f"{name} sends pictures of a size that cannot be used; set another: {LIMITS}"
    )
