"""Lets the camera expose for the face before it, and gives the camera back as it was found."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.app.mode import Mode
from kiosk.capture.camera import device_path
from kiosk.capture.camera_controls import ExposureControls, ExposureState
from kiosk.config.settings import Settings
from kiosk.core.files import read_own_file, replace_file
from kiosk.core.logger import log
from kiosk.domain.face_exposure import face_brightness, next_exposure
from kiosk.domain.frame_result import Announcement, FrameListener, FrameResult
from kiosk.errors import ConfigurationError, DeviceError

FILE_NAME = "camera-exposure.json"
# The camera needs some frames before a change is seen in its pictures.
EVERY_S = 0.4
# Without a face for so long the camera is left to itself again.
GIVEN_BACK_AFTER_S = 5.0


class FaceExposure:
    """For the recognition thread; close may be called by another one once that has ended.

    What the camera was set to is on disk before anything is changed, so that the next start gives it back after a
    crash.

    Args:
        controls: of the camera.
        path: of the file that remembers what it was set to.
    """

    def __init__(self, controls: ExposureControls, path: Path) -> None:
        self._controls, self._path = controls, path
        self._found: ExposureState | None = None
        self._units = 0
        self._limits = (1, 1)
        self._changed_s = self._seen_s = float("-inf")

    def listen(self, result: FrameResult, _announcements: Sequence[Announcement]) -> None:
        """Expose for the largest face of a frame; a camera that cannot is said once and left alone."""
        at_s = result.frame.monotonic_s
        boxes = sorted((seen.box_xyxy for seen in result.observations), key=lambda box: box[2] - box[0])
        brightness = face_brightness(result.frame.image_bgr, boxes[-1]) if boxes else None
        try:
            if brightness is not None:
                self._seen_s = at_s
                if at_s - self._changed_s >= EVERY_S:
                    self._follow(brightness, at_s)
            elif at_s - self._seen_s > GIVEN_BACK_AFTER_S:
                self.close()
        except (DeviceError, OSError) as error:
            log(logging.WARNING, "exposure.not_set", reason=error)
            self._changed_s = float("inf")

    def close(self) -> None:
        """Set the camera to what it was found with; harmless when nothing was changed."""
        if self._found is None:
            return
        found, self._found = self._found, None
        with suppress(DeviceError):  # gone: it comes back as the camera's own settings have it
            self._controls.write(found)
        self._path.unlink(missing_ok=True)

    def _follow(self, brightness: float, at_s: float) -> None:
        if self._found is None:
            found = self._controls.read()
            self._limits = self._controls.limits()
            replace_file(self._path, json.dumps({"mode": found.mode, "units": found.units}).encode())
            self._found, self._units = found, found.units
        wanted = next_exposure(self._units, brightness, self._limits)
        if wanted != self._units:
            self._controls.expose(wanted)
            self._units, self._changed_s = wanted, at_s


def restore_exposure(controls: ExposureControls, path: Path) -> None:
    """Set the camera to what it was before a run that did not end by itself; harmless when there was none."""
    try:
        content = read_own_file(path)
        if content is None:
            return
        kept = json.loads(content)
        controls.write(ExposureState(int(kept["mode"]), int(kept["units"])))
        log(logging.INFO, "exposure.restored")
    except (OSError, ValueError, KeyError, TypeError, DeviceError) as error:
        log(logging.WARNING, "exposure.not_restored", reason=error)
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def exposing_for_faces(settings: Settings, mode: Mode, listen: Callable[[FrameListener], None]) -> Iterator[None]:
    """Expose for faces while the block runs, if the settings want it; first give back a camera that a crash left.

    listen: takes who is told of each frame. Raises ConfigurationError when the source is no camera of this machine, or
    has an exposure of its own.
    """
    path, source = settings.data_dir / FILE_NAME, settings.source
    controls = ExposureControls(device_path(source))
    is_device = source.isdecimal() or source.startswith("/dev/")
    if mode is Mode.DOOR and is_device:
        restore_exposure(controls, path)
    if mode is not Mode.DOOR or not settings.camera_face_exposure:
        yield
        return
    if not is_device or settings.camera_exposure_ms is not None:
        raise ConfigurationError(
            "KIOSK_CAMERA_FACE_EXPOSURE needs a USB camera without KIOSK_CAMERA_EXPOSURE_MS; leave one of them out"
        )
    exposure = FaceExposure(controls, path)
    listen(exposure.listen)
    try:
        yield
    finally:
        exposure.close()
