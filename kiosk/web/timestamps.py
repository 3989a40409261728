"""Days and moments in requests: written out alone, for pydantic also takes a number as the time since 1970."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import Path
from pydantic import AwareDatetime, BeforeValidator


def _moment(text: object) -> object:
    """A blank before an offset is a plus that nobody encoded."""
    _refuse_number(text, "2025-03-03T09:00:00+03:00")
    return re.sub(r" (?=\d\d:\d\d$)", "+", text) if isinstance(text, str) else text


def _day(text: object) -> object:
    _refuse_number(text, "2025-03-03")
    return text


def _refuse_number(text: object, example: str) -> None:
    try:
        float(str(text))
    except ValueError:
        return
    raise ValueError(f"write it like {example}")


Instant: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_moment)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Month: TypeAlias = Annotated[str, Path(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$", description="as 2026-11")]
