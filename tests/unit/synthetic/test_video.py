"""From frames to a file and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.errors import StorageError
from kiosk.synthetic.video import write_video


def greys(count: int) -> Iterator[Image]:
    for index in range(count):
        yield np.full((120, 160, 3), 20 * index, np.uint8)


def unheard(count: int) -> None:
    """Take progress that a test does not look at."""


def test_a_video_comes_back_frame_by_frame(tmp_path: Path) -> None:
    path, counts = tmp_path / "new" / "clip.avi", list[int]()
    write_video(path, greys(10), 25, counts.append)
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FPS) == 25
    levels = [float(frame.mean()) for read, frame in iter(video.read, (False, None)) if read]
    video.release()
    assert levels == pytest.approx([20 * index for index in range(10)], abs=3)
    assert counts == list(range(1, 11))
    assert [file.name for file in path.parent.iterdir()] == ["clip.avi"]


def test_what_was_there_stays_when_drawing_fails(tmp_path: Path) -> None:
    def failing() -> Iterator[Image]:
        yield from greys(3)
        raise ValueError("the fourth cannot be drawn")

    path = tmp_path / "clip.avi"
    path.write_bytes(b"the old one")
    with pytest.raises(ValueError, match="fourth"):
        write_video(path, failing(), 25, unheard)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="demo"):
        write_video(tmp_path / "demo" / "clip.avi", greys(1), 25, unheard)
