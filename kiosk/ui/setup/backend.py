"""What the first start needs of the kiosk behind it, beside the administrator's desk."""

from __future__ import annotations

from typing import Protocol

from kiosk.capture.status import CameraStatus
from kiosk.config.first_run_config import FirstRunAnswers


class SetupBackend(Protocol):
    """camera_status answers at once, from memory; keep may wait and is called on a background thread."""

    def camera_status(self) -> CameraStatus: ...

    def keep(self, choices: FirstRunAnswers, /) -> None:
        """Make choices durable, so that a power cut loses none of them. Raises StorageError."""
