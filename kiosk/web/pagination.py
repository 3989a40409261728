"""What the lists of all rooms have in common."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Path, Query

from kiosk.domain.types import MAX_ID

MAX_PAGE_SIZE = 1000

T = TypeVar("T")

Skip = Annotated[int, Query(ge=0, le=MAX_ID, description="how many to leave out at the beginning")]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE, description="how many to return at the most")]
EmployeeId = Annotated[int, Path(ge=1, le=MAX_ID, description="the person's number")]

AFTER = "the last of the page before, as in its X-Next; quicker than skip, and nothing is missed or given twice"
TOTAL, NEXT = "X-Total-Count", "X-Next"
_TOTAL_HEADER = {TOTAL: {"description": "how many there are altogether; not with after", "schema": {"type": "integer"}}}
_NEXT_HEADER = {
    NEXT: {"description": "after of the next page; none when there are no more", "schema": {"type": "string"}}
}
COUNTED: dict[int | str, dict[str, Any]] = {200: {"headers": _TOTAL_HEADER}}
PAGED: dict[int | str, dict[str, Any]] = {200: {"headers": {**_TOTAL_HEADER, **_NEXT_HEADER}}}


def page_of(rows: Sequence[T], key: Callable[[T], Any], after: Any, skip: int, limit: int) -> Sequence[T]:
    """Return a page of rows that are sorted by key: the row with the key after, there or not, stands before it.

    after: None to begin with the first row.
    """
    first = skip + (0 if after is None else bisect_right(rows, after, key=key))
    return rows[first : first + limit]
