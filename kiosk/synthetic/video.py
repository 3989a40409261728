"""From frames to a video file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.errors import StorageError

FrameProgress = Callable[[int], None]


def write_video(path: Path, frames: Iterable[Image], frame_rate_hz: float, progress: FrameProgress) -> None:
    """Write frames of one size as Motion-JPEG into an .avi file, which takes its place when it is whole.

    Each frame stands for itself there, so that a player may start anywhere. progress gets the number of frames so far.
    Raises StorageError when the disk refuses; what was there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as folder:
            made = Path(folder) / path.name
            count = _encode(made, frames, frame_rate_hz, progress)
            if _frames_in(made) != count:  # the encoder says nothing when the disk is full
                raise StorageError(f"the disk under {path.parent} is full or fails: make room and try again")
            made.replace(path)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error


def _encode(path: Path, frames: Iterable[Image], frame_rate_hz: float, progress: FrameProgress) -> int:
    writer, count = cv2.VideoWriter(), 0
    encoding: Future[Any] | None = None
    try:
        with ThreadPoolExecutor(max_workers=1) as encoder:  # one frame is encoded while the next is drawn
            for count, frame in enumerate(frames, start=1):
                if encoding is None:
                    _open(writer, path, frame, frame_rate_hz)
                else:
                    encoding.result()
                encoding = encoder.submit(writer.write, frame)
                progress(count)
    finally:
        writer.release()
    return count


def _open(writer: cv2.VideoWriter, path: Path, frame: Image, frame_rate_hz: float) -> None:
    height, width = frame.shape[:2]
    motion_jpeg = cv2.VideoWriter.fourcc(*"MJPG")
    if not writer.open(str(path), cv2.CAP_FFMPEG, motion_jpeg, frame_rate_hz, (width, height)):
        raise StorageError(f"cannot write {path}")


def _frames_in(path: Path) -> int:
    video = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        count = 0
        while video.grab():
            count += 1
        return count
    finally:
        video.release()
