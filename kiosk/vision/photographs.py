"""Photographs from files and uploads, decoded safely."""

from __future__ import annotations

import stat
import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image as pillow
from PIL import ImageOps, UnidentifiedImageError

from kiosk.domain.quality import Reason
from kiosk.domain.refusal_messages import REFUSAL_MESSAGES
from kiosk.domain.types import Image
from kiosk.errors import SampleRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 64_000_000  # a telephone's largest ordinary photograph is 50 million; decoded, this is 192 MB
MAX_BYTES = 64_000_000

# Pillow only warns of what is refused here anyway.
warnings.filterwarnings("ignore", category=pillow.DecompressionBombWarning)


def read_photograph(source: Path | bytes) -> Image:
    """Return a photograph, upright as its EXIF orientation says: (H, W, 3) BGR uint8.

    source: a path, or a file's content. A JPEG, PNG or WebP is known by its content, and refused by the size in its
    header before anything is decoded. Raises SampleRefused with the reason unreadable_file, not_an_image or
    image_too_large.
    """
    content = source if isinstance(source, bytes) else _content(source)
    try:
        with pillow.open(BytesIO(content), formats=FORMATS) as photograph:
            if photograph.width * photograph.height > MAX_PIXELS:
                raise _refused(Reason.IMAGE_TOO_LARGE)
            return _decoded(photograph)
    except SampleRefused:
        raise
    except (pillow.DecompressionBombError, pillow.DecompressionBombWarning) as error:
        raise _refused(Reason.IMAGE_TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise _refused(Reason.NOT_AN_IMAGE) from error
    except Exception as error:  # a damaged file brings out any kind of error in a decoder
        raise SampleRefused(
            Reason.UNREADABLE_FILE, "The picture is damaged or incomplete. Copy it again, or use another."
        ) from error


def read_thumbnail(path: Path, side_px: int) -> Image:
    """Return a photograph scaled down to side_px on its longer side, upright: (H, W, 3) BGR uint8.

    Of a JPEG no more is decoded than that needs. Raises SampleRefused as read_photograph does.
    """
    content = _content(path)
    try:
        with pillow.open(BytesIO(content), formats=FORMATS) as photograph:
            if photograph.width * photograph.height > MAX_PIXELS:
                raise _refused(Reason.IMAGE_TOO_LARGE)
            photograph.draft("RGB", (side_px, side_px))
            photograph.thumbnail((side_px, side_px))
            return _decoded(photograph)
    except SampleRefused:
        raise
    except Exception as error:  # as above
        raise _refused(Reason.UNREADABLE_FILE) from error


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep us waiting, /dev/zero would never end
            raise _refused(Reason.UNREADABLE_FILE)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null byte
        raise _refused(Reason.UNREADABLE_FILE) from error
    if len(content) > MAX_BYTES:
        raise _refused(Reason.IMAGE_TOO_LARGE)
    return content


def _decoded(photograph: pillow.Image) -> Image:
    upright = ImageOps.exif_transpose(photograph)
    if upright.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip instead of scale
        upright = pillow.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])


def _refused(reason: Reason) -> SampleRefused:
    return SampleRefused(reason, REFUSAL_MESSAGES[reason])
