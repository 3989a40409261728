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
    themes: Annotated[bool, typer.Option("--themes", help="Light and dark, each also of high contrast.")] = False,
    compare: Annotated[
        Path | None, typer.Option(metavar="REFERENCES", help="Say what differs from the pictures of another run.")
    ] = None,
) -> None:
    """Save every screen in both languages and all three sizes, with people of the demo's clip before the camera.

    With --compare, exit code 1 says that something differs.
    """
    import os

    from kiosk.cli.console import progress, say
    from kiosk.config.settings import load_settings

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    images = _images(load_settings())

    from kiosk.ui.language import Language
    from kiosk.ui.screenshots.capture import SIZES, THEMES, capture_scenes, capture_themes
    from kiosk.ui.screenshots.scenes import SCENES

    total = (1 if only else len(SCENES)) * len(SIZES) * len(Language) * (len(THEMES) if themes else 1)
    capture = capture_themes if themes else capture_scenes
    with progress("taking pictures") as bar:
        for count, _path in enumerate(capture(directory, images, only), start=1):
            bar(count, total)
    say(f"{total} pictures are in {directory}.")
    if compare is not None:
        _say_what_differs(directory, compare)


def _say_what_differs(directory: Path, references: Path) -> None:
    from kiosk.cli.console import say
    from kiosk.ui.screenshots.comparison import compare_folders

    differences = list(compare_folders(directory, references))
    for difference in differences:
        say(f"{difference.name}: " + ("new" if difference.is_new else f"{difference.changed_share:.1%} differs"))
    say(f"{len(differences)} pictures differ from those in {references}.")
    if differences:
        raise typer.Exit(1)


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
