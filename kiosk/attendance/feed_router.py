"""The change feed over HTTP: what happened after a number, page by page or as server-sent events."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from kiosk.attendance.feed_schemas import ChangeResponse
from kiosk.attendance.feed_service import FeedService, TooManyStreams
from kiosk.attendance.registry import get_feed_service
from kiosk.attendance.router import PREFIX
from kiosk.domain.attendance_log import FeedPage
from kiosk.domain.credentials import TokenScope
from kiosk.web.authentication import requires
from kiosk.web.download import Download
from kiosk.web.feed_paging import EPOCH, MOST_NUMBER, PLACED, After, Epoch, require_place
from kiosk.web.pagination import NEXT, Limit
from kiosk.web.problems import Refusal, documented, unavailable

router = APIRouter(prefix=PREFIX, tags=["attendance"])
READ = requires(TokenScope.READ)
Service = Annotated[FeedService, Depends(get_feed_service)]

PAGE = 200
HEARTBEAT_S = 10.0
"""Also how soon a stream ends after its token was revoked."""
RECONNECT_MS = 2000
EVENT_STREAM = "text/event-stream"
LAST_EVENT = re.compile(r"([0-9a-f-]{36})-(\d{1,19})")


@router.get("/changes", dependencies=[READ], responses={**documented(410, 422), **PLACED})
async def get_changes(
    service: Service, response: Response, after: After = 0, epoch: Epoch = None, limit: Limit = 100
) -> list[ChangeResponse]:
    """List changes in the order in which they became visible: entries, exits, corrections, undone ones, deletions.

    Whoever asks again after X-Next, with the epoch of X-Epoch, misses none.
    """
    page, first = await service.get_page(after, limit)
    require_place(after, epoch, present=page.epoch, first=first, latest=page.latest)
    response.headers[EPOCH] = str(page.epoch)
    response.headers[NEXT] = str(_last(page, after))
    return [ChangeResponse.of(entry) for entry in page.entries]


@router.get(
    "/changes/stream",
    dependencies=[READ],
    response_class=Response,
    responses={**documented(410, 422), 200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
async def stream_changes(
    request: Request,
    service: Service,
    after: Annotated[
        int | None, Query(ge=0, le=MOST_NUMBER, description="the number of the last entry that is known; else from now")
    ] = None,
    epoch: Epoch = None,
    last_event_id: Annotated[str | None, Header(description="of a stream that broke off; goes before after")] = None,
) -> Response:
    """Send each change as a server-sent event as soon as it is visible; its id is the entry's, its data the entry."""
    if last_event_id is not None:
        after, epoch = _parse(last_event_id)
    page, first = await service.get_page(0 if after is None else after, 1)
    place = page.latest if after is None else after
    require_place(place, epoch, present=page.epoch, first=first, latest=page.latest)
    events = _events(service, place, page.epoch, request)
    return await Download.begin(events, EVENT_STREAM, {"Cache-Control": "no-store", EPOCH: str(page.epoch)})


async def _events(service: FeedService, after: int, epoch: UUID, request: Request) -> AsyncIterator[bytes]:
    """Yield events until the client goes, its token is revoked, the epoch ends or the server does."""
    streams = service.streams
    with ExitStack() as opened:
        try:
            changed = opened.enter_context(streams.opened())
        except TooManyStreams as error:
            raise unavailable("as many streams are open as there may be", "too_many_streams") from error
        yield f"retry: {RECONNECT_MS}\n\n".encode()
        token_due_s = _now_s() + HEARTBEAT_S
        while not streams.ended:
            changed.clear()
            page, _ = await service.get_page(after, PAGE)
            if page.epoch != epoch:
                return  # asked to go on, it is answered 410
            for entry in page.entries:
                yield _event(ChangeResponse.of(entry))
            after = _last(page, after)
            if _now_s() >= token_due_s:
                if not await request.app.state.gatekeeper.is_still_valid(request.state.token):
                    return
                token_due_s = _now_s() + HEARTBEAT_S
            if not page.entries and not await _happens(changed, max(0.1, token_due_s - _now_s())):
                yield b": nothing new\n\n"


async def _happens(event: asyncio.Event, within_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True


def _now_s() -> float:
    return asyncio.get_running_loop().time()


def _event(change: ChangeResponse) -> bytes:
    return f"id: {change.id}\nevent: change\ndata: {change.model_dump_json()}\n\n".encode()


def _last(page: FeedPage, after: int) -> int:
    return page.entries[-1].number if page.entries else after


def _parse(last_event_id: str) -> tuple[int, UUID]:
    match = LAST_EVENT.fullmatch(last_event_id.strip())
    try:
        if match is not None and (number := int(match[2])) <= MOST_NUMBER:
            return number, UUID(match[1])
    except ValueError:
        pass
    raise Refusal(422, "Last-Event-ID is none of this feed's; leave it out, or say after and epoch")
