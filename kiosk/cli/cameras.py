"""kiosk cameras: what this machine can look through."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from kiosk.capture.v4l2 import CameraFormat, CameraInfo

_STREAMS = "A network camera is named by its stream, like --source http://host/path or --source rtsp://host/path."


def cameras() -> None:
    """List the cameras of this machine with their formats, and how to name them as --source."""
    from kiosk.capture.v4l2 import list_cameras

    found = list_cameras()
    if found:
        Console().print(_table(found))
    else:
        Console(soft_wrap=True).print("No camera is plugged in.", highlight=False)
    Console(stderr=True, soft_wrap=True).print(_STREAMS, highlight=False, style="dim")


def _table(found: tuple[CameraInfo, ...]) -> Table:
    table = Table("--source", "Camera", "Formats: width × height, frames a second at most", show_lines=True)
    for camera in found:
        names = [str(path) for path in (camera.path, *camera.links)]
        name = camera.name or "this user may not open it: add them to the group video"
        table.add_row("\nor ".join(names), name, "\n".join(_lines(camera.formats)))
    return table


def _lines(formats: tuple[CameraFormat, ...]) -> list[str]:
    return [
        f"{pixels}: {', '.join(_size(one) for one in group)}"
        for pixels, group in groupby(formats, key=lambda one: one.pixels)
    ]


def _size(one: CameraFormat) -> str:
    rate = "" if one.fps is None else f" at {one.fps:g}"
    return f"{one.width_px}×{one.height_px}{rate}"
