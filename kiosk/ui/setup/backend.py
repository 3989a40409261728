"""What the first start needs of the kiosk, beside AdminBackend."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from kiosk.capture.status import CameraStatus
from kiosk.config.first_run_config import FirstRunAnswers


class PasswordChoice(Enum):
    """Whether the administrator's password may be chosen at the first start's questions.

    OPEN: it may. MADE: there is one. ELSEWHERE: this is no new device, so that it is set at the command line alone.
    """

    OPEN = auto()
    MADE = auto()
    ELSEWHERE = auto()


class SetupBackend(Protocol):
    """camera_status answers at once, from memory; the others may wait and are called on a background thread."""

    def camera_status(self) -> CameraStatus: ...

    def save(self, answers: FirstRunAnswers, /) -> None:
        """Write the answers so that a power cut loses none of them. Raises StorageError."""

    def password_choice(self) -> PasswordChoice:
        """Raises StorageError."""

    def choose_password(self, password: str, /) -> None:
        """Raises EasilyGuessed, InvalidInput unless the choice is OPEN, StorageError."""
