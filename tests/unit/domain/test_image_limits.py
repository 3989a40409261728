"""Sizes that are taken in, and those that are not."""

from __future__ import annotations

import pytest

from kiosk.domain.image_limits import WORKING_PIXELS, shrink_factor, size_fault
from kiosk.domain.quality import Reason


@pytest.mark.parametrize(
    ("size_px", "reason"),
    [
        ((640, 480), None),
        ((16, 16), None),
        ((16, 128), None),
        ((16_384, 16_384), None),
        ((16_384, 2_048), None),
        ((15, 16), Reason.IMAGE_TOO_SMALL),
        ((1, 1), Reason.IMAGE_TOO_SMALL),
        ((0, 0), Reason.IMAGE_TOO_SMALL),
        ((16, 129), Reason.IMAGE_TOO_LONG),
        ((129, 16), Reason.IMAGE_TOO_LONG),
        ((40_000, 1), Reason.IMAGE_TOO_LONG),
        ((1, 40_000), Reason.IMAGE_TOO_LONG),
        ((70_000, 2), Reason.IMAGE_TOO_LONG),
        ((16_385, 4_000), Reason.IMAGE_TOO_LARGE),
        ((40_000, 40_000), Reason.IMAGE_TOO_LARGE),
    ],
)
def test_a_size_is_taken_in_or_refused_with_a_reason(size_px: tuple[int, int], reason: Reason | None) -> None:
    assert size_fault(*size_px) == reason


@pytest.mark.parametrize(
    ("size_px", "factor"),
    [((640, 480), 1), ((6000, 5000), 1), ((6001, 5000), 2), ((12_000, 9_000), 2), ((16_384, 16_384), 3)],
)  # fmt: skip
def test_the_smallest_whole_number_that_shrinks_enough(size_px: tuple[int, int], factor: int) -> None:
    assert shrink_factor(*size_px) == factor
    assert (size_px[0] // factor) * (size_px[1] // factor) <= WORKING_PIXELS
