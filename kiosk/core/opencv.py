"""OpenCV, imported in this one place: `from kiosk.core.opencv import cv2`."""

import os

from kiosk.domain.image_limits import WORKING_PIXELS

_QUIET_AND_QUICK = {
    "OPENCV_LOG_LEVEL": "ERROR",  # a missing camera is no news for standard error
    "OPENCV_FFMPEG_LOGLEVEL": "-8",  # FFmpeg writes a line for every damaged picture
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",  # seconds; OpenCV waits 10 for a camera that has stalled
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(WORKING_PIXELS),  # a small file may unfold to gigabytes
}
for _name, _default in _QUIET_AND_QUICK.items():
    os.environ.setdefault(_name, _default)

# OpenCV's import puts its own Qt folders into the environment, and PySide6 would load plugins of another Qt from there.
_QT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT}

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# Pictures here are small; a second thread gains less than waking it costs, and takes a processor from who needs it.
cv2.setNumThreads(1)

__all__ = ["cv2"]
