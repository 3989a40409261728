"""Corrections of the attendance log, and the one rule that says which rows count.

A row of the log never changes. Corrections are appended to it, numbered from 1, and the last one decides: a row counts
unless its last correction is VOID. A time, type or person is changed by two corrections that belong together: VOID for
the row, and ADD for a new row that stands for it. Undoing appends the inverse of each correction that belongs together,
so that an undo can be undone as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.domain.types import EventType

AUTOMATIC = "automatic"
"""The author of exits that nobody registered, and that the kiosk set to the end of the shift."""


class ForgottenExit(StrEnum):
    """What becomes of an exit that nobody registered."""

    OPEN = "open"
    SHIFT_END = "shift-end"
    """It is set to the end of the shift, where a schedule says when that is."""


class CorrectionAction(StrEnum):
    """What a correction does to its row."""

    VOID = "void"
    ADD = "add"
    UNDO = "undo"
    """The void before it is taken back."""

    @property
    def counts(self) -> bool:
        """Whether the row counts after it."""
        return self is not CorrectionAction.VOID

    @property
    def inverse(self) -> CorrectionAction:
        """What undoes it."""
        return CorrectionAction.VOID if self.counts else CorrectionAction.UNDO


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """The row that another one stands for, as it was registered. timestamp: aware UTC."""

    trace_id: UUID
    employee_id: int | None
    timestamp: datetime
    event_type: EventType


@dataclass(frozen=True, slots=True)
class RowCorrection:
    """One correction of one row.

    Attributes:
        id: rises with time.
        author: who corrected it, such as "admin", "cli:anna", "token:payroll", or AUTOMATIC.
        at: aware UTC.
        part_of: the correction that this one belongs to; None for the first of those that belong together.
        undoes: the correction that this one undoes; None for all others.
        original: what the row stands for, where it was added instead of another.
    """

    id: int
    action: CorrectionAction
    author: str
    reason: str
    at: datetime
    part_of: int | None = None
    undoes: int | None = None
    original: OriginalRow | None = None


def row_counts(corrections: Sequence[RowCorrection]) -> bool:
    """Tell whether a row counts. corrections: all of the row, in the order in which they were made."""
    return not corrections or corrections[-1].action.counts


def obstacle_to_undo(acts: Sequence[tuple[int, int | None]], wanted: int) -> int | None:
    """Return the act that keeps a correction of a row from being undone; None when nothing does.

    What came after it must have been undone again, the latest first, as in an editor.

    Args:
        acts: the row's corrections, in the order in which they were made: the number of the first correction of
            those that belong together, and the one that it undoes or None.
        wanted: one of these numbers.
    """
    undone_by = {undoes: act for act, undoes in acts if undoes is not None}
    if wanted in undone_by:
        return undone_by[wanted]
    standing: list[int] = []
    then: tuple[int, ...] = ()
    for act, undoes in acts:
        if standing and standing[-1] == undoes:
            standing.pop()
        else:
            standing.append(act)
        if act == wanted:
            then = tuple(standing)
    return None if tuple(standing) == then else standing[-1]
