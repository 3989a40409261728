"""Plays the short sounds by the player that the system has; without one it logs that once and stays silent."""

from __future__ import annotations

import logging
import shutil
import subprocess
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.core.logger import log
from kiosk.ui.chimes import SOUNDS_DIR, Sound

# PipeWire's, PulseAudio's and ALSA's own players. QtMultimedia is no part of PySide6-Essentials.
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "--quiet"))
_TIMEOUT_S = 3.0


class Sounds:
    """play() returns at once; a sound that would come too late is left out."""

    def __init__(self, players: Sequence[Sequence[str]] = PLAYERS, folder: Path = SOUNDS_DIR) -> None:
        self._players = [list(player) for player in players if shutil.which(player[0])]
        self._folder = folder
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sounds")
        # Two people at once may both be heard; a whole queue may not make the last one hear the first one's sound.
        self._room = threading.Semaphore(2)
        self.enabled = True

    def play(self, sound: Sound) -> None:
        if not self.enabled or not self._room.acquire(blocking=False):
            return
        self._pool.submit(self._play, self._folder / f"{sound}.wav")

    def stop(self) -> None:
        """Let the current sound end, and play no more."""
        self.enabled = False
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _play(self, path: Path) -> None:
        try:
            while self._players and not _runs([*self._players[0], str(path)]):
                self._players.pop(0)
            if not self._players and self.enabled:
                self.enabled = False
                log(logging.WARNING, "sounds.silent", why="no player works; pw-play, paplay and aplay were looked for")
        finally:
            self._room.release()


def _runs(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT_S)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
