"""Looking at the database and the device in threads of its own, so that no other work keeps the answer waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Generic, TypeVar

from db import migrations
from db.receivers import ReceiverFigures, receiver_figures
from db.session import Database
from kiosk.core.thread_pool import ThreadPool
from kiosk.errors import ConfigurationError, DatabaseReplaced, KioskError
from kiosk.monitoring.health import DeviceProbe, HealthCheck, HealthGrade, HealthReport
from kiosk.security.admin_password import AdminPassword

LOOK_AGAIN_S = 1.0
LONGEST_LOOK_S = 2.0
# A busy machine is slow and not ill: what was seen shortly before holds as long.
HOLDS_S = 10.0

T = TypeVar("T")


class HealthProbe:
    """For one event loop; however many ask, there is one look a second."""

    def __init__(self, database: Database, device: DeviceProbe) -> None:
        self._database = database
        self._password = AdminPassword(database)
        self._ping = _Look("health", self._look_at_database)
        self._device = _Look("device", device.probe)
        self._receivers = _Look("receivers", self._look_at_receivers)

    async def look(self) -> HealthReport:
        """Return what was seen within the last moments; what did not answer in time has failed."""
        database, device = await asyncio.gather(self._ping.newest(), self._device.newest())
        if device is None:
            device = HealthReport((HealthCheck("disk", HealthGrade.DEGRADED, "no_answer"),), None, None, None, None)
        checks = database or (HealthCheck("database", HealthGrade.FAILED, "no_answer"),)
        return replace(device, checks=(*checks, *device.checks))

    async def receivers(self) -> tuple[ReceiverFigures, ...] | None:
        """Return how the receivers are; None where the database does not tell in time."""
        return await self._receivers.newest()

    def _look_at_receivers(self) -> tuple[ReceiverFigures, ...] | None:
        try:
            with self._database.reading() as session:
                return receiver_figures(session)
        except KioskError:
            return None

    def _look_at_database(self) -> tuple[HealthCheck, ...]:
        database = self._ping_database()
        if database.grade is not HealthGrade.OK:
            return (database,)
        try:
            is_set = self._password.is_set()
        except KioskError:
            return (HealthCheck("database", HealthGrade.FAILED, "away"),)
        grade, code = (HealthGrade.OK, None) if is_set else (HealthGrade.DEGRADED, "not_set")
        return database, HealthCheck("admin_password", grade, code)

    def _ping_database(self) -> HealthCheck:
        try:
            with self._database.reading() as session:
                revision = migrations.stored_revision(session)
        except ConfigurationError:
            return HealthCheck("database", HealthGrade.FAILED, "misconfigured")
        except DatabaseReplaced:
            return HealthCheck("database", HealthGrade.FAILED, "replaced")
        except KioskError:
            return HealthCheck("database", HealthGrade.FAILED, "away")
        if revision != migrations.HEAD:
            return HealthCheck("database", HealthGrade.FAILED, "other_version")
        return HealthCheck("database", HealthGrade.OK)

    def close(self) -> None:
        self._ping.close()
        self._device.close()
        self._receivers.close()


class _Look(Generic[T]):
    """One thing that is looked at again when the last look is a second old."""

    def __init__(self, name: str, look: Callable[[], T]) -> None:
        self._thread = ThreadPool(name, 1)
        self._look = look
        self._looking: asyncio.Future[T] | None = None
        self._began_s = float("-inf")
        self._seen: tuple[float, T] | None = None

    async def newest(self) -> T | None:
        """Return the newest result, None when it takes too long and the one before is no longer new."""
        if self._looking is None or (self._looking.done() and time.monotonic() - self._began_s > LOOK_AGAIN_S):
            self._looking = asyncio.ensure_future(self._thread.run(self._look))
            self._began_s = time.monotonic()
        try:
            result = await asyncio.wait_for(asyncio.shield(self._looking), LONGEST_LOOK_S)
        except TimeoutError:
            recent = self._seen is not None and time.monotonic() - self._seen[0] < HOLDS_S
            return self._seen[1] if recent and self._seen is not None else None
        self._seen = (self._began_s, result)
        return result

    def close(self) -> None:
        self._thread.close()
