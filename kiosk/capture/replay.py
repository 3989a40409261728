"""Sources that end: a video file or a folder of images, at its own pace or as fast as it can be read."""

from __future__ import annotations

import logging
import math
import re
import stat
from abc import abstractmethod
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.capture.camera import announces_unusable_size
from kiosk.capture.picture_size import LIMITS
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.source import InterruptibleSource
from kiosk.capture.status import SourceState
from kiosk.core.logger import log
from kiosk.core.opencv import cv2
from kiosk.core.photographs import read_photograph
from kiosk.domain.image_limits import SUFFIXES
from kiosk.domain.ports import Clock
from kiosk.domain.types import Frame, Image
from kiosk.errors import DeviceError, SampleRefused

IMAGE_SUFFIXES = frozenset(SUFFIXES)

# For a file that tells no rate or an impossible one, as raw MJPEG and some phones' clips do.
_USUAL_FPS = 25.0
_SLOWEST_FPS, _FASTEST_FPS = 0.1, 240.0
_FOLDER_FPS = 5.0
_HEAD = 4096
# In any encoding of eight bits; every video has others among its first bytes.
_TEXT_BYTES = b"\t\n\f\r\x1b" + bytes(range(32, 256))


class Replay(InterruptibleSource):
    """Base class of files and folders: each frame's time follows from its place, the first one's being now.

    In real time a read waits for the frame's moment, and frames whose moment has passed are skipped, as a camera would.
    """

    def __init__(self, description: str, clock: Clock, fps: float, speed: PlaybackSpeed) -> None:
        super().__init__(description, clock)
        self.fps = fps
        self._speed = speed
        self._index = 0
        self._skipped = 0
        self._start: tuple[datetime, float] | None = None

    def read(self) -> Frame | None:
        """Return the next frame, or None at the end. Raises DeviceError when nothing of it could be read."""
        if self._interrupted.is_set():
            return None
        start_at, start_s = self._started()
        if self._speed is PlaybackSpeed.REALTIME:
            self._skip_what_is_late(start_s)
            if self._interrupted.is_set():
                return None
        image = self._next_image()
        if image is None:
            log(logging.INFO, "replay.ended", frames=self._index - self._skipped, skipped=self._skipped)
            self.interrupt()
            return None
        offset_s = self._index / self.fps
        self._index += 1
        due_s = start_s + offset_s
        if self._speed is PlaybackSpeed.REALTIME and self._interrupted.wait(
            max(0.0, due_s - self._clock.monotonic_s())
        ):
            return None
        self._note_good(image)
        return Frame(image, start_at + timedelta(seconds=offset_s), due_s, self._index - 1)

    @abstractmethod
    def _next_image(self) -> Image | None:
        """Return the image at the present place, or None at the end."""

    @abstractmethod
    def _skip_image(self) -> bool:
        """Go past the image at the present place; False at the end."""

    def _started(self) -> tuple[datetime, float]:
        if self._start is None:
            self._start = (self._clock.now(), self._clock.monotonic_s())
        return self._start

    def _skip_what_is_late(self, start_s: float) -> None:
        while start_s + (self._index + 1) / self.fps < self._clock.monotonic_s():
            if self._interrupted.is_set() or not self._skip_image():  # where skipping is too slow, it has no end
                return
            self._index += 1
            self._skipped += 1

    def _note_good(self, image: Image) -> None:
        size_px = (image.shape[1], image.shape[0])
        since_at = self._status.since_at if self._status.state is SourceState.OK else self._clock.now()
        self._status = replace(
            self._status, state=SourceState.OK, since_at=since_at, checked_s=self._clock.awake_s(), size_px=size_px
        )


