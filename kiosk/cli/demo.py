"""`kiosk demo`: people of a clip walk past, in place of the camera's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.cli.headless_run import JsonOption, SpeedOption

if TYPE_CHECKING:
    from kiosk.config.settings import Settings

NO_CAMERA = "There is no camera: playing the demo. With a camera connected, the same command watches the door."


def demo(
    speed: SpeedOption = PlaybackSpeed.MAX,
    json: JsonOption = False,
    fetch_only: Annotated[bool, typer.Option("--fetch-only", help="Only fetch the photographs it is made of.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the demo's people, events and clip.")] = False,
) -> None:
    """Play people walking past, recognised by the same code as at the door.

    Its events are marked with the door's name "demo"; each time it is played the earlier ones are deleted.
    """
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import say

    if fetch_only:
        from kiosk.synthetic.photographs import fetch_photographs

        fetch_photographs(say)
        return
    settings = load_settings()
    if remove:
        from kiosk.app.demo import remove_demo

        remove_demo(settings)
        say("The demo's people, events and clip are removed.")
        return
    raise typer.Exit(play_headless(settings, speed, json))


def play_headless(settings: Settings, speed: PlaybackSpeed, json: bool) -> int:
    """Play the demo without a screen, show what it has written, and return the exit code."""
    from kiosk.app.mode import Mode
    from kiosk.cli.headless_run import run_headless

    code = run_headless(prepare(settings), speed, json, mode=Mode.DEMO)
    if not json:
        show_events(settings)
    return code


def prepare(settings: Settings) -> Settings:
    """Make the demo ready to be played, and return the settings to play it with."""
    from kiosk.app.demo import prepare_demo
    from kiosk.cli.console import progress, say
    from kiosk.core.logger import configure
    from kiosk.demo.demo_people import PROVENANCE

    configure("WARNING")
    with progress("making the clip") as bar:
        demo_settings = prepare_demo(settings, say, bar)
    say(PROVENANCE)
    return demo_settings


def show_events(settings: Settings) -> None:
    """Print the events of the demo, as a table."""
    from kiosk.cli.attendance import show
    from kiosk.domain.demo_marks import DEMO_KIOSK_ID

    show(settings, DEMO_KIOSK_ID)
