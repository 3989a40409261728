"""`kiosk screenshots`: pictures of every screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings
    from kiosk.ui.screenshots.annotated_images import AnnotatedImage


def screenshots(
    directory: Annotated[Path, typer.Argument(help="Where the pictures go; made if it is not there.")],
    only: Annotated[str, typer.Option(help="The name of one screen, such as queue or pin.")] = "",
) -> None:
    """Save every screen in both languages and all three sizes, with people of the demo's clip before the camera."""
    import os

    from kiosk.cli.console import progress, say
    from kiosk.config.settings import load_settings

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    images = _images(load_settings())

    from kiosk.ui.language import Language
    from kiosk.ui.screenshots.capture import SIZES, capture_scenes
    from kiosk.ui.screenshots.scenes import SCENES

    total = (1 if only else len(SCENES)) * len(SIZES) * len(Language)
    with progress("taking pictures") as bar:
        for count, _path in enumerate(capture_scenes(directory, images, only), start=1):
            bar(count, total)
    say(f"{total} pictures are in {directory}.")


def _images(settings: Settings) -> dict[str, AnnotatedImage]:
    """Return moments of the demo's clip, with the faces that the detector finds in them."""
    from contextlib import closing

    from kiosk.app.models import load_detector
    from kiosk.cli.console import progress
    from kiosk.demo.clip import prepare_clip
    from kiosk.ui.screenshots.annotated_images import read_images

    with progress("making the clip") as bar:
        clip = prepare_clip(settings.data_dir, bar)
    with closing(load_detector(settings)) as detector:
        return read_images(clip, detector)
