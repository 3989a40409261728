"""Photographs from files and uploads."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from kiosk.core.image_decoder import decode_image, refused
from kiosk.domain.quality import Reason
from kiosk.domain.types import Image
from kiosk.errors import SampleRefused

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


def read_kept_picture(data_dir: Path, folder: Path, relative_path: str, side_px: int) -> Image | None:
    """Return a picture that the kiosk keeps, as read_thumbnail does; None when it is not there any more.

    Args:
        data_dir: of the kiosk.
        folder: where such pictures lie, relative to it; nothing outside of it is read.
        relative_path: of the picture, relative to the data directory.
        side_px: of the picture's longer side.
    """
    path = (data_dir / relative_path).resolve()
    if not path.is_relative_to((data_dir / folder).resolve()):
        return None
    with suppress(SampleRefused):
        return read_thumbnail(path, side_px)
    return None


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
