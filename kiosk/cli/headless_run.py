"""`kiosk run` and `kiosk demo` without a screen: a line on standard output for each event."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.capture.playback_speed import PlaybackSpeed

if TYPE_CHECKING:
    from kiosk.app.mode import Mode
    from kiosk.config.settings import Settings

SpeedOption = Annotated[
    PlaybackSpeed, typer.Option(help="How a file is played; max takes the clip's time as the events' time.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]


def run_headless(
    settings: Settings,
    speed: PlaybackSpeed,
    json: bool,
    *,
    mode: Mode,
    for_s: float | None = None,
    take_over: bool = False,
    load: Callable[[], Settings] | None = None,
) -> int:
    """Watch until the source ends, a signal comes or for_s seconds are over; return the exit code.

    take_over: as in open_pipeline. load: reads the settings, which are then followed: each change begins anew with
    them; None where they stay as they are.
    """
    from kiosk.app.camera import with_camera
    from kiosk.app.door import open_pipeline
    from kiosk.app.setting_sync import followed_settings
    from kiosk.cli.reporters import JsonReporter, TextReporter, private_stdout
    from kiosk.core.signals import stopped_by_signals

    stdout = private_stdout() if json else None
    while True:
        found = with_camera(settings) or settings
        with open_pipeline(found, speed, mode=mode, take_over=take_over) as pipeline:
            pipeline.listen(TextReporter(settings.zone, pipeline.name_of) if stdout is None else JsonReporter(stdout))
            following = (
                nullcontext(Event()) if load is None else followed_settings(settings, load, pipeline.request_stop)
            )
            with stopped_by_signals(pipeline.request_stop) as signalled, following as outdated:
                code = pipeline.run(for_s)
        if load is None or signalled.is_set() or not outdated.is_set():
            return code
        settings = load()
