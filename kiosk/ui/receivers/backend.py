"""What the screens of the receivers need of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class ReceiverState(Enum):
    """How a receiver is.

    Attributes:
        WELL: it is told, and the last attempt did not fail.
        NEW: as WELL, and nothing was to be told yet.
        FAILING: the last attempt failed; there will be another one.
        PAUSED: nothing is told before somebody lets it go on.
        UNATTENDED: no device tells it; `kiosk deliver` does not run.
    """

    WELL = "well"
    NEW = "new"
    FAILING = "failing"
    PAUSED = "paused"
    UNATTENDED = "unattended"


@dataclass(frozen=True, slots=True)
class ReceiverSummary:
    """A receiver and how far it has come; all times are aware UTC.

    Attributes:
        name: chosen by the office.
        kind: such as "webhook".
        state: how it is.
        position: the number of the last change that it was told; 0 for none.
        waiting: how many changes it has not been told yet, at the most.
        delivered_at: when it was last told something; None for never.
        error: a code of what failed; None when nothing did.
        failing_since: of the first of the attempts that have failed one after the other.
        retry_at: when the next attempt is made; None for at once, or never.
        is_local: this device tells it.
    """

    name: str
    kind: str
    state: ReceiverState
    position: int = 0
    waiting: int = 0
    delivered_at: datetime | None = None
    error: str | None = None
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    is_local: bool = True

    @property
    def latest(self) -> int:
        """The number of the latest change."""
        return self.position + self.waiting


class ReceiversBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError, InvalidInput among it."""

    def receivers(self) -> tuple[ReceiverSummary, ...]: ...

    def test_receiver(self, name: str, /) -> str | None:
        """Send it something harmless; return None when it took it, else the code of what failed."""

    def pause_receiver(self, name: str, /) -> None: ...

    def resume_receiver(self, name: str, /) -> None: ...

    def replay_receiver(self, name: str, first: int, /) -> None:
        """Tell it again from a number on."""

    def remove_receiver(self, name: str, /) -> None: ...

    def add_webhook(self, name: str, url: str, /) -> str:
        """Add a receiver that is sent signed messages; return its new secret, which is told nowhere else."""

    def add_folder(self, name: str, folder: str, /) -> None:
        """Add a receiver that is given CSV files in a folder."""
