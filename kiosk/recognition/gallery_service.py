"""What makes enrolled people missed or mistaken, and how far a change of the embedder is, for coroutines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from db.session import Database
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.decision import Decider
from kiosk.domain.gallery_finding import GalleryFinding
from kiosk.recognition.embedder_switches import EmbedderSwitches, SwitchProgress
from kiosk.recognition.gallery_check import check_gallery

JudgePair: TypeAlias = Callable[[int, int, int | None], object]
"""Says that two employees are two people or, with the number that stays, one."""


class GalleryService:
    """Every method raises StorageError.

    Args:
        database: of the office.
        decider: the rule by which the door decides.
        model_version: of the embedder that decides.
        judge: see EmployeeStore.judge_pair.
        database_threads: no more than the database has connections.
    """

    def __init__(
        self,
        *,
        database: Database,
        decider: Decider,
        model_version: str,
        judge: JudgePair,
        database_threads: ThreadPool,
    ) -> None:
        self._database, self._decider, self._model_version = database, decider, model_version
        self._judge, self._threads = judge, database_threads

    async def findings(self) -> tuple[GalleryFinding, ...]:
        """See check_gallery."""
        return await self._threads.run(check_gallery, self._database, self._decider, self._model_version)

    async def judge_pair(self, first: int, second: int, keep: int | None) -> None:
        """Raises InvalidInput for numbers that make no pair, EmployeeNotFound."""
        await self._threads.run(self._judge, first, second, keep)

    async def switch(self) -> SwitchProgress | None:
        """Return how far the open change of the embedder is; None without one."""
        return await self._threads.run(EmbedderSwitches(self._database).progress)
