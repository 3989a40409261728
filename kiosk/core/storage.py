"""Snapshots on disk, in one folder for each day, so that a night's work can find what is too old."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.core.logger import log
from kiosk.core.types import Image

SNAPSHOT_FOLDER = Path("static") / "debug_photos"
# Below this the disk's last room belongs to the events.
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SnapshotStore:
    """Writes `<data_dir>/static/debug_photos/YYYY-MM-DD/<trace id>.jpg`, readable by the kiosk's user alone.

    encode: makes a JPEG of a BGR uint8 image.
    """

    data_dir: Path
    zone: ZoneInfo
    encode: Callable[[Image], bytes]

    def save(self, image_bgr: Image, taken_at: datetime, trace_id: UUID) -> str | None:
        """Return the snapshot's path relative to data_dir, or None when the disk refused: an event goes on without."""
        relative = SNAPSHOT_FOLDER / f"{taken_at.astimezone(self.zone):%Y-%m-%d}" / f"{trace_id}.jpg"
        path = self.data_dir / relative
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(path.parent).free < MINIMUM_FREE_BYTES:
                log(logging.WARNING, "snapshot.skipped", trace_id=trace_id, reason="disk_nearly_full")
                return None
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(self.encode(image_bgr))
        except OSError as error:
            log(logging.WARNING, "snapshot.failed", trace_id=trace_id, reason=error.strerror or type(error).__name__)
            path.unlink(missing_ok=True)
            return None
        return relative.as_posix()

    def delete(self, relative_path: str) -> None:
        """Delete one snapshot; harmless when it is gone, and never anything outside the snapshots' folder."""
        folder = (self.data_dir / SNAPSHOT_FOLDER).resolve()
        path = (self.data_dir / relative_path).resolve()
        if path.is_relative_to(folder):
            path.unlink(missing_ok=True)
