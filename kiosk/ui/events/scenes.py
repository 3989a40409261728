"""Today's events, set by hand for pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.ui.admin.scenes import desk_of, open_screen, until
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.void_screen import VoidScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots import Stage

_ZONE = ZoneInfo("Europe/Moscow")


def _events(stage: Stage) -> EventsScreen:
    screen = EventsScreen(desk_of(stage), stage.background, _ZONE)
    open_screen(stage, screen)
    until(lambda: screen.events.rowCount() > 0)
    return screen


def _shown(stage: Stage) -> None:
    _events(stage)


def _present(stage: Stage) -> None:
    _events(stage).show_present.click()


def _one(stage: Stage) -> None:
    desk = desk_of(stage)
    screen = VoidScreen(desk, stage.background, desk.events[1], _ZONE)
    open_screen(stage, screen)
    screen.void.click()


def _voided(stage: Stage) -> None:
    desk = desk_of(stage)
    open_screen(stage, VoidScreen(desk, stage.background, desk.events[2], _ZONE))


EVENTS_SCENES: dict[str, Callable[[Stage], None]] = {
    "today": _shown,
    "today-present": _present,
    "event": _one,
    "event-voided": _voided,
}
