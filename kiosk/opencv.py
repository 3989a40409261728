"""OpenCV, imported in this one place: `from kiosk.opencv import cv2`."""

import os

# OpenCV's import puts its own Qt folders into the environment, and PySide6 would load plugins of another Qt from there.
_QT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT}

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
