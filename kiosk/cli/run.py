"""`kiosk run`: the door itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.cli.headless_run import JsonOption, SpeedOption

if TYPE_CHECKING:
    from kiosk.config.settings import Settings


def run(  # noqa: PLR0917
    headless: Annotated[
        bool, typer.Option("--headless", help="Without a screen, also where there is a display.")
    ] = False,
    source: Annotated[
        str | None, typer.Option(metavar="INDEX|FILE|FOLDER|URL", help="Camera number, video file, folder or stream.")
    ] = None,
    speed: SpeedOption = PlaybackSpeed.REALTIME,
    json: JsonOption = False,
    for_s: Annotated[float | None, typer.Option("--for", metavar="SECONDS", help="End after so long.")] = None,
    or_demo: Annotated[
        bool,
        typer.Option(
            "--or-demo", help="Without a camera, play the demo; with a screen, until the device has been set up."
        ),
    ] = False,
    windowed: Annotated[bool, typer.Option("--windowed", help="The screen in a window, not the full screen.")] = False,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Have this device's name, also if another device has it.")
    ] = False,
) -> None:
    """Watch the door: recognise who walks past and write entries and exits.

    Opens the entrance screen where there is a display; a new device asks some questions first. Ends with a file's
    end, by the administrator's button, with Ctrl-C or SIGTERM, the write in hand finished (Alt+F4 closes the demo and a
    window of --windowed alone); exit code 2 when the source or
    the screen cannot be opened.
    """
    from kiosk.app.camera import with_camera
    from kiosk.app.mode import Mode
    from kiosk.app.setting_store import load_settings
    from kiosk.capture.source_factory import is_live
    from kiosk.cli.console import say
    from kiosk.cli.demo import NO_CAMERA, play_headless
    from kiosk.cli.headless_run import run_headless
    from kiosk.core.logger import configure
    from kiosk.ui.display import Display, choose_display

    def load() -> Settings:
        return load_settings(source=source)

    display = choose_display(headless=headless or json, windowed=windowed)
    if display is not Display.NONE:
        from kiosk.cli.gui_run import GuiOptions, run_on_screen

        options = GuiOptions(windowed=display is Display.WINDOW, speed=speed, for_s=for_s, take_over=take_over)
        raise typer.Exit(run_on_screen(load, options, or_demo=or_demo))
    if not (headless or json):
        say("There is no display: going on without the screen, with a line here for each event.")
    settings = load()
    if with_camera(settings) is None and or_demo:
        say(NO_CAMERA)
        raise typer.Exit(play_headless(settings, PlaybackSpeed.MAX, json))
    configure(settings.log_level)
    followed = load if for_s is None and is_live(settings.source) else None
    raise typer.Exit(
        run_headless(settings, speed, json, mode=Mode.DOOR, for_s=for_s, take_over=take_over, load=followed)
    )
