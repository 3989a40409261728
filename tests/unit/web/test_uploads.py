"""The line in which photographs wait for the networks."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from fastapi import UploadFile

from kiosk.web.problems import Refusal
from kiosk.web.uploads import LARGEST_PHOTOGRAPH, InferenceQueue


def upload(content: bytes = b"picture", size: int | None = None) -> UploadFile:
    return UploadFile(BytesIO(content), size=len(content) if size is None else size)


def test_one_at_a_time_has_its_turn() -> None:
    async def crowd() -> list[str]:
        line, told = InferenceQueue(), []

        async def ask(name: str) -> None:
            async with line.turn([upload(name.encode())]) as (content,):
                told.append(f"{content.decode()} begins")
                await asyncio.sleep(0)
                told.append(f"{content.decode()} ends")

        await asyncio.gather(*(ask(name) for name in "abc"))
        return told

    assert asyncio.run(crowd()) == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


def test_who_would_wait_too_long_is_told_to_come_again() -> None:
    async def crowd() -> list[int]:
        line = InferenceQueue(longest=2)

        async def ask() -> int:
            try:
                async with line.turn([upload()]):
                    await asyncio.sleep(0)
            except Refusal as refusal:
                assert refusal.code == "busy"
                assert refusal.headers is not None and int(refusal.headers["Retry-After"]) > 0
                return refusal.status_code
            return 200

        first = await asyncio.gather(*(ask() for _ in range(4)))
        return [*first, await ask()]

    assert asyncio.run(crowd()) == [200, 200, 503, 503, 200]


def test_a_photograph_that_is_too_large_does_not_wait() -> None:
    async def ask() -> None:
        async with InferenceQueue().turn([upload(), upload(size=LARGEST_PHOTOGRAPH + 1)]):
            pytest.fail("it was taken")

    with pytest.raises(Refusal) as refused:
        asyncio.run(ask())
    assert refused.value.status_code == 413
