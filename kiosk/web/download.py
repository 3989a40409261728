"""Answers of any length, which are sent while they are made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from kiosk.errors import KioskError
from kiosk.web.problems import refusal_of


class Download(StreamingResponse):
    """Closes what makes it when the client has gone; a failure breaks it off, so that no client takes it for whole."""

    def __init__(self, pieces: AsyncIterator[bytes], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._pieces = pieces

    @classmethod
    async def begin(
        cls, pieces: AsyncIterator[bytes], media_type: str, headers: Mapping[str, str] | None = None
    ) -> Download:
        """Return the answer once its first piece is there; what fails before is raised, and answered as a problem."""
        first = await anext(pieces, b"")
        return cls(_with_first(first, pieces), media_type, headers or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        made: Any = self._pieces
        async with aclosing(made):
            try:
                await super().__call__(scope, receive, send)
            except KioskError as error:
                refusal_of(error)  # the log has it; the answer has begun, and ends without its end


async def _with_first(first: bytes, pieces: Any) -> AsyncIterator[bytes]:
    async with aclosing(pieces):
        yield first
        async for piece in pieces:
            yield piece