class VideoFile(Replay):
    """A video file. Raises DeviceError when it cannot be played.

    fps: frames a second, instead of what the file says; None believes the file as long as it is possible.
    """

    def __init__(self, path: Path, clock: Clock, speed: PlaybackSpeed, fps: float | None = None) -> None:
        if not read_head(path).translate(None, _TEXT_BYTES):  # which FFmpeg would play, as art of letters
            raise DeviceError(f"{path} is a text file, not a video; mp4, avi, mkv and webm can be played")
        # FFmpeg by name, because OpenCV would try to find numbered images behind some file names; an absolute path,
        # because FFmpeg takes a colon for a protocol.
        self._capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise DeviceError(f"{path} is not a video, or is damaged; mp4, avi, mkv and webm can be played")
        if announces_unusable_size(self._capture):  # before a frame of it takes memory
            self._capture.release()
            raise DeviceError(f"{path} has pictures of a size that cannot be used: {LIMITS}")
        rate = fps or plausible_fps(self._capture.get(cv2.CAP_PROP_FPS))
        super().__init__(f"video file {path.name}", clock, rate, speed)
        self._first = self._decode()
        if self._first is None:
            self._capture.release()
            raise DeviceError(f"{path} holds no picture that can be read; it seems to be damaged")

    def close(self) -> None:
        self._first = None
        self._capture.release()

    def _next_image(self) -> Image | None:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return self._decode()

    def _skip_image(self) -> bool:
        if self._first is not None:
            self._first = None
            return True
        return bool(self._capture.grab())

    def _decode(self) -> Image | None:
        try:
            image: Image | None = self._capture.read()[1]
        except cv2.error:  # a picture too large for OPENCV_IO_MAX_IMAGE_PIXELS
            return None
        return image


class ImageFolder(Replay):
    """The images of a folder in the order of their names, 2 before 10. Raises DeviceError when there is none.

    path: a folder, or one image. fps: images a second, 5 unless told. An image that cannot be read is left out; when
    all of it goes away, a read raises DeviceError.
    """

    def __init__(self, path: Path, clock: Clock, speed: PlaybackSpeed, fps: float | None = None) -> None:
        self._paths = _images_at(path)
        super().__init__(f"images at {path.name}", clock, fps or _FOLDER_FPS, speed)
        self._path = path
        self._place = 0
        self._unreadable = 0
        self._refusal = ""

    def close(self) -> None:
        self._place = len(self._paths)

    def _next_image(self) -> Image | None:
        while self._place < len(self._paths):
            path = self._paths[self._place]
            self._place += 1
            try:
                return read_photograph(path)
            except SampleRefused as refused:
                reason, self._refusal = refused.reason, str(refused)
            if not self._path.exists():
                raise DeviceError(f"{self._path} has gone while it was being played")
            self._unreadable += 1
            log(logging.WARNING, "replay.image_unreadable", place=self._place - 1, reason=reason)
        if self._unreadable == len(self._paths):
            raise DeviceError(f"None of the {self._unreadable} images at {self._path} can be read. {self._refusal}")
        return None

    def _skip_image(self) -> bool:
        if self._place >= len(self._paths) - 1:  # the last one is always shown
            return False
        self._place += 1
        return True


def plausible_fps(told: float) -> float:
    """Return a file's frame rate as it tells it, or the usual one when that cannot be."""
    return told if math.isfinite(told) and _SLOWEST_FPS <= told <= _FASTEST_FPS else _USUAL_FPS


def is_folder(path: Path) -> bool:
    """Whether this is a folder, as far as this user may know."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_head(path: Path) -> bytes:
    """Return how a file begins. Raises DeviceError, in words, when it is not a file with something in it to be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
            raise DeviceError(f"{path} is neither a file nor a folder")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DeviceError(f"There is no file or folder {path}; a camera is given by its number, like 0") from error
    except PermissionError as error:
        raise DeviceError(f"{path} may not be read by this user; check its permissions") from error
    except OSError as error:
        raise DeviceError(f"{path} cannot be read: {error.strerror}") from error
    if not head:
        raise DeviceError(f"{path} is empty")
    return head


def _images_at(path: Path) -> list[Path]:
    if not is_folder(path):
        read_head(path)
        return [path]
    try:
        images = [file for file in path.iterdir() if file.suffix.lower() in IMAGE_SUFFIXES and file.is_file()]
    except OSError as error:
        raise DeviceError(f"{path} may not be read by this user; check its permissions") from error
    if not images:
        raise DeviceError(f"{path} holds no images; jpg, png, webp, heic and avif are played")
    return sorted(images, key=_natural_order)


def _natural_order(path: Path) -> list[tuple[int, str]]:
    return [(int(text), "") if text.isdecimal() else (-1, text) for text in re.split(r"(\d+)", path.name.lower())]
