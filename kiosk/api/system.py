"""Whether the service is there, and what it is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from db.session import Database
from db.tokens import TokenScope
from kiosk.core.threads import Threads
from kiosk.errors import StorageError
from kiosk.web.access import requires
from kiosk.web.problems import Problem, documented

LOOK_AGAIN_S = 1.0
LONGEST_LOOK_S = 1.0

router = APIRouter(tags=["system"])


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@dataclass(frozen=True, slots=True)
class Info:
    """version: of the program. detector, model_version: of the networks in use. timezone: where a day begins."""

    version: str
    kiosk_id: str
    detector: str
    model_version: str
    timezone: str
    event_mode: str


class InfoResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    version: str
    kiosk_id: str
    detector: str
    model_version: str
    timezone: str
    event_mode: str


class Heartbeat:
    """Whether the database answers, asked in a thread of its own so that no other work keeps the answer waiting."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = Threads("health", 1)
        self._look: asyncio.Future[None] | None = None
        self._asked_s = float("-inf")

    async def require_database(self) -> None:
        """Raise StorageError unless the database has answered within the last moments."""
        if self._look is None or (self._look.done() and time.monotonic() - self._asked_s > LOOK_AGAIN_S):
            self._look = asyncio.ensure_future(self._thread.run(self._ping))
            self._asked_s = time.monotonic()
        try:
            await asyncio.wait_for(asyncio.shield(self._look), LONGEST_LOOK_S)
        except TimeoutError as error:
            raise StorageError("the database has not answered in time") from error

    def _ping(self) -> None:
        with self._database.reading() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        self._thread.close()


@router.get("/health", responses={503: {"model": Problem, "description": "the database is away"}})
async def get_health(request: Request) -> Health:
    """Tell whether the service and its database answer; the one thing that is said without a token."""
    heartbeat: Heartbeat = request.app.state.heartbeat
    await heartbeat.require_database()
    return Health()


@router.get("/api/v1/info", dependencies=[requires(TokenScope.READ)], responses=documented())
async def get_info(request: Request) -> InfoResponse:
    """Tell what this service is and which networks it uses."""
    return InfoResponse.model_validate(request.app.state.info)
