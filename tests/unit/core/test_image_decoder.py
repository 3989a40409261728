"""Pictures of every format, mode and size, as a viewer shows them or refused in words."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from PIL import Image as pillow

from kiosk.core.image_decoder import decode_frame, decode_image
from kiosk.core.opencv import cv2
from kiosk.domain.image_limits import WORKING_PIXELS
from kiosk.domain.quality import Reason
from kiosk.errors import SampleRefused
from support.pictures import (
    FORMATS,
    GREY,
    GREY_ALPHA,
    PALETTE,
    RGB,
    RGBA,
    camera_jpeg,
    claiming,
    encoded,
    flat_png,
    plain,
    png,
    sixteen_bit_png,
)

# Above a red field, below the same red that is fully transparent, as a viewer shows both; in BGR.
RED, SEEN_THROUGH = (0, 0, 255), (255, 255, 255)
WIDTH, HEIGHT = 60, 40


def half_transparent(mode: str = "RGBA") -> pillow.Image:
    rgba = np.full((HEIGHT, WIDTH, 4), (255, 0, 0, 255), np.uint8)
    rgba[HEIGHT // 2 :, :, 3] = 0
    picture = pillow.fromarray(rgba)
    return picture if mode == "RGBA" else picture.convert(mode)


def sixteen_bits(picture: pillow.Image) -> bytes:
    return sixteen_bit_png(np.asarray(picture)[:, :, [2, 1, 0, 3]].astype(np.uint16) * 257)


def palette_with_transparency() -> bytes:
    """Both colours of the palette are red, and the second one is transparent."""
    picture = pillow.new("P", (WIDTH, HEIGHT))
    picture.putpalette([255, 0, 0, 255, 0, 0])
    picture.paste(1, (0, HEIGHT // 2, WIDTH, HEIGHT))
    return encoded(picture, "PNG", transparency=b"\xff\x00")


def colour_that_is_transparent(colour_type: int, depth: int) -> bytes:
    """A picture whose one colour is declared transparent."""
    values: tuple[int, ...] = (1000,) if colour_type == GREY else (1000, 2000, 3000)
    if depth == 8:
        values = tuple(value >> 8 for value in values)
    row = struct.pack(f">{len(values)}{'H' if depth == 16 else 'B'}", *values) * WIDTH
    return png(WIDTH, HEIGHT, colour_type, depth, row, (b"tRNS", struct.pack(f">{len(values)}H", *values)))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind: str) -> None:
    quarters = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    quarters[: HEIGHT // 2, : WIDTH // 2], quarters[HEIGHT // 2 :, WIDTH // 2 :] = (255, 0, 0), (0, 0, 255)
    image = decode_image(encoded(pillow.fromarray(quarters), kind))
    assert (image.shape, image.dtype) == ((HEIGHT, WIDTH, 3), np.uint8)
    assert image.flags.c_contiguous
    for y, x in ((8, 10), (8, 50), (32, 10), (32, 50)):
        np.testing.assert_allclose(image[y, x].astype(int), quarters[y, x, ::-1].astype(int), atol=20)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(encoded(half_transparent(), "PNG"), id="png-rgba"),
        pytest.param(palette_with_transparency(), id="png-palette"),
        pytest.param(encoded(half_transparent(), "WEBP"), id="webp-lossless"),
        pytest.param(encoded(half_transparent(), "WEBP", lossless=False, exact=True), id="webp-lossy"),
        pytest.param(
            encoded(half_transparent(), "WEBP", save_all=True, append_images=[half_transparent()]), id="webp-animated"
        ),
        pytest.param(encoded(half_transparent(), "AVIF"), id="avif"),
        pytest.param(encoded(half_transparent(), "HEIF"), id="heic"),
        pytest.param(sixteen_bits(half_transparent()), id="png-16"),
    ],
)
def test_what_is_transparent_is_not_seen(content: bytes) -> None:
    image = decode_image(content)
    assert image.shape == (HEIGHT, WIDTH, 3)
    np.testing.assert_allclose(image[5, 30].astype(int), RED, atol=20)
    np.testing.assert_allclose(image[-5, 30].astype(int), SEEN_THROUGH, atol=20)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(encoded(half_transparent("LA"), "PNG"), id="grey-8"),
        pytest.param(flat_png(WIDTH, HEIGHT, GREY_ALPHA, 16), id="grey-16"),
        pytest.param(colour_that_is_transparent(GREY, 8), id="one-grey-8"),
        pytest.param(colour_that_is_transparent(GREY, 16), id="one-grey-16"),
        pytest.param(colour_that_is_transparent(RGB, 8), id="one-colour-8"),
        pytest.param(colour_that_is_transparent(RGB, 16), id="one-colour-16"),
    ],
)
def test_transparent_grey_and_single_colours_are_not_seen(content: bytes) -> None:
    np.testing.assert_array_equal(decode_image(content)[-5, 30], SEEN_THROUGH)


def test_what_is_half_transparent_is_seen_half() -> None:
    rgba = np.full((HEIGHT, WIDTH, 4), (255, 0, 0, 128), np.uint8)
    image = decode_image(encoded(pillow.fromarray(rgba), "PNG"))
    np.testing.assert_allclose(image[5, 30].astype(int), (127, 127, 255), atol=1)


@pytest.mark.parametrize("channels", [1, 3, 4], ids=["grey", "colour", "alpha"])
@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_sixteen_bits_are_scaled_by_those_in_use(bits: int, channels: int) -> None:
    ramp = np.linspace(0, (1 << bits) - 1, WIDTH).astype(np.uint16)
    pixels = np.repeat(np.tile(ramp, (HEIGHT, 1))[:, :, np.newaxis], channels, axis=2)
    if channels == 4:
        pixels[:, :, 3] = 65_535
    image = decode_image(sixteen_bit_png(pixels))
    expected = np.repeat(np.linspace(0, 255, WIDTH)[:, np.newaxis], 3, axis=1)
    np.testing.assert_allclose(image[5].astype(int), expected, atol=1.5)


def test_sixteen_bits_of_nothing_are_black() -> None:
    assert decode_image(flat_png(WIDTH, HEIGHT, GREY, 16)).max() == 0


@pytest.mark.parametrize(
    ("size_px", "reason"),
    [
        ((40_000, 1), Reason.IMAGE_TOO_LONG),
        ((1, 40_000), Reason.IMAGE_TOO_LONG),
        ((70_000, 2), Reason.IMAGE_TOO_LONG),
        ((129, 16), Reason.IMAGE_TOO_LONG),
        ((15, 15), Reason.IMAGE_TOO_SMALL),
        ((16_385, 2_100), Reason.IMAGE_TOO_LARGE),
        ((40_000, 40_000), Reason.IMAGE_TOO_LARGE),
    ],
)
@pytest.mark.parametrize("colour_type", [GREY, RGB, PALETTE, GREY_ALPHA, RGBA])
def test_a_size_that_is_not_taken_in_is_refused_unread(
    size_px: tuple[int, int], reason: Reason, colour_type: int
) -> None:
    content = png(*size_px, colour_type, 8, b"")  # no pixels: whoever looked for them would call it damaged
    with pytest.raises(SampleRefused, match=r"\w.*\.$") as refused:
        decode_image(content)
    assert refused.value.reason == reason


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_refused_by_its_size(kind: str) -> None:
    with pytest.raises(SampleRefused) as refused:
        decode_image(plain(1000, 100, kind))
    assert refused.value.reason == Reason.IMAGE_TOO_LONG


@pytest.mark.parametrize(
    ("size_px", "colour_type", "depth", "shape"),
    [
        ((7000, 6000), RGB, 8, (3000, 3500, 3)),
        ((7000, 6000), RGBA, 8, (3000, 3500, 3)),
        ((16_000, 4_000), PALETTE, 8, (2000, 8000, 3)),
        ((4000, 4000), RGB, 16, (4000, 4000, 3)),
        ((7000, 6000), GREY, 16, (3000, 3500, 3)),
    ],
)
def test_a_large_png_is_averaged_down(
    size_px: tuple[int, int], colour_type: int, depth: int, shape: tuple[int, int, int]
) -> None:
    assert decode_image(flat_png(*size_px, colour_type, depth)).shape == shape


def test_averaging_keeps_every_row() -> None:
    stripes = np.repeat(np.arange(130, dtype=np.uint8), 50)
    picture = pillow.fromarray(np.repeat(stripes[:, np.newaxis], 6500, axis=1))
    image = decode_image(encoded(picture, "PNG", compress_level=1))
    assert image.shape == (3250, 3250, 3)
    np.testing.assert_array_equal(image[:, 7, 0], stripes[::2])


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        pytest.param(partial(plain, 12_000, 9_000, "JPEG", subsampling=2), (4500, 6000, 3), id="108-megapixels"),
        pytest.param(partial(plain, 8_000, 8_000, "JPEG"), (4000, 4000, 3), id="64-megapixels"),
        pytest.param(partial(plain, 16_320, 12_240, "JPEG", subsampling=2), (3060, 4080, 3), id="200-megapixels"),
        pytest.param(
            partial(plain, 12_000, 9_000, "JPEG", progressive=True, subsampling=2), (4500, 6000, 3), id="progressive"
        ),
        pytest.param(partial(plain, 6_001, 5_000, "JPEG", "CMYK"), (2500, 3001, 3), id="cmyk"),
        pytest.param(partial(plain, 4_000, 3_000, "JPEG"), (3000, 4000, 3), id="12-megapixels-stay"),
    ],
)
def test_a_large_jpeg_is_decoded_at_reduced_size(make: Callable[[], bytes], shape: tuple[int, int, int]) -> None:
    image = decode_image(make())
    assert image.shape == shape
    assert shape[0] * shape[1] <= WORKING_PIXELS
    np.testing.assert_allclose(image[50, 50].astype(int), 128, atol=3)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(partial(flat_png, 8_001, 8_000, GREY), id="png"),
        pytest.param(partial(flat_png, 4_001, 4_000, RGB, 16), id="png-of-16-bits"),
        pytest.param(partial(plain, 4_900, 4_900, "WEBP"), id="webp"),
        pytest.param(lambda: claiming(plain(640, 480, "AVIF"), 4_900, 4_900), id="avif"),
        pytest.param(lambda: claiming(plain(640, 480, "HEIF"), 7_100, 7_100), id="heic"),
        pytest.param(lambda: claiming(plain(640, 480, "HEIF", "RGBA"), 4_900, 4_900), id="heic-with-alpha"),
        pytest.param(partial(plain, 8_100, 8_000, "JPEG", progressive=True), id="progressive"),
        pytest.param(
            lambda: plain(640, 480, "JPEG", progressive=True)[:-2] + b"\xff\xda" * 200 + b"\xff\xd9", id="many-scans"
        ),
        pytest.param(lambda: plain(8_000, 8_000, "JPEG").replace(b"\xff\xc0", b"\xff\xc3", 1), id="lossless-jpeg"),
    ],
)
def test_more_than_memory_allows_is_refused_in_words(make: Callable[[], bytes]) -> None:
    with pytest.raises(SampleRefused, match="4,000 pixels a side") as refused:
        decode_image(make())
    assert refused.value.reason == Reason.IMAGE_TOO_LARGE


@pytest.mark.parametrize("kind", [*FORMATS, "MPO"])
def test_what_the_advice_says_is_taken_in(kind: str) -> None:
    """Four thousand pixels a side, whatever the format, its colours and their order."""
    assert decode_image(plain(4_000, 4_000, kind)).shape == (4000, 4000, 3)


def test_a_jpeg_with_another_picture_behind_it_shows_the_first() -> None:
    first, second = pillow.new("RGB", (8000, 6000), "red"), pillow.new("RGB", (640, 480), "blue")
    image = decode_image(encoded(first, "MPO", save_all=True, append_images=[second]))
    assert image.shape == (3000, 4000, 3)
    np.testing.assert_allclose(image[9, 9].astype(int), RED, atol=3)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size_px", [(1600, 1200), (120, 90)], ids=["larger", "smaller"])
def test_a_small_copy_is_no_larger_than_asked(kind: str, size_px: tuple[int, int]) -> None:
    image = decode_image(plain(*size_px, kind), 160)
    assert image.shape == ((120, 160, 3) if size_px[0] > 160 else (90, 120, 3))


def test_a_picture_of_a_camera_is_read_as_opencv_does() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    jpeg = cv2.imencode(".jpg", noise)[1].tobytes()
    np.testing.assert_array_equal(decode_frame(jpeg), cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(plain(40_000, 1, "PNG") + b"\xff\xd9", id="png"),
        pytest.param(camera_jpeg(640, 480)[:300], id="torn-in-the-header"),
    ],
)
def test_a_picture_of_a_camera_that_is_none(content: bytes) -> None:
    assert decode_frame(content) is None


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(partial(camera_jpeg, 65_500, 1), Reason.IMAGE_TOO_LONG, id="wide"),
        pytest.param(partial(camera_jpeg, 1, 65_500), Reason.IMAGE_TOO_LONG, id="high"),
        pytest.param(partial(camera_jpeg, 8, 8), Reason.IMAGE_TOO_SMALL, id="tiny"),
        pytest.param(partial(camera_jpeg, 17_000, 2_200), Reason.IMAGE_TOO_LARGE, id="large"),
        pytest.param(partial(plain, 8_100, 8_000, "JPEG", progressive=True), Reason.IMAGE_TOO_LARGE, id="progressive"),
    ],
)
def test_a_picture_of_a_camera_of_a_size_that_is_not_taken_in(make: Callable[[], bytes], reason: Reason) -> None:
    with pytest.raises(SampleRefused) as refused:
        decode_frame(make())
    assert refused.value.reason == reason


def test_a_large_picture_of_a_camera_is_decoded_at_reduced_size() -> None:
    image = decode_frame(camera_jpeg(8_000, 8_000))
    assert image is not None
    assert image.shape == (4000, 4000, 3)
