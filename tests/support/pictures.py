"""Picture files of every kind, made for the test that needs them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image as pillow

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image

pillow_heif.register_heif_opener()
# Pillow's name of a format -> how to save a lossless or all but lossless picture quickly.
FORMATS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "PNG": {},
    "WEBP": {"lossless": True, "method": 0},
    "AVIF": {"quality": 95, "speed": 10, "subsampling": "4:4:4"},
    "HEIF": {"quality": 95, "chroma": 444, "enc_params": {"preset": "ultrafast"}},
}
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
"""Colour types of a PNG."""
_CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}


def encoded(picture: pillow.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of one of FORMATS; options are Pillow's."""
    file = BytesIO()
    picture.save(file, kind, **(FORMATS.get(kind, {}) | options))
    return file.getvalue()


def plain(width_px: int, height_px: int, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """Return a file of one colour."""
    return encoded(pillow.new("RGB", (width_px, height_px), "grey").convert(mode), kind, **options)


def claiming(content: bytes, width_px: int, height_px: int) -> bytes:
    """Return a HEIC or AVIF whose header tells another size than its picture has (ISO/IEC 23008-12, 6.5.3)."""
    head, place = content.split(b"ispe", 1)
    return head + b"ispe" + place[:4] + struct.pack(">II", width_px, height_px) + place[12:]


def camera_jpeg(width_px: int, height_px: int, *parameters: int) -> bytes:
    """Return a grey JPEG as OpenCV writes it; parameters are its own."""
    return cv2.imencode(".jpg", np.full((height_px, width_px, 3), 120, np.uint8), parameters)[1].tobytes()


def png(width_px: int, height_px: int, colour_type: int, depth: int, row: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG whose rows are all the same; chunks, such as a palette, stand before the pixels."""
    packer = zlib.compressobj(6)
    data = b"".join(packer.compress(b"\0" + row) for _ in range(height_px)) + packer.flush()
    header = struct.pack(">IIBBBBB", width_px, height_px, depth, colour_type, 0, 0, 0)
    parts = ((b"IHDR", header), *chunks, (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def flat_png(width_px: int, height_px: int, colour_type: int, depth: int = 8) -> bytes:
    """Return a whole PNG of zeros: a few bytes that unfold to as many pixels as one likes."""
    row = bytes((width_px * _CHANNELS[colour_type] * depth + 7) // 8)
    palette = [(b"PLTE", bytes(3))] if colour_type == PALETTE else []
    return png(width_px, height_px, colour_type, depth, row, *palette)


def sixteen_bit_png(pixels: NDArray[np.uint16]) -> bytes:
    """pixels: (H, W), (H, W, 3) BGR or (H, W, 4) BGRA."""
    return cv2.imencode(".png", pixels)[1].tobytes()


def cut_out(shown_bgr: Image, hidden_bgr: Image) -> pillow.Image:
    """Return a picture whose left part is opaque, and whose right part is there, but fully transparent."""
    height = max(shown_bgr.shape[0], hidden_bgr.shape[0])
    width = shown_bgr.shape[1] + hidden_bgr.shape[1]
    rgba = np.zeros((height, width, 4), np.uint8)
    for left, part, opacity in ((0, shown_bgr, 255), (shown_bgr.shape[1], hidden_bgr, 0)):
        place = rgba[: part.shape[0], left : left + part.shape[1]]
        place[:, :, :3], place[:, :, 3] = part[:, :, ::-1], opacity
    return pillow.fromarray(rgba)
