"""What a receiver is: one other system, and how changes of the attendance reach it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from db.session import Database
from kiosk.attendance.stays import StayRules
from kiosk.domain.attendance_log import FeedEntry
from kiosk.domain.ports import Clock
from kiosk.errors import KioskError
from kiosk.monitoring.health import HealthReport


class DeliveryFailed(KioskError):
    """The other side did not take what was delivered; it is delivered again.

    Attributes:
        code: stable, of lower-case letters, digits and underscores; goes to the database, log, doctor and metrics.
        delivered: how many entries, from the first one on, it has taken before.
        retry_after_s: how long the other side asks to be left alone; None where it does not say.
        pause: trying again is of no use before somebody has seen to it.
    """

    def __init__(
        self, code: str, message: str, *, delivered: int = 0, retry_after_s: float | None = None, pause: bool = False
    ) -> None:
        super().__init__(message)
        self.code, self.delivered, self.retry_after_s, self.pause = code, delivered, retry_after_s, pause


class Receiver(ABC):
    """One other system. All calls come from one thread, one after another; each ends within half a minute.

    Attributes:
        batch_size: how many entries one call of deliver is given at the most.
        every_s: the least time between two deliveries, so that what happens meanwhile goes together.
        idle_every_s: after how long without a delivery idle is called.
    """

    batch_size: int = 100
    every_s: float = 0.0
    idle_every_s: float = 30.0

    @abstractmethod
    def deliver(self, entries: Sequence[FeedEntry]) -> None:
        """Return when the other side has taken all entries, in their order. Raises DeliveryFailed."""

    @abstractmethod
    def test(self) -> str:
        """Send something harmless, and return a sentence about what became of it. Raises DeliveryFailed."""

    def idle(self) -> None:  # noqa: B027  most have nothing to do
        """Show that the kiosk is there; called after the start as well. Raises DeliveryFailed."""

    def close(self) -> None:  # noqa: B027  most have nothing to close
        """End the connection; harmless when called twice."""


class ReceiverOptions(BaseModel):
    """What is set about a receiver and may be seen by everybody; each field has a description."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class ReceiverContext:
    """What there is around a receiver.

    Attributes:
        name: of the receiver.
        kiosk_id: of the device that delivers.
        zone: of the office.
        clock: the machine's.
        database: of the office.
        state_dir: a folder for files of this receiver alone, mode 700; made when it is first needed.
        stays: how long people may be in.
        probe_health: looks at this device; quick, and asks no database.
    """

    name: str
    kiosk_id: str
    zone: ZoneInfo
    clock: Clock
    database: Database
    state_dir: Path
    stays: StayRules
    probe_health: Callable[[], HealthReport]


@dataclass(frozen=True, slots=True)
class ReceiverKind:
    """A kind of receivers.

    Attributes:
        summary: what it does, in half a sentence.
        options: their class.
        secrets: names of secrets that such a receiver may have.
        build: makes a receiver of options, secrets by name and context; raises InvalidInput where these do not fit.
    """

    summary: str
    options: type[ReceiverOptions]
    secrets: tuple[str, ...]
    build: Callable[[Any, Mapping[str, str], ReceiverContext], Receiver]
