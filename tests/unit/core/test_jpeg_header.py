"""What a JPEG says of itself, read without decoding it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.jpeg_header import read_jpeg_header
from support.pictures import camera_jpeg, plain

WHOLE = 640 * 480
BASELINE = plain(640, 480, "JPEG")


@pytest.mark.parametrize(
    ("content", "held_bytes"),
    [
        pytest.param(BASELINE, 0, id="baseline"),
        pytest.param(plain(640, 480, "JPEG", "L"), 0, id="baseline-grey"),
        pytest.param(camera_jpeg(640, 480), 0, id="camera"),
        pytest.param(plain(640, 480, "JPEG", progressive=True), 6 * WHOLE, id="progressive"),
        pytest.param(plain(640, 480, "JPEG", progressive=True, subsampling=2), 3 * WHOLE, id="progressive-420"),
        pytest.param(plain(640, 480, "JPEG", "L", progressive=True), 2 * WHOLE, id="progressive-grey"),
        pytest.param(plain(640, 480, "JPEG", "CMYK", progressive=True), 8 * WHOLE, id="progressive-cmyk"),
    ],
)
def test_size_and_memory(content: bytes, held_bytes: int) -> None:
    header = read_jpeg_header(content)
    assert header is not None
    assert (header.width_px, header.height_px, header.held_bytes) == (640, 480, held_bytes)
    assert header.can_shrink
    assert (header.scan_count > 1) == (held_bytes > 0)


def test_colours_one_after_the_other_are_held_whole_too() -> None:
    """A first scan of one colour where the frame has three, as a scanner writes it."""
    place = BASELINE.index(b"\xff\xda")
    one_colour = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    header = read_jpeg_header(BASELINE[:place] + one_colour)
    assert header is not None
    assert header.held_bytes == 6 * WHOLE


def test_a_lossless_one_cannot_be_shrunk() -> None:
    header = read_jpeg_header(BASELINE.replace(b"\xff\xc0", b"\xff\xc3", 1))
    assert header is not None
    assert not header.can_shrink


def test_scans_are_counted_to_the_end_of_the_picture() -> None:
    progressive = plain(640, 480, "JPEG", progressive=True)
    header = read_jpeg_header(progressive)
    assert header is not None
    assert header == read_jpeg_header(progressive + b"\xff\xda" * 1000), "a film clip may follow"
    many = read_jpeg_header(progressive[:-2] + b"\xff\xda" * 1000)
    assert many is not None
    assert many.scan_count == header.scan_count + 1000


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xd8", id="start-alone"),
        pytest.param(b"\xff\xd8\xff\xd9", id="start-and-end"),
        pytest.param(b"\xff\xd8\xff\xda\x00\x04\x00\x00", id="scan-without-frame"),
        pytest.param(b"\xff\xd8\xff\xc0\x00\x02\xff\xda\x00\x04\x00\x00", id="empty-frame"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x00" * 100, id="segment-of-no-length"),
        pytest.param(plain(640, 480, "PNG") + b"\xff\xd9", id="png"),
    ],
)
def test_what_is_no_jpeg_has_no_header(content: bytes) -> None:
    assert read_jpeg_header(content) is None


@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(BASELINE[:700])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    header = read_jpeg_header(bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert header is None or header.held_bytes >= 0
