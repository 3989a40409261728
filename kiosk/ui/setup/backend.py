"""What the first start needs of the kiosk, beside AdminBackend."""

from __future__ import annotations

from typing import Protocol

from kiosk.capture.status import CameraStatus
from kiosk.config.first_run_config import FirstRunAnswers


class SetupBackend(Protocol):
    """camera_status answers at once, from memory; save may wait and is called on a background thread."""

    def camera_status(self) -> CameraStatus: ...

    def save(self, answers: FirstRunAnswers, /) -> None:
        """Write the answers so that a power cut loses none of them. Raises StorageError."""
