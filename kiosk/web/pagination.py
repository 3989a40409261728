"""What the lists of all rooms have in common."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query

from kiosk.domain.types import MAX_ID

MAX_PAGE_SIZE = 1000

Skip = Annotated[int, Query(ge=0, le=MAX_ID, description="how many to leave out at the beginning")]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE, description="how many to return at the most")]
EmployeeId = Annotated[int, Path(ge=1, le=MAX_ID, description="the person's number")]

TOTAL = "X-Total-Count"
COUNTED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {TOTAL: {"description": "how many there are altogether", "schema": {"type": "integer"}}}}
}
