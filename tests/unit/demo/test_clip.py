"""The demo's clip: who is in it, and when it is made anew."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kiosk.demo import clip
from kiosk.demo.clip import LASTS_S, demo_walks, prepare_clip
from kiosk.errors import ConfigurationError
from kiosk.synthetic.walks import Lens, Walk, pose


@pytest.fixture(scope="module")
def walks() -> tuple[Walk, ...]:
    return demo_walks()


def present(walks: tuple[Walk, ...], at_s: float) -> int:
    """Return how many faces lie wholly within the picture."""
    lens = Lens()
    poses = [there for walk in walks if (there := pose(walk, at_s, lens))]
    return sum(there.face_px / 2 < there.x < lens.width_px - there.face_px / 2 for there in poses)


def test_they_come_one_after_another_and_then_two_at_once(walks: tuple[Walk, ...]) -> None:
    counts = [present(walks, float(at_s)) for at_s in np.arange(0, LASTS_S, 0.04)]
    changes = [counts[0]] + [after for before, after in pairwise(counts) if after != before]
    assert changes == [0, 1, 0, 1, 0, 1, 0, 1, 2, 1, 0]


def test_everybody_has_left_before_the_end(walks: tuple[Walk, ...]) -> None:
    assert max(walk.ends_s for walk in walks) < LASTS_S


def test_nobody_fills_the_picture_or_stays_too_far_to_be_seen(walks: tuple[Walk, ...]) -> None:
    for walk in walks:
        sizes = [p.face_px for at_s in np.arange(0, LASTS_S, 0.04) if (p := pose(walk, float(at_s), Lens()))]
        assert min(sizes) < 80
        assert 180 < max(sizes) < 270


def unheard(done: int, count: int) -> None:
    """Take progress that a test does not look at."""


def refused(done: int, count: int) -> None:
    pytest.fail("the clip is made although it is there")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The empty entrance's first moments suffice to see when a clip is made."""
    monkeypatch.setattr(clip, "LASTS_S", 0.2)
    monkeypatch.setattr(clip, "demo_walks", lambda *_: ())


@pytest.fixture
def made(short: None, tmp_path: Path) -> Path:
    return prepare_clip(tmp_path, unheard)


def test_progress_tells_how_much_there_is_to_make(short: None, tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    made = prepare_clip(tmp_path, lambda done, count: progress.append((done, count)))
    assert made == tmp_path / "demo" / "walk-past.avi"
    assert progress == [(done, 5) for done in range(1, 6)]


def test_a_clip_that_is_there_is_not_made_again(made: Path, tmp_path: Path) -> None:
    assert prepare_clip(tmp_path, refused) == made


@pytest.mark.parametrize("spoilt", ["clip damaged", "clip gone", "stamp damaged", "stamp gone", "recipe changed"])
def test_a_clip_that_is_not_what_it_should_be_is_made_anew(
    spoilt: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made.read_bytes()
    victim = made if spoilt.startswith("clip") else made.with_suffix(".stamp")
    if spoilt.endswith("damaged"):
        victim.write_bytes(b"\xff\x00")
    elif spoilt.endswith("gone"):
        victim.unlink()
    else:
        monkeypatch.setattr(clip, "_recipe", lambda: "another")
    done: list[int] = []
    prepare_clip(tmp_path, lambda frame, _: done.append(frame))
    assert len(done) == 5
    assert made.read_bytes() == whole
    prepare_clip(tmp_path, refused)


def test_without_the_photographs_it_says_how_to_fetch_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="fetch-only"):
        prepare_clip(tmp_path, unheard, photographs_dir=tmp_path)
    assert not (tmp_path / "demo").exists()
