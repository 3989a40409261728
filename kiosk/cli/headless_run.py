"""`kiosk run` and `kiosk demo` without a screen: a line on standard output for each event."""

from __future__ import annotations

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
) -> int:
    """Watch until the source ends, a signal comes or for_s seconds are over; return the exit code.

    take_over: as in open_pipeline.
    """
    from kiosk.app.door import open_pipeline
    from kiosk.cli.reporters import JsonReporter, TextReporter, private_stdout
    from kiosk.core.signals import stopped_by_signals

    with open_pipeline(settings, speed, mode=mode, take_over=take_over) as pipeline:
        pipeline.listen(JsonReporter(private_stdout()) if json else TextReporter(settings.zone, pipeline.name_of))
        with stopped_by_signals(pipeline.request_stop):
            return pipeline.run(for_s)
