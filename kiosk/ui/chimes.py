"""The sounds at the door, synthesised from sine waves: `python -m kiosk.ui.chimes` writes assets/sounds/*.wav."""

from __future__ import annotations

import wave
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.config.paths import ASSETS_DIR

SOUNDS_DIR = ASSETS_DIR / "sounds"
RATE_HZ = 22_050
_LOUDNESS = 0.35
_ATTACK_S = 0.008
# A struck bar: the fundamental and two quieter partials that fade sooner.
_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.8), (3.0, 0.10, 2.6))


class Sound(StrEnum):
    """Entry rises, exit falls, refusal stays low."""

    ENTRY = "entry"
    EXIT = "exit"
    REFUSAL = "refusal"


# Notes as (pitch in Hz, start in s, length in s).
TUNES = {
    Sound.ENTRY: ((659.26, 0.00, 0.28), (987.77, 0.11, 0.42)),
    Sound.EXIT: ((987.77, 0.00, 0.28), (659.26, 0.11, 0.42)),
    Sound.REFUSAL: ((246.94, 0.00, 0.20), (220.00, 0.19, 0.34)),
}


def samples(sound: Sound) -> NDArray[np.int16]:
    """Return a sound as (N,) int16 at RATE_HZ, one channel."""
    tune = TUNES[sound]
    length_s = max(start_s + lasts_s for _, start_s, lasts_s in tune)
    total = np.zeros(round(length_s * RATE_HZ))
    for pitch_hz, start_s, lasts_s in tune:
        note = _note(pitch_hz, lasts_s)
        first = round(start_s * RATE_HZ)
        room = min(len(note), len(total) - first)
        total[first : first + room] += note[:room]
    loud: NDArray[np.int16] = (total / np.abs(total).max() * _LOUDNESS * 32_767).round().astype(np.int16)
    return loud


def _note(pitch_hz: float, lasts_s: float) -> NDArray[np.float64]:
    at_s = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    tone = np.zeros_like(at_s)
    for multiple, loudness, haste in _PARTIALS:
        tone += loudness * np.sin(2 * np.pi * pitch_hz * multiple * at_s) * np.exp(-5.0 * haste * at_s / lasts_s)
    fade = np.minimum(1.0, at_s / _ATTACK_S) * np.minimum(1.0, (lasts_s - at_s) / 0.03)
    note: NDArray[np.float64] = tone * fade
    return note


def write(folder: Path = SOUNDS_DIR) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sound in Sound:
        with wave.open(str(folder / f"{sound}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples(sound).astype("<i2").tobytes())


if __name__ == "__main__":
    write()
