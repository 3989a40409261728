"""Files and folders as sources: pace, order, end, and what cannot be played."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as pillow

from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.replay import ImageFolder, Replay, VideoFile, plausible_fps
from kiosk.capture.status import SourceState
from kiosk.core.opencv import cv2
from kiosk.domain.types import Frame
from kiosk.errors import DeviceError
from support.fakes import FakeClock
from support.pictures import FORMATS, GREY, encoded, flat_png

SIZE_PX = (64, 48)


def image(number: int) -> np.ndarray:
    """Grey that tells its number, also after compression."""
    return np.full((SIZE_PX[1], SIZE_PX[0], 3), number * 20, np.uint8)


def number_of(frame_image: np.ndarray) -> int:
    return round(float(frame_image.mean()) / 20)


@pytest.fixture
def clip(tmp_path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 12.5, SIZE_PX)
    for number in range(10):
        writer.write(image(number))
    writer.release()
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "images"
    path.mkdir()
    for number, suffix in enumerate([".jpg", ".png", ".webp"] * 4):
        assert cv2.imwrite(str(path / f"frame{number}{suffix}"), image(number))
    (path / "notes.txt").write_text("not an image")
    (path / "more.jpg").mkdir()
    return path


class SteppingEvent(threading.Event):
    """Moves the clock instead of waiting."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.advance(timeout or 0.0)
        return self.is_set()


def play(source: Replay) -> list[Frame]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    return frames


def test_at_full_speed_a_clip_carries_its_own_time(clip):
    clock = FakeClock()
    frames = play(VideoFile(clip, clock, PlaybackSpeed.MAX))
    assert [number_of(frame.image_bgr) for frame in frames] == list(range(10))
    assert [frame.index for frame in frames] == list(range(10))
    assert [frame.monotonic_s - 1000 for frame in frames] == pytest.approx([n / 12.5 for n in range(10)])
    assert [(frame.taken_at - clock.now()).total_seconds() for frame in frames] == pytest.approx(
        [n / 12.5 for n in range(10)]
    )
    assert clock.monotonic_s() == 1000, "and nothing was waited for"


def test_in_real_time_each_frame_waits_for_its_moment(clip):
    clock = FakeClock()
    source = VideoFile(clip, clock, PlaybackSpeed.REALTIME)
    source._interrupted = SteppingEvent(clock)
    moments = []
    while (frame := source.read()) is not None:
        moments.append(clock.monotonic_s())
        assert frame.monotonic_s == pytest.approx(clock.monotonic_s())
    assert [moment - 1000 for moment in moments] == pytest.approx([n / 12.5 for n in range(10)])


@pytest.mark.parametrize("kind", ["clip", "folder"])
def test_in_real_time_what_is_late_is_skipped(request, kind, caplog):
    caplog.set_level(logging.INFO)
    clock = FakeClock()
    path = request.getfixturevalue(kind)
    source = (
        VideoFile(path, clock, PlaybackSpeed.REALTIME)
        if kind == "clip"
        else ImageFolder(path, clock, PlaybackSpeed.REALTIME, 12.5)
    )
    source._interrupted = SteppingEvent(clock)
    assert source.read().index == 0
    clock.advance(0.41)
    frame = source.read()
    assert (frame.index, number_of(frame.image_bgr)) == (5, 5)
    rest = play(source)
    assert [f.index for f in rest] == [number_of(f.image_bgr) for f in rest] == list(range(6, 6 + len(rest)))
    ended = caplog.records[-1]
    assert (ended.getMessage(), ended.fields["skipped"]) == ("replay.ended", 4)


def test_the_clock_starts_with_the_first_frame_not_with_the_opening(clip):
    clock = FakeClock()
    source = VideoFile(clip, clock, PlaybackSpeed.MAX)
    clock.advance(30)
    assert source.read().monotonic_s == 1030


@pytest.mark.parametrize(
    ("told", "used"),
    [(12.5, 12.5), (0.0, 25.0), (-1.0, 25.0), (float("nan"), 25.0), (float("inf"), 25.0), (90000.0, 25.0), (0.5, 0.5)],
)
def test_a_frame_rate_that_cannot_be_is_not_believed(told, used):
    assert plausible_fps(told) == used


def test_a_file_without_a_frame_rate_is_played_and_a_rate_can_be_given(tmp_path):
    path = tmp_path / "raw.mjpg"
    path.write_bytes(b"".join(cv2.imencode(".jpg", image(n))[1].tobytes() for n in range(5)))
    assert VideoFile(path, FakeClock(), PlaybackSpeed.MAX).fps == 25
    source = VideoFile(path, FakeClock(), PlaybackSpeed.MAX, fps=10)
    assert [frame.monotonic_s - 1000 for frame in play(source)] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


def test_a_folder_is_played_in_the_order_of_its_numbers(folder):
    source = ImageFolder(folder, FakeClock(), PlaybackSpeed.MAX)
    frames = play(source)
    assert [number_of(frame.image_bgr) for frame in frames] == list(range(12))
    assert frames[1].monotonic_s - frames[0].monotonic_s == pytest.approx(0.2), "five a second unless told"


