"""Encodes snapshots as JPEG."""

from __future__ import annotations

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image

QUALITY = 85


def encode_jpeg(image_bgr: Image) -> bytes:
    """Return a BGR uint8 image, (H, W, 3), as the bytes of a JPEG. Raises ValueError for what is no image."""
    done, content = cv2.imencode(".jpg", image_bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise ValueError(f"an array of shape {image_bgr.shape} cannot become a JPEG")
    return bytes(content)
