"""What the pipeline is run for, and what depends on it."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from kiosk.attendance import journal
from kiosk.config.paths import demo_dir
from kiosk.config.settings import Settings
from kiosk.domain.demo_marks import DEMO_KIOSK_ID


class Mode(Enum):
    """The door is watched, or the demo's clip is played.

    The demo writes a journal of its own and marks its rows; it does no housekeeping and does not report as this
    device's running kiosk.
    """

    DOOR = auto()
    DEMO = auto()


def journal_path(settings: Settings, mode: Mode) -> Path:
    """Return the path of the event journal; the demo has its own, for its events are none of the door's."""
    return (settings.data_dir if mode is Mode.DOOR else demo_dir(settings.data_dir)) / journal.FILE_NAME


def effective_kiosk_id(settings: Settings, mode: Mode) -> str:
    """Return the kiosk_id of new events."""
    return settings.kiosk_id if mode is Mode.DOOR else DEMO_KIOSK_ID
