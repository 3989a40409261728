"""The place in a feed after which a client asks to go on, and what it is told when there is no such place any more."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from kiosk.web.pagination import NEXT
from kiosk.web.problems import Refusal

EPOCH = "X-Epoch"
BEGINS_ANEW = "feed_begins_anew"
MOST_NUMBER = 2**63 - 1

After = Annotated[
    int, Query(ge=0, le=MOST_NUMBER, description="the number of the last entry that is known; 0 for none")
]
Epoch = Annotated[UUID | None, Query(description="of the last entry, as in X-Epoch; 410 if the feed has another one")]
PLACED: dict[int | str, dict[str, object]] = {
    200: {
        "headers": {
            EPOCH: {"description": "within which numbers hold", "schema": {"type": "string"}},
            NEXT: {"description": "after of the next page, also when nothing is new", "schema": {"type": "string"}},
        }
    }
}


def require_place(after: int, epoch: UUID | None, *, present: UUID, first: int, latest: int) -> None:
    """Raise Refusal, 410, unless a feed can go on after a number; its headers say where to begin instead.

    Args:
        after: the number of the last entry that the client knows.
        epoch: of that entry; None if the client does not say.
        present: the feed's epoch.
        first: the lowest number that the feed still has.
        latest: the number that was given last.
    """
    if epoch not in (None, present):
        why = "the database was restored or copied, and the numbers are others now"
    elif after > latest:
        why = f"the feed has come to {latest} only; the database was probably restored"
    elif 0 < after < first - 1:
        why = f"the feed begins with {first} now"
    else:
        return
    headers = {EPOCH: str(present), NEXT: str(first - 1)}
    raise Refusal(410, f"{why}; read everything anew, then begin after {first - 1}", BEGINS_ANEW, headers)
