"""The one place where a picture's bytes become pixels, whatever brought them: within limits of size and of memory."""

from __future__ import annotations

import threading
from io import BytesIO

import numpy as np
import pillow_heif
from PIL import AvifImagePlugin, ExifTags, UnidentifiedImageError
from PIL import Image as pillow

from kiosk.core.image_conversion import DEEP_GREY, UPRIGHT, eight_bits, no_larger_than, sixteen_bits, upright
from kiosk.core.jpeg_header import JpegHeader, read_jpeg_header
from kiosk.core.opencv import cv2
from kiosk.domain.image_limits import WORKING_PIXELS, shrink_factor, size_fault
from kiosk.domain.quality import Reason
from kiosk.domain.refusal_messages import REFUSAL_MESSAGES
from kiosk.domain.types import Image
from kiosk.errors import SampleRefused

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
_JPEG = ("JPEG", "MPO")  # the second is a JPEG with another one behind it, as telephones write
_MOST_SHRINK = 8
# Where a PNG says how many bits a colour has.
_PNG_DEPTH_AT = 24

# Decoding adds less than half a gigabyte to a process, whose unit gives it 1.2 or more: a picture at one of these
# limits takes 4 bytes a pixel, as PNG, to 20, as WebP. `pytest -s tests/e2e/test_picture_memory.py` shows the peaks.
# How much a JPEG takes stands in its header.
MOST_PIXELS = {"PNG": 64_000_000, "WEBP": 24_000_000, "AVIF": 24_000_000, "HEIF": 50_000_000}
MOST_PIXELS_OF_DEEP_PNG = 16_000_000
MOST_PIXELS_OF_RICH_HEIF = 24_000_000
MOST_HELD_BYTES = 384_000_000
# A scan of a few bytes goes through the whole picture: a small file could keep a thread busy for hours.
MOST_SCANS = 100

pillow.MAX_IMAGE_PIXELS = None  # it would refuse what can be decoded at reduced size
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each would hold a picture of its own
# However many threads ask, one picture at a time is held at full size.
_one_at_a_time = threading.Lock()


def decode_image(content: bytes, side_px: int | None = None) -> Image:
    """Return a picture as a viewer shows it: (H, W, 3) BGR uint8.

    It is upright as its EXIF orientation says, and composed onto white where it is transparent. What has more than
    WORKING_PIXELS is averaged down by a whole number. The size is judged by the header, before anything is decoded.

    Args:
        content: a whole file; its format is known by its content.
        side_px: the longer side that is wanted, for a small copy.

    Raises:
        SampleRefused: not_an_image, unreadable_file, image_too_large, image_too_long or image_too_small.
    """
    try:
        with _one_at_a_time, pillow.open(BytesIO(content), formats=_FORMATS) as picture:
            image = _decoded(picture, content, side_px)
    except SampleRefused:
        raise
    except MemoryError as error:
        raise refused(Reason.IMAGE_TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise refused(Reason.NOT_AN_IMAGE) from error
    except Exception as error:  # a damaged file brings out any kind of error in a decoder
        raise _damaged() from error
    return image if side_px is None else no_larger_than(image, side_px)


def decode_frame(jpeg: bytes) -> Image | None:
    """Return a camera's JPEG as decode_image does, only quicker; None when it is damaged.

    Raises SampleRefused for one that is not taken in.
    """
    header = read_jpeg_header(jpeg)
    if header is None:
        return None
    _require_fit(header)
    if header.width_px * header.height_px > WORKING_PIXELS:
        return decode_image(jpeg)
    try:
        image: Image | None = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return image


def refused(reason: Reason) -> SampleRefused:
    return SampleRefused(reason, REFUSAL_MESSAGES[reason])


def _damaged() -> SampleRefused:
    return SampleRefused(Reason.UNREADABLE_FILE, "The picture is damaged or incomplete. Copy it again, or use another.")


def _decoded(picture: pillow.Image, content: bytes, side_px: int | None) -> Image:
    is_deep = picture.format == "PNG" and content[_PNG_DEPTH_AT] > 8
    if picture.format in _JPEG:
        shrink = _jpeg_shrink(_jpeg_header(content), side_px)
        picture.draft(None, (picture.width // shrink, picture.height // shrink))
    else:
        _require_size(*picture.size)
        if picture.width * picture.height > _most_pixels(picture, is_deep=is_deep):
            raise refused(Reason.IMAGE_TOO_LARGE)
    picture.load()
    _require_size(*picture.size)  # a HEIC's pixels may be others than its header says
    image = sixteen_bits(picture, content) if is_deep else eight_bits(picture)
    return upright(image, _orientation(picture))


def _orientation(picture: pillow.Image) -> int:
    """Return how the picture lies, by its EXIF; where nobody understands that, the picture itself is still whole."""
    try:
        stored = picture.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    except Exception:  # it brings out as many kinds of error as a damaged picture
        return UPRIGHT
    return stored if isinstance(stored, int) else UPRIGHT


def _most_pixels(picture: pillow.Image, *, is_deep: bool) -> int:
    if is_deep and picture.mode != DEEP_GREY:
        return MOST_PIXELS_OF_DEEP_PNG
    if picture.format == "HEIF" and (picture.mode != "RGB" or picture.info["bit_depth"] > 8):
        return MOST_PIXELS_OF_RICH_HEIF
    return MOST_PIXELS[picture.format or ""]


def _jpeg_header(content: bytes) -> JpegHeader:
    """Return the header of a JPEG that is taken in. Raises SampleRefused."""
    header = read_jpeg_header(content)
    if header is None:
        raise _damaged()
    _require_fit(header)
    return header


def _require_fit(header: JpegHeader) -> None:
    _require_size(header.width_px, header.height_px)
    is_large = not header.can_shrink and header.width_px * header.height_px > WORKING_PIXELS
    if is_large or header.held_bytes > MOST_HELD_BYTES or header.scan_count > MOST_SCANS:
        raise refused(Reason.IMAGE_TOO_LARGE)


def _require_size(width_px: int, height_px: int) -> None:
    reason = size_fault(width_px, height_px)
    if reason is not None:
        raise refused(reason)


def _jpeg_shrink(header: JpegHeader, side_px: int | None) -> int:
    """Return by how much a JPEG is shrunk while it is decoded: 1, 2, 4 or 8."""
    if not header.can_shrink:
        return 1
    needed = 1 << (shrink_factor(header.width_px, header.height_px) - 1).bit_length()
    longer = max(header.width_px, header.height_px)
    wanted = 1 if side_px is None else 1 << max(1, longer // side_px).bit_length() - 1
    return min(max(needed, wanted), _MOST_SHRINK)
