"""`kiosk run` and `kiosk demo`: the door itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.capture.playback_speed import PlaybackSpeed

if TYPE_CHECKING:
    from kiosk.config.settings import Settings

SpeedOption = Annotated[
    PlaybackSpeed, typer.Option(help="How a file is played; max takes the clip's time as the events' time.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]


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
) -> None:
    """Watch the door: recognise who walks past and write entries and exits.

    Opens the entrance screen where there is a display; a new device asks some questions first. Ends with a file's
    end, when the window is closed, with Ctrl-C or SIGTERM, the write in hand finished; exit code 2 when the source or
    the screen cannot be opened.
    """
    from kiosk.app.camera import with_camera
    from kiosk.cli.console import say
    from kiosk.config.settings import load_settings
    from kiosk.core.logger import configure
    from kiosk.ui.display import Display, choose_display

    display = choose_display(headless=headless or json, windowed=windowed)
    if display is not Display.NONE:
        from kiosk.cli.gui_run import GuiOptions, run_on_screen

        manner = GuiOptions(windowed=display is Display.WINDOW, speed=speed, for_s=for_s)
        raise typer.Exit(run_on_screen(lambda: load_settings(source=source), manner, or_demo=or_demo))
    if not (headless or json):
        say("There is no display: going on without the screen, with a line here for each event.")
    settings = load_settings(source=source)
    found = with_camera(settings)
    if found is None and or_demo:
        say("There is no camera: playing the demo. With a camera connected, the same command watches the door.")
        _play_demo(settings, PlaybackSpeed.MAX, json)
        return
    configure(settings.log_level)
    raise typer.Exit(_watch(found or settings, speed, json, for_s))


def demo(
    speed: SpeedOption = PlaybackSpeed.MAX,
    json: JsonOption = False,
    fetch_only: Annotated[bool, typer.Option("--fetch-only", help="Only fetch the photographs it is made of.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the demo's people, events and clip.")] = False,
) -> None:
    """Play people walking past, recognised by the same code as at the door.

    Its events are marked with the door's name "demo"; each time it is played the earlier ones are deleted.
    """
    from kiosk.app.demo import remove_demo
    from kiosk.cli.console import say
    from kiosk.config.settings import load_settings

    if fetch_only:
        from kiosk.synthetic.photographs import fetch_photographs

        fetch_photographs(say)
        return
    settings = load_settings()
    if remove:
        remove_demo(settings)
        say("The demo's people, events and clip are removed.")
        return
    _play_demo(settings, speed, json)


def _play_demo(settings: Settings, speed: PlaybackSpeed, json: bool) -> None:
    from kiosk.app.demo import prepare_demo
    from kiosk.cli.attendance import show
    from kiosk.cli.console import progress, say
    from kiosk.core.logger import configure
    from kiosk.demo.demo_people import PROVENANCE

    configure("WARNING")
    with progress("making the clip") as bar:
        demo_settings = prepare_demo(settings, say, bar)
    say(PROVENANCE)
    code = _watch(demo_settings, speed, json, None)
    if not json:
        show(demo_settings)
    raise typer.Exit(code)


def _watch(settings: Settings, speed: PlaybackSpeed, json: bool, for_s: float | None) -> int:
    from kiosk.app.door import open_pipeline
    from kiosk.cli.reporters import JsonReporter, TextReporter, private_stdout
    from kiosk.cli.signals import stopped_by_signals

    with open_pipeline(settings, speed) as pipeline:
        pipeline.listen(JsonReporter(private_stdout()) if json else TextReporter(settings.zone, pipeline.name_of))
        with stopped_by_signals(pipeline.request_stop):
            return pipeline.run(for_s)
