"""Which corrections may be undone, and which rows count."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.domain.corrections import CorrectionAction, RowCorrection, obstacle_to_undo, row_counts

Acts = list[tuple[int, int | None]]
CASES: dict[str, tuple[Acts, int, int | None]] = {
    "the only one": ([(1, None)], 1, None),
    "followed by another": ([(1, None), (2, None)], 1, 2),
    "followed by one that was undone": ([(1, None), (2, None), (3, 2)], 1, None),
    "followed by one that was undone and done again": ([(1, None), (2, None), (3, 2), (4, 3)], 1, 4),
    "undone already": ([(1, None), (2, 1)], 1, 2),
    "an undo": ([(1, None), (2, 1)], 2, None),
    "an undo that was undone": ([(1, None), (2, 1), (3, 2)], 2, 3),
    "an undo of an undo": ([(1, None), (2, 1), (3, 2)], 3, None),
    "an undo before another correction": ([(1, None), (2, 1), (3, None)], 2, 3),
}


@pytest.mark.parametrize("name", CASES)
def test_what_came_later_is_undone_first(name: str) -> None:
    acts, wanted, obstacle = CASES[name]
    assert obstacle_to_undo(acts, wanted) == obstacle


@pytest.mark.parametrize(
    ("actions", "counts"),
    [
        ("", True),
        ("void", False),
        ("add", True),
        ("void undo", True),
        ("add void", False),
        ("void undo void", False),
        ("add void undo", True),
    ],
)
def test_the_last_correction_of_a_row_decides(actions: str, counts: bool) -> None:
    made = datetime(2026, 11, 27, tzinfo=UTC)
    corrections = [RowCorrection(1, CorrectionAction(action), "admin", "x", made) for action in actions.split()]
    assert row_counts(corrections) is counts
    assert all(one.action.inverse.counts is not one.action.counts for one in corrections)
