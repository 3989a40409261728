"""Finds the camera that the door is watched with, and says how it is opened."""

from __future__ import annotations

from kiosk.capture.camera import CaptureFormat
from kiosk.capture.orientation import ImageOrientation
from kiosk.capture.source_factory import CameraConfig, find_camera
from kiosk.config.settings import Settings


def with_camera(settings: Settings) -> Settings | None:
    """Return the settings with a source that can be opened, or None when there is no camera.

    A source that has been set is not checked; otherwise it is the first camera that gives a picture.
    """
    if "source" in settings.model_fields_set:
        return settings
    camera = find_camera(build_camera_config(settings).format)
    return None if camera is None else settings.model_copy(update={"source": camera})


def build_camera_config(settings: Settings) -> CameraConfig:
    return CameraConfig(
        format=CaptureFormat(
            settings.camera_width_px, settings.camera_height_px, settings.camera_fps, settings.camera_exposure_ms
        ),
        orientation=ImageOrientation(settings.camera_rotation_deg, settings.camera_mirror),
        reconnect_max_s=settings.camera_reconnect_max_s,
        frozen_s=settings.camera_frozen_s,
        replay_fps=settings.replay_fps,
    )
