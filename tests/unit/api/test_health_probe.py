"""Health is told in time, whatever a look takes."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from itertools import count

import pytest

from kiosk.api import health_probe
from kiosk.api.health_probe import _Look


def test_slow_look_is_answered_with_what_was_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_probe, "LOOK_AGAIN_S", 0.0)
    monkeypatch.setattr(health_probe, "LONGEST_LOOK_S", 0.05)
    may_end, answers = threading.Event(), map(str, count())

    def look() -> str:
        assert may_end.wait(30)
        return next(answers)

    async def ask() -> list[str | None]:
        with closing(_Look("look", look)) as looking:
            told = [await looking.newest()]
            may_end.set()
            while told[-1] is None:
                told.append(await looking.newest())
            may_end.clear()
            told.append(await looking.newest())
            monkeypatch.setattr(health_probe, "HOLDS_S", 0.0)
            told.append(await looking.newest())
            may_end.set()
        return told

    told = asyncio.run(ask())
    assert told[0] is None
    newest, held, too_old = told[-3:]
    assert newest is not None
    assert held == newest
    assert too_old is None
