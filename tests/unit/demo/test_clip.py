"""The demo's clip: who is in it, and when it is made anew."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kiosk.demo import clip
from kiosk.demo.clip import LASTS_S, demo_visitors, prepare_clip
from kiosk.errors import ConfigurationError
from kiosk.synthetic.figures import FACE_M
from kiosk.synthetic.film import MovingSubject
from kiosk.synthetic.lens import Lens

LENS = Lens()


@pytest.fixture(scope="module")
def visitors() -> tuple[MovingSubject, ...]:
    return demo_visitors()


def present(visitors: tuple[MovingSubject, ...], at_s: float) -> int:
    """Return how many faces lie wholly within the picture."""
    poses = [pose for visitor in visitors if (pose := visitor.movement(at_s))]
    faces = [(LENS.xy(pose)[0], LENS.length_px(FACE_M, pose.away_m)) for pose in poses]
    return sum(face_px / 2 < x < LENS.width_px - face_px / 2 for x, face_px in faces)


def test_they_come_one_after_another_and_then_two_at_once(visitors: tuple[MovingSubject, ...]) -> None:
    counts = [present(visitors, float(at_s)) for at_s in np.arange(0, LASTS_S, 0.04)]
    changes = [counts[0]] + [after for before, after in pairwise(counts) if after != before]
    assert changes == [0, 1, 0, 1, 0, 1, 0, 1, 2, 1, 0]


def test_everybody_has_left_before_the_end(visitors: tuple[MovingSubject, ...]) -> None:
    assert not any(visitor.movement(LASTS_S) for visitor in visitors)


def test_nobody_fills_the_picture_or_stays_too_far_to_be_seen(visitors: tuple[MovingSubject, ...]) -> None:
    for visitor in visitors:
        poses = [pose for at_s in np.arange(0, LASTS_S, 0.04) if (pose := visitor.movement(float(at_s)))]
        sizes = [LENS.length_px(FACE_M, pose.away_m) for pose in poses]
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
    monkeypatch.setattr(clip, "demo_visitors", lambda *_: ())


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


@pytest.mark.parametrize("drawn_by", clip.DRAWN_BY, ids=lambda path: path.stem)
def test_whatever_draws_the_clip_is_part_of_its_recipe(
    drawn_by: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / drawn_by.name
    changed.write_bytes(drawn_by.read_bytes() + b"\n")
    before = clip._recipe()
    monkeypatch.setattr(clip, "DRAWN_BY", tuple(changed if path == drawn_by else path for path in clip.DRAWN_BY))
    assert clip._recipe() != before


def test_all_that_a_camera_is_made_of_draws_the_clip() -> None:
    made_of = {"camera", "clip", "entrance", "figures", "film", "lens", "subjects", "walks"}
    assert made_of <= {path.stem for path in clip.DRAWN_BY}


def test_without_the_photographs_it_says_how_to_fetch_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="fetch-only"):
        prepare_clip(tmp_path, unheard, photographs_dir=tmp_path)
    assert not (tmp_path / "demo").exists()
