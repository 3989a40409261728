"""The frames that everything is timed on: real faces before the drawn entrance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.walks import Walk, Waypoint

SIZES = ((640, 480), (1280, 720))
AWAY_M = 0.85
FIGURES = ("obama3.jpg", "biden.jpg")


def frame_with_faces(faces: int, width_px: int, height_px: int) -> Image:
    """Return a frame, BGR uint8, with nobody, one person or two standing before the camera."""
    places = {0: (), 1: (("obama3.jpg", 0.0),), 2: (("obama3.jpg", -0.22), ("biden.jpg", 0.22))}
    picture = frame_with_people(places[faces])
    if width_px * 720 != height_px * 1280:
        side = round((1280 - 720 * width_px / height_px) / 2)
        picture = picture[:, side : 1280 - side]
    resized: Image = cv2.resize(picture, (width_px, height_px), interpolation=cv2.INTER_AREA)
    return resized


def frame_with_people(places: Sequence[tuple[str, float]], away_m: float = AWAY_M) -> Image:
    """Return a 1280×720 frame, BGR uint8, with people standing there.

    Args:
        places: photograph that a person is cut out of, and how many metres to the right of the camera they stand.
        away_m: metres from the camera.
    """
    standing = [
        MovingSubject(load_figure(file), Walk((Waypoint(0, across_m, away_m), Waypoint(1, across_m, away_m))))
        for file, across_m in places
    ]
    return next(film(door_camera(), standing, 1 / FRAME_RATE_HZ))


def empty_door_frames(frames: int) -> Iterator[Image]:
    """Yield frames of 1280×720, BGR uint8, of a door where nobody comes: noise and daylight change in each."""
    return film(door_camera(), (), frames / FRAME_RATE_HZ)
