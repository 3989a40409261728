"""One trace id for each request: in its answer, its log lines and its rows."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID, uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.core.context import traced
from kiosk.core.logger import log
from kiosk.web.problems import Refusal

HEADER = "X-Trace-ID"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Answers hold personal data, and are what they say they are.
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Tracing:
    """ASGI middleware. A UUID that the client sends in X-Trace-ID is taken, so that a retry can be told from a new
    request; a bug is logged with its traceback and answered with 500.

    count: is told of each answer: method, the route's pattern, status, seconds.
    """

    def __init__(self, app: ASGIApp, count: Callable[[str, str, int, float], None]) -> None:
        self._app = app
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with traced(_asked_for(scope) or uuid4()) as trace_id:
            await self._answer(scope, receive, send, trace_id)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, trace_id: UUID) -> None:
        status, began_s = 0, time.perf_counter()

        async def send_traced(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update({HEADER: str(trace_id), **ALWAYS})
            await send(message)

        try:
            await self._app(scope, receive, send_traced)
        except Exception:
            log(logging.ERROR, "api.failed", exc_info=True)
            if status:  # the answer has begun, and can only be broken off
                raise
            await Refusal(500, "something is wrong inside; the log tells what").response(scope, receive, send_traced)
        finally:
            # The path without the query, which may hold a name; quoted, so that it stays one line.
            fields = {"method": scope["method"], "path": quote(scope["path"]), "status": status}
            took_s = time.perf_counter() - began_s
            log(logging.INFO, "api.answered", **fields, took_ms=took_s * 1000)
            self._count(scope["method"] if scope["method"] in METHODS else "other", _route(scope), status, took_s)


def _route(scope: Scope) -> str:
    """Return the pattern that a path fits, so that neither numbers of people nor made-up paths are counted."""
    return str(getattr(scope.get("route"), "path", "none"))


def _asked_for(scope: Scope) -> UUID | None:
    try:
        return UUID(Headers(scope=scope)[HEADER])
    except (KeyError, ValueError):
        return None
