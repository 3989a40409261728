"""A bug in a thread of the door: it is written down and survived a few times; one that stays ends the process."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.app.door import open_pipeline
from kiosk.app.pipeline import THREAD_FAILED, Pipeline
from kiosk.bench.frames import frame_with_people
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.config.settings import Settings
from kiosk.core.opencv import cv2
from kiosk.domain.frame_result import Announcement, FrameResult

FRAMES = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody whom nobody knows stands there."""
    made = tmp_path_factory.mktemp("stands")
    picture = frame_with_people((("obama3.jpg", 0.0),))
    for index in range(FRAMES):
        assert cv2.imwrite(str(made / f"{index}.jpg"), picture)
    return made


@contextmanager
def door(folder: Path, data_dir: Path) -> Iterator[Pipeline]:
    settings = Settings(_env_file=None, data_dir=data_dir, source=str(folder), snapshots=False)
    with open_pipeline(settings, PlaybackSpeed.MAX) as pipeline:
        yield pipeline


class Listener:
    """Crashes on its first frames."""

    def __init__(self, crashes: int) -> None:
        self.crashes = crashes
        self.seen = 0
        self.last_reported = 0

    def __call__(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:  # noqa: ARG002
        self.seen += 1
        if self.seen <= self.crashes:
            raise RuntimeError("a bug")
        self.last_reported += len(announcements)


@pytest.mark.expects_errors
def test_a_thread_that_crashes_twice_goes_on(folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    listener = Listener(crashes=2)
    with door(folder, tmp_path) as pipeline:
        pipeline.listen(listener)
        assert pipeline.run() == 0
    assert listener.seen == FRAMES
    assert listener.last_reported == 1, "the visitor"
    crashes = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in crashes] == ["thread.crashed"] * 2
    assert all(record.exc_info and "a bug" in str(record.exc_info[1]) for record in crashes)


@pytest.mark.expects_errors
def test_a_thread_that_crashes_again_and_again_ends_the_process(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    listener = Listener(crashes=FRAMES)
    with door(folder, tmp_path) as pipeline:
        pipeline.listen(listener)
        assert pipeline.run() == THREAD_FAILED
    assert listener.seen == 4, "the first time and three a minute"
    messages = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert messages == ["thread.crashed"] * 3 + ["thread.gave_up", "pipeline.failed"]
