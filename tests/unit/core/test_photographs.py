"""Photographs read, and everything that only looks like one refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as pillow

from kiosk.core.photographs import MAX_BYTES, read_photograph
from kiosk.domain.quality import Reason
from kiosk.errors import SampleRefused
from support import pictures
from support.pictures import FORMATS, GREY, flat_png

QUARTERS = np.zeros((40, 60, 3), np.uint8)  # red and green above, blue and white below
QUARTERS[:20, :30], QUARTERS[:20, 30:], QUARTERS[20:, :30], QUARTERS[20:, 30:] = (
    (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255),
)  # fmt: skip


def encoded(kind: str, mode: str = "RGB", orientation: int | None = None) -> bytes:
    exif = pillow.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    options = {"exif": exif.tobytes()} if orientation else {}
    return pictures.encoded(pillow.fromarray(QUARTERS).convert(mode), kind, **options)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photograph_is_read_from_path_and_bytes_alike(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "named.txt"  # the content decides, not the name
    path.write_bytes(encoded(kind))
    image = read_photograph(path)
    assert image.shape == (40, 60, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    np.testing.assert_array_equal(image, read_photograph(path.read_bytes()))
    for y, x in ((10, 15), (10, 45), (30, 15), (30, 45)):
        np.testing.assert_allclose(image[y, x].astype(int), QUARTERS[y, x, ::-1].astype(int), atol=12)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("orientation", "turned"),
    [
        pytest.param(1, lambda image: image, id="upright"),
        pytest.param(2, lambda image: image[:, ::-1], id="mirrored"),
        pytest.param(3, lambda image: image[::-1, ::-1], id="upside-down"),
        pytest.param(4, lambda image: image[::-1], id="upside-down-and-mirrored"),
        pytest.param(5, lambda image: image.transpose(1, 0, 2), id="turned-left-and-mirrored"),
        pytest.param(7, lambda image: np.rot90(image.transpose(1, 0, 2), 2), id="turned-right-and-mirrored"),
        pytest.param(6, lambda image: np.rot90(image, -1), id="turned-right"),
        pytest.param(8, np.rot90, id="turned-left"),
    ],
)
def test_a_photograph_is_turned_upright(
    kind: str, orientation: int, turned: Callable[[np.ndarray], np.ndarray]
) -> None:
    plain = read_photograph(encoded(kind))
    image = read_photograph(encoded(kind, orientation=orientation))
    np.testing.assert_allclose(image.astype(int), turned(plain).astype(int), atol=2)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("exif", [b"XX*\0", b"MM\0*", bytes(range(256))], ids=["byte order", "cut", "noise"])
def test_exif_that_nobody_understands_is_no_damage_to_the_picture(kind: str, exif: bytes) -> None:
    content = pictures.encoded(pillow.fromarray(QUARTERS), kind, exif=b"Exif\0\0" + exif)
    np.testing.assert_array_equal(read_photograph(content), read_photograph(encoded(kind)))


@pytest.mark.parametrize(
    ("content", "bgr"),
    [
        pytest.param(encoded("JPEG", "L"), (76, 76, 76), id="grey"),
        pytest.param(encoded("JPEG", "CMYK"), (0, 0, 255), id="cmyk"),
        pytest.param(encoded("PNG", "RGBA"), (0, 0, 255), id="transparency"),
        pytest.param(encoded("PNG", "P"), (0, 0, 255), id="palette"),
    ],
)
def test_any_kind_of_colour_becomes_bgr(content: bytes, bgr: tuple[int, int, int]) -> None:
    image = read_photograph(content)
    assert image.shape == (40, 60, 3)
    np.testing.assert_allclose(image[5, 5].astype(int), bgr, atol=12)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", Reason.NOT_AN_IMAGE, id="empty"),
        pytest.param("Штатное расписание\n".encode(), Reason.NOT_AN_IMAGE, id="text"),
        pytest.param(b"%PDF-1.7 \xff\xd8\xff", Reason.NOT_AN_IMAGE, id="pdf"),
        pytest.param(b"\xff\xd8\xff", Reason.NOT_AN_IMAGE, id="three-bytes-of-jpeg"),
        pytest.param(encoded("GIF"), Reason.NOT_AN_IMAGE, id="gif"),
        pytest.param(encoded("BMP"), Reason.NOT_AN_IMAGE, id="bmp"),
        pytest.param(encoded("TIFF"), Reason.NOT_AN_IMAGE, id="tiff"),
        pytest.param(encoded("JPEG")[:-200], Reason.UNREADABLE_FILE, id="truncated-jpeg"),
        pytest.param(encoded("PNG")[:-60], Reason.UNREADABLE_FILE, id="truncated-png"),
        pytest.param(encoded("WEBP")[:-60], Reason.UNREADABLE_FILE, id="truncated-webp"),
        pytest.param(encoded("AVIF")[:-60], Reason.UNREADABLE_FILE, id="truncated-avif"),
        pytest.param(encoded("HEIF")[:-60], Reason.UNREADABLE_FILE, id="truncated-heic"),
        pytest.param(
            pictures.sixteen_bit_png(QUARTERS.astype(np.uint16) * 99)[:-60],
            Reason.UNREADABLE_FILE,
            id="truncated-png-of-16-bits",
        ),
        pytest.param(flat_png(30_000, 30_000, GREY, 1), Reason.IMAGE_TOO_LARGE, id="bomb"),
        pytest.param(flat_png(10_000, 10_000, GREY, 1), Reason.IMAGE_TOO_LARGE, id="large"),
    ],
)
def test_what_is_no_photograph_is_refused_with_a_reason(tmp_path: Path, content: bytes, reason: Reason) -> None:
    path = tmp_path / "photograph.jpg"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(SampleRefused, match=r"\w.*\.$") as refused:
            read_photograph(source)
        assert refused.value.reason == reason


def missing(path: Path) -> None:
    pass


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [missing, folder, pipe, endless])
def test_a_path_that_leads_to_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "photograph.jpg"
    make(path)
    with pytest.raises(SampleRefused) as refused:
        read_photograph(path)
    assert refused.value.reason == Reason.UNREADABLE_FILE


def test_a_path_with_a_null_byte_is_refused() -> None:
    with pytest.raises(SampleRefused) as refused:
        read_photograph(Path("photo\0graph.jpg"))
    assert refused.value.reason == Reason.UNREADABLE_FILE


def test_a_file_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "photograph.jpg"
    path.touch()
    os.truncate(path, MAX_BYTES * 50)  # takes no room on the disk
    with pytest.raises(SampleRefused) as refused:
        read_photograph(path)
    assert refused.value.reason == Reason.IMAGE_TOO_LARGE


@given(st.data())
@pytest.mark.parametrize("kind", FORMATS)
def test_damage_of_any_kind_is_a_refusal_or_a_picture(kind: str, data: st.DataObject) -> None:
    content = bytearray(encoded(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        image = read_photograph(bytes(content))
    except SampleRefused:
        return
    assert image.ndim == 3
    assert image.shape[2] == 3
