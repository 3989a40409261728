"""`kiosk screenshots`: pictures of every screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings
    from kiosk.ui.screenshots.fake_entrance import Picture


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
    pictures = _pictures(load_settings())

    from kiosk.ui.screenshots import pictures as screens

    names = [only] if only else list(screens.SCENES)
    total = len(names) * len(screens.SIZES) * 2
    with progress("taking pictures") as bar:
        for count, _path in enumerate(screens.take(directory, pictures, only), start=1):
            bar(count, total)
    say(f"{total} pictures are in {directory}.")


def _pictures(settings: Settings) -> dict[str, Picture]:
    """Return moments of the demo's clip, with the faces that the detector finds in them."""
    from contextlib import closing

    from kiosk.app.models import load_detector
    from kiosk.cli.console import progress
    from kiosk.demo.clip import prepare_clip
    from kiosk.ui.screenshots.pictures import pictures_of

    with progress("making the clip") as bar:
        clip = prepare_clip(settings.data_dir, bar)
    with closing(load_detector(settings)) as detector:
        return pictures_of(clip, detector)
