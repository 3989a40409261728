"""Sounds: made here, played by the system's players, and never in the way."""

from __future__ import annotations

import logging
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from kiosk.ui.chimes import RATE_HZ, SOUNDS_DIR, Sound, samples
from kiosk.ui.sounds import Sounds


@pytest.mark.parametrize("sound", list(Sound))
def test_the_files_are_what_the_tunes_say(sound: Sound) -> None:
    with wave.open(str(SOUNDS_DIR / f"{sound}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        stored = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    np.testing.assert_allclose(stored, samples(sound), atol=2)


def loudest_pitch(part: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(part.astype(float)))
    return float(np.argmax(spectrum) * RATE_HZ / len(part))


def test_entry_goes_up_exit_comes_down_and_refusal_is_low() -> None:
    pitches = {}
    for sound in Sound:
        made = samples(sound)
        assert 0.3 < len(made) / RATE_HZ < 0.7
        assert 0.2 < np.abs(made).max() / 32_767 < 0.5
        pitches[sound] = loudest_pitch(made[: RATE_HZ // 10]), loudest_pitch(made[-RATE_HZ // 5 :])
    assert pitches[Sound.ENTRY][0] < pitches[Sound.ENTRY][1]
    assert pitches[Sound.EXIT][0] > pitches[Sound.EXIT][1]
    assert max(pitches[Sound.REFUSAL]) < min(*pitches[Sound.ENTRY], *pitches[Sound.EXIT])


def player(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_first_player_that_works_is_used(tmp_path: Path) -> None:
    broken = player(tmp_path, "broken", "exit 1")
    works = player(tmp_path, "works", f'echo "$1" >>{tmp_path}/played')
    sounds = Sounds([("no-such-player",), (broken,), (works,)])
    for sound in (Sound.ENTRY, Sound.EXIT):
        sounds.play(sound)
    deadline_s = time.monotonic() + 10
    while not (tmp_path / "played").exists() or (tmp_path / "played").read_text().count("\n") < 2:
        assert time.monotonic() < deadline_s
        time.sleep(0.01)
    sounds.stop()
    played = (tmp_path / "played").read_text().split()
    assert played == [str(SOUNDS_DIR / "entry.wav"), str(SOUNDS_DIR / "exit.wav")]


def test_without_a_player_there_is_one_line_and_silence(caplog: pytest.LogCaptureFixture) -> None:
    sounds = Sounds([("no-such-player",)])
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            sounds.play(Sound.ENTRY)
        sounds._pool.shutdown(wait=True)
    assert [record.getMessage() for record in caplog.records] == ["sounds.silent"]
    sounds.stop()


def test_a_queue_of_people_is_not_a_queue_of_sounds(tmp_path: Path) -> None:
    slow = player(tmp_path, "slow", f"sleep 0.3; echo x >>{tmp_path}/played")
    sounds = Sounds([(slow,)])
    for _ in range(5):
        sounds.play(Sound.ENTRY)
    sounds._pool.shutdown(wait=True)
    assert (tmp_path / "played").read_text().count("x") == 2


def test_they_can_be_switched_off(tmp_path: Path) -> None:
    works = player(tmp_path, "works", f"echo x >>{tmp_path}/played")
    sounds = Sounds([(works,)])
    sounds.enabled = False
    sounds.play(Sound.ENTRY)
    sounds.stop()
    assert not (tmp_path / "played").exists()
