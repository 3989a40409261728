"""Photographs from files and uploads."""

from __future__ import annotations

import stat
from pathlib import Path

from kiosk.core.image_decoder import decode_image, refused
from kiosk.domain.quality import Reason
from kiosk.domain.types import Image

MAX_BYTES = 64_000_000


def read_photograph(source: Path | bytes) -> Image:
    """Return a photograph, upright and without transparency: (H, W, 3) BGR uint8.

    source: a path, or a file's content. What it is, is known by its content. Raises SampleRefused as decode_image does.
    """
    return decode_image(source if isinstance(source, bytes) else _content(source))


def read_thumbnail(path: Path, side_px: int) -> Image:
    """Return a photograph scaled down to side_px on its longer side, as read_photograph does.

    Of a JPEG no more is decoded than that needs.
    """
    return decode_image(_content(path), side_px)


def _content(path: Path) -> bytes:
    """Return what a file holds. Raises SampleRefused when it cannot be read or is larger than MAX_BYTES."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep us waiting, /dev/zero would never end
            raise refused(Reason.UNREADABLE_FILE)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null byte
        raise refused(Reason.UNREADABLE_FILE) from error
    if len(content) > MAX_BYTES:
        raise refused(Reason.IMAGE_TOO_LARGE)
    return content
