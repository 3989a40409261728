"""Bodies of a size that can be dealt with, and a line in which photographs wait for their turn."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from fastapi import UploadFile
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.domain.image_limits import FORMAT_NAMES
from kiosk.web.problems import Refusal, unavailable

MEGABYTE = 1024 * 1024
LARGEST_PHOTOGRAPH = 25 * MEGABYTE
PHOTOGRAPH = f"{FORMAT_NAMES}; {LARGEST_PHOTOGRAPH // MEGABYTE} MB at the most"
LARGEST_BODY = MEGABYTE
# Beside the photographs a form has its other fields and the boundaries between them.
ROOM_FOR_FIELDS = MEGABYTE


class BodyLimit:
    """ASGI middleware that refuses larger bodies, by their announced length or while they come.

    exceptions: path -> bytes, where LARGEST_BODY is not meant.
    """

    def __init__(self, app: ASGIApp, exceptions: Mapping[str, int]) -> None:
        self._app = app
        self._exceptions = exceptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._exceptions.get(scope["path"], LARGEST_BODY)
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _too_large()
            return message

        if _announced(scope) > limit:
            await _too_large().response(scope, receive, send)
        else:
            await self._app(scope, receive_limited, send)


class InferenceQueue:
    """Lets one request at a time have the networks; the others' photographs stay on disk until then."""

    def __init__(self, longest: int = 32) -> None:
        self._longest = longest
        self._length = 0
        self._turn = asyncio.Lock()

    @property
    def length(self) -> int:
        """How many requests wait, the one whose turn it is among them."""
        return self._length

    @asynccontextmanager
    async def turn(self, photographs: Sequence[UploadFile]) -> AsyncIterator[list[bytes]]:
        """Wait, and give the photographs' content. Raises Refusal: 413 for one too large, 503 for a line too long."""
        if any((photograph.size or 0) > LARGEST_PHOTOGRAPH for photograph in photographs):
            raise _too_large()
        if self._length >= self._longest:
            raise unavailable("too many photographs wait already; try again soon", "busy")
        self._length += 1
        try:
            async with self._turn:
                yield [await photograph.read() for photograph in photographs]
        finally:
            self._length -= 1


async def digest_of(photograph: UploadFile) -> str:
    """Return the SHA-256 of a photograph's content, in hexadecimal, without holding all of it."""
    digest = hashlib.sha256()
    while content := await photograph.read(MEGABYTE):
        digest.update(content)
    await photograph.seek(0)
    return digest.hexdigest()


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _too_large() -> Refusal:
    return Refusal(
        413, f"too large: a photograph may have {LARGEST_PHOTOGRAPH // MEGABYTE} MB, the rest of a request one"
    )
