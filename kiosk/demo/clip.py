"""The demo's clip: three people walk past the camera, one after another, then two of them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from kiosk import synthetic
from kiosk.config.paths import demo_dir
from kiosk.core.files import replacing_public_file
from kiosk.core.package_download import has_checksum
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.photographs import CATALOGUE_PATH, PHOTOGRAPHS_DIR
from kiosk.synthetic.video import write_video
from kiosk.synthetic.walks import Walk, Waypoint

LASTS_S = 28.4
DRAWN_BY = (Path(__file__), *sorted(Path(synthetic.__file__).parent.glob("*.py")))

Progress = Callable[[int, int], None]


def prepare_clip(data_dir: Path, progress: Progress, photographs_dir: Path = PHOTOGRAPHS_DIR) -> Path:
    """Return the clip, <data_dir>/demo/walk-past.avi; it is made when it is not there or its recipe has changed.

    progress gets the number of frames made so far and of all; it is not called when there is nothing to make.
    Raises ConfigurationError when a photograph is missing, StorageError when the disk refuses; what was there stays.
    """
    clip = demo_dir(data_dir) / "walk-past.avi"
    stamp = clip.with_suffix(".stamp")
    recipe = _recipe()
    if not _is_made(clip, stamp, recipe):
        frames = film(door_camera(), demo_visitors(photographs_dir), LASTS_S)
        count = round(LASTS_S * FRAME_RATE_HZ)
        write_video(clip, frames, FRAME_RATE_HZ, lambda made: progress(made, count))
        with replacing_public_file(stamp) as file:
            file.write(f"{recipe} {_sha256(clip)}\n".encode())
    return clip


def demo_visitors(photographs_dir: Path = PHOTOGRAPHS_DIR) -> tuple[MovingSubject, ...]:
    """Return who walks past in the demo, and how. Raises ConfigurationError when a photograph is missing.

    The second time two of them come at once, and within the cooldown.
    """
    obama, speaker, biden, collins = (
        load_figure(file, photographs_dir) for file in ("obama3.jpg", "obama2.jpg", "biden.jpg", "astronaut.png")
    )
    walks = (
        (obama, walk_past(1.2, enters_m=-1.9, nearest_m=0.66, leaves_m=1.0)),
        (biden, walk_past(8.2, enters_m=1.8, nearest_m=0.68, leaves_m=-1.0, rhythm=0.4)),
        (collins, walk_past(15.2, enters_m=-1.9, nearest_m=0.85, leaves_m=1.25, rhythm=0.7, taller_m=-0.06)),
        (biden, walk_past(21.7, enters_m=1.5, nearest_m=0.84, leaves_m=-1.6, stands_m=-0.27, rhythm=0.9)),
        (speaker, walk_past(22.0, enters_m=2.0, nearest_m=0.80, leaves_m=-1.2, stands_m=0.27, rhythm=0.2)),
    )
    return tuple(MovingSubject(figure, walk) for figure, walk in walks)


def walk_past(
    starts_s: float,
    *,
    enters_m: float,
    nearest_m: float,
    leaves_m: float,
    stands_m: float = 0.0,
    rhythm: float = 0.0,
    taller_m: float = 0.0,
) -> Walk:
    """Return the walk of somebody who comes up to the camera, stands before it for a moment and walks on: 5.6 s.

    Args:
        starts_s: when they come in.
        enters_m: to the camera's right at the beginning.
        nearest_m: from the camera when they stand before it.
        leaves_m: to the camera's right at the end.
        stands_m: to the camera's right when they stand before it.
        rhythm: as in Walk.
        taller_m: as in Walk.
    """
    side = 1 if enters_m > stands_m else -1
    waypoints = (
        Waypoint(starts_s, enters_m, 2.4),
        Waypoint(starts_s + 1.3, stands_m + 0.3 * (enters_m - stands_m), 1.4),
        Waypoint(starts_s + 2.3, stands_m + side * 0.04, nearest_m + 0.12),
        Waypoint(starts_s + 3.7, stands_m, nearest_m),
        Waypoint(starts_s + 4.4, stands_m - side * 0.05, nearest_m),
        Waypoint(starts_s + 5.6, leaves_m, nearest_m - 0.05),
    )
    return Walk(waypoints, rhythm, taller_m)


def _recipe() -> str:
    """Return a hash of all that makes the clip what it is: the code that draws it and the photographs' catalogue."""
    digest = hashlib.sha256(CATALOGUE_PATH.read_bytes())
    for module in DRAWN_BY:
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _is_made(clip: Path, stamp: Path, recipe: str) -> bool:
    try:
        made_from, sha256 = stamp.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return False
    return made_from == recipe and has_checksum(clip, sha256)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
