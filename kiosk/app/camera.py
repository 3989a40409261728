"""Finds the camera that the door is watched with."""

from __future__ import annotations

from kiosk.capture.source_factory import find_camera
from kiosk.config.settings import Settings


def with_camera(settings: Settings) -> Settings | None:
    """Return settings whose source is there to be opened, or None when there is no camera.

    A source that somebody has set is taken at its word; without one it is the first camera that gives a picture.
    """
    if "source" in settings.model_fields_set:
        return settings
    camera = find_camera(settings)
    return None if camera is None else settings.model_copy(update={"source": camera})