def test_one_image_is_a_source_too(folder):
    (frame,) = play(ImageFolder(folder / "frame3.jpg", FakeClock(), PlaybackSpeed.MAX))
    assert number_of(frame.image_bgr) == 3


def test_a_damaged_image_among_others_is_left_out_and_told(folder, caplog):
    (folder / "frame0.jpg").write_bytes(b"\xff\xd8 torn")
    assert len(play(ImageFolder(folder, FakeClock(), PlaybackSpeed.MAX))) == 11
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert (record.getMessage(), record.fields) == ("replay.image_unreadable", {"place": 0, "reason": "not_an_image"})


def test_a_folder_of_nothing_but_damaged_images_is_an_error(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(b"no image")
    with pytest.raises(DeviceError, match="None of the 3 images"):
        play(ImageFolder(tmp_path, FakeClock(), PlaybackSpeed.MAX))


def test_a_folder_that_goes_away_while_it_is_played_is_no_end(folder, caplog):
    source = ImageFolder(folder, FakeClock(), PlaybackSpeed.MAX)
    assert source.read() is not None
    folder.rename(folder.with_name("unplugged"))
    with pytest.raises(DeviceError, match="images has gone while it was being played"):
        source.read()
    assert not caplog.records


def test_an_image_that_would_unfold_to_gigabytes_is_left_out(tmp_path):
    cv2.imwrite(str(tmp_path / "0.png"), np.zeros((10001, 10000), np.uint8))
    cv2.imwrite(str(tmp_path / "1.png"), image(1))
    (frame,) = play(ImageFolder(tmp_path, FakeClock(), PlaybackSpeed.MAX))
    assert number_of(frame.image_bgr) == 1


@pytest.mark.parametrize("size_px", [(40_000, 2), (2, 40_000), (160, 16), (8, 8), (6_000, 5_002)])
def test_a_clip_of_a_size_that_cannot_be_used_is_refused_in_words(tmp_path, size_px):
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 12.5, size_px)
    writer.write(np.zeros((size_px[1], size_px[0], 3), np.uint8))
    writer.release()
    with pytest.raises(DeviceError, match="16 to 16,384 pixels"):
        VideoFile(path, FakeClock(), PlaybackSpeed.MAX)


@pytest.mark.parametrize("size_px", [(40_000, 1), (1, 40_000), (70_000, 2)])
def test_an_image_of_a_size_that_cannot_be_used_is_refused_in_words(tmp_path, size_px):
    path = tmp_path / "wide.png"
    path.write_bytes(flat_png(size_px[0], size_px[1], GREY))
    with pytest.raises(DeviceError, match=r"None of the 1 images .* more than eight times"):
        play(ImageFolder(path, FakeClock(), PlaybackSpeed.MAX))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_of_a_photograph_is_played(tmp_path, kind):
    path = tmp_path / f"picture.{kind.lower()}"
    path = path.with_suffix({"HEIF": ".HEIC", "JPEG": ".jpg"}.get(kind, path.suffix))
    path.write_bytes(encoded(pillow.fromarray(image(3)), kind))
    (frame,) = play(ImageFolder(tmp_path, FakeClock(), PlaybackSpeed.MAX))
    assert number_of(frame.image_bgr) == 3


@pytest.mark.parametrize("kind", ["clip", "folder"])
def test_the_end_stays_the_end_and_closing_twice_is_harmless(request, kind):
    path = request.getfixturevalue(kind)
    source = (VideoFile if kind == "clip" else ImageFolder)(path, FakeClock(), PlaybackSpeed.MAX)
    assert source.status.state is SourceState.CONNECTING
    assert source.read() is not None
    assert source.status.state is SourceState.OK
    assert source.status.size_px == SIZE_PX
    play(source)
    assert source.read() is None
    source.close()
    source.close()


def test_an_interruption_wakes_a_read_that_waits_for_its_moment(folder):
    source = ImageFolder(folder, FakeClock(), PlaybackSpeed.REALTIME, fps=0.1)
    assert source.read() is not None
    results = []
    reader = threading.Thread(target=lambda: results.append(source.read()))
    reader.start()
    source.interrupt()
    reader.join(10)
    assert results == [None]


class SlowClip(VideoFile):
    """A machine on which going past a frame takes longer than the frame lasts; somebody stops it meanwhile."""

    def _skip_image(self) -> bool:
        self._clock.advance(1.0)  # type: ignore[attr-defined]
        if self._index == 3:
            self.interrupt()
        return super()._skip_image()


def test_an_interruption_ends_the_skipping_of_what_is_late(clip):
    clock = FakeClock()
    source = SlowClip(clip, clock, PlaybackSpeed.REALTIME)
    assert source.read() is not None
    clock.advance(1.0)
    assert source.read() is None
    assert source._index == 4, "not the whole clip"
    source.close()


def test_a_clip_cut_short_is_played_as_far_as_it_goes(clip):
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size * 9 // 10])
    frames = play(VideoFile(clip, FakeClock(), PlaybackSpeed.MAX))
    assert 1 <= len(frames) < 10
    assert [number_of(frame.image_bgr) for frame in frames] == list(range(len(frames)))
