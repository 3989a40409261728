"""What a JPEG says of itself before its pixels: ITU-T T.81, annex B."""

from __future__ import annotations

from dataclasses import dataclass

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Start of frame; the three numbers left out mean tables and an extension.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = frozenset({0xC0, 0xC1, 0xC9})
# Lossless and hierarchical ones, which nothing decodes at reduced size.
_WITHOUT_DCT = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF})
_BYTES_PER_COEFFICIENT = 2


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """How large a JPEG is, and what decoding it takes.

    Attributes:
        width_px: width in pixels.
        height_px: height in pixels.
        held_bytes: memory for the coefficients of the whole picture, whatever the size decoded at. A progressive
            file needs them, and so does a sequential one whose colours come one after the other; else 0.
        scan_count: how often the picture is gone through; a dozen times in a usual progressive file.
        can_shrink: whether it can be decoded at a half, a quarter or an eighth of its size.
    """

    width_px: int
    height_px: int
    held_bytes: int
    scan_count: int
    can_shrink: bool


def read_jpeg_header(content: bytes) -> JpegHeader | None:
    """Return the header, or None where there is none up to the first scan."""
    if content[:2] != bytes((0xFF, _START)):
        return None
    place, frame = 2, None
    while segment := _segment(content, place):
        marker, body, place = segment
        if marker in _FRAMES:
            frame = (marker, body)
        elif marker == _SCAN:
            return None if frame is None else _header(*frame, body, content, place)
    return None


def _segment(content: bytes, place: int) -> tuple[int, bytes, int] | None:
    """Return the next marker, what belongs to it and where that ends; None where there is no marker with a length."""
    while content[place : place + 2] == b"\xff\xff":  # fill bytes
        place += 1
    if place + 4 > len(content) or content[place] != 0xFF:
        return None
    marker, end = content[place + 1], place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    if marker in (0x00, 0x01, _END) or 0xD0 <= marker <= _START or end < place + 4:
        return None
    return marker, content[place + 4 : end], end


def _header(marker: int, frame: bytes, scan: bytes, content: bytes, scan_end: int) -> JpegHeader | None:
    if len(frame) < 6 or not scan or len(frame) < 6 + 3 * frame[5]:
        return None
    height_px, width_px = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    component_count = frame[5]
    is_held = marker not in _SEQUENTIAL or scan[0] < component_count
    samples_per_pixel = _samples_per_pixel([frame[7 + 3 * place] for place in range(component_count)])
    held_bytes = round(width_px * height_px * samples_per_pixel * _BYTES_PER_COEFFICIENT) if is_held else 0
    end = content.find(bytes((0xFF, _END)), scan_end)  # beyond it may lie a film clip or another picture
    scan_count = 1 + content.count(bytes((0xFF, _SCAN)), scan_end, end if end >= 0 else len(content))
    return JpegHeader(width_px, height_px, held_bytes, scan_count if is_held else 1, marker not in _WITHOUT_DCT)


def _samples_per_pixel(sampling: list[int]) -> float:
    """Return how many samples all colours together have for a pixel, each given by its two sampling factors."""
    across, down = [byte >> 4 for byte in sampling], [byte & 15 for byte in sampling]
    if not sampling or not all(across) or not all(down):
        return float(len(sampling))
    whole = max(across) * max(down)
    return sum(a * d for a, d in zip(across, down, strict=True)) / whole
