"""`kiosk run` where there is a display: the first start's questions, the entrance screen, the demo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.app.camera import with_camera
from kiosk.app.door import open_pipeline
from kiosk.app.entrance import open_entrance_app, run_entrance_app
from kiosk.app.mode import Mode
from kiosk.app.setting_sync import followed_settings
from kiosk.app.setup import is_new, is_set_up, open_setup_app, run_setup_app
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.source_factory import is_live
from kiosk.cli.console import say
from kiosk.cli.demo import NO_CAMERA, prepare, show_events
from kiosk.cli.reporters import TextReporter
from kiosk.config.settings import Settings
from kiosk.core.logger import configure
from kiosk.core.restart import restart_process
from kiosk.core.signals import stopped_by_signals
from kiosk.ui.display import require_working_display
from kiosk.ui.entrance_app import FollowUp

if TYPE_CHECKING:
    from kiosk.ui.setup.setup_app import SetupApp
    from kiosk.ui.window_app import WindowApp


@dataclass(frozen=True, slots=True)
class GuiOptions:
    """How the screens are shown; for_s: for how many seconds, None without a limit. take_over: as in open_pipeline."""

    windowed: bool
    speed: PlaybackSpeed
    for_s: float | None
    take_over: bool = False


def run_on_screen(load: Callable[[], Settings], options: GuiOptions, *, or_demo: bool) -> int:
    """Show screens until somebody or something ends the kiosk; return the exit code.

    load: reads the settings, again after the first start's questions and at each change.
    or_demo: without a camera, play the demo, unless this device has been set up.
    """
    require_working_display()
    follow_up = FollowUp.NONE
    earlier: WindowApp | None = None
    while True:
        settings = load()
        configure(settings.log_level)
        found = with_camera(settings)
        plays_demo = found is None and or_demo and not is_set_up(settings)
        if follow_up is FollowUp.SET_UP or (not plays_demo and _has_to_ask(found or settings)):
            follow_up = FollowUp.NONE
            earlier = _set_up(found or settings, options)
            if earlier is None:
                return 0
            continue
        if plays_demo:
            code, follow_up = _demo(found or settings, options)
            earlier = None
        else:
            followed = _Followed(settings, load) if is_live((found or settings).source) else None
            code, follow_up, earlier = _watch(found or settings, options, earlier, followed=followed)
        if follow_up is FollowUp.RESTART:
            restart_process()
            return code
        if follow_up is FollowUp.NONE:
            return code


def _has_to_ask(settings: Settings) -> bool:
    """Tell whether the first start's questions must be asked; not while a file is played in place of a camera."""
    return is_live(settings.source) and is_new(settings)


def _set_up(settings: Settings, options: GuiOptions) -> SetupApp | None:
    """Ask the first start's questions; return the window that is still shown, or None when the kiosk is to end."""
    with open_setup_app(settings) as ui, stopped_by_signals(ui.request_stop):
        run_setup_app(ui, options.for_s, windowed=options.windowed)
    return ui if ui.is_finished and not ui.is_stop_requested else None


def _demo(settings: Settings, options: GuiOptions) -> tuple[int, FollowUp]:
    say(NO_CAMERA)
    code, follow_up, _ = _watch(prepare(settings), options, None, mode=Mode.DEMO)
    show_events(settings)
    return code, follow_up


@dataclass(frozen=True, slots=True)
class _Followed:
    """The settings as they were loaded, and what loads them again."""

    settings: Settings
    load: Callable[[], Settings]


def _watch(
    settings: Settings,
    options: GuiOptions,
    earlier: WindowApp | None,
    *,
    mode: Mode = Mode.DOOR,
    followed: _Followed | None = None,
) -> tuple[int, FollowUp, WindowApp | None]:
    """Return the exit code, what is to follow, and the window that is still shown.

    earlier: is closed as soon as the entrance screen is there. followed: None where the settings stay as they are.
    """
    take_over = options.take_over
    with open_pipeline(settings, options.speed, mode=mode, wait_for_camera=True, take_over=take_over) as pipeline:
        pipeline.listen(TextReporter(settings.zone, pipeline.name_of))
        offers = is_new(settings)
        with ExitStack() as stack:
            ui = stack.enter_context(open_entrance_app(settings, pipeline, mode=mode, offers_setup=offers))
            stack.enter_context(stopped_by_signals(ui.request_stop))
            if followed is not None:
                stack.enter_context(followed_settings(followed.settings, followed.load, ui.renew))
            if earlier is not None:
                ui.replace(earlier.window)
            code = run_entrance_app(ui, pipeline, options.for_s, windowed=options.windowed)
            return code, ui.follow_up, ui if ui.follow_up is FollowUp.RENEW else None
