"""Today's events, set by hand for pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.void_screen import VoidScreen
from kiosk.ui.screenshots.admin_scenes import backend_of, open_screen, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots.pictures import Studio

_ZONE = ZoneInfo("Europe/Moscow")


def _events(stage: Studio) -> EventsScreen:
    screen = EventsScreen(backend_of(stage), stage.background, _ZONE)
    open_screen(stage, screen)
    until(lambda: screen.events.rowCount() > 0)
    return screen


def _shown(stage: Studio) -> None:
    _events(stage)


def _present(stage: Studio) -> None:
    _events(stage).show_present.click()


def _one(stage: Studio) -> None:
    backend = backend_of(stage)
    screen = VoidScreen(backend, stage.background, backend.events[1], _ZONE)
    open_screen(stage, screen)
    screen.void.click()


def _voided(stage: Studio) -> None:
    backend = backend_of(stage)
    open_screen(stage, VoidScreen(backend, stage.background, backend.events[2], _ZONE))


EVENTS_SCENES: dict[str, Callable[[Studio], None]] = {
    "today": _shown,
    "today-present": _present,
    "event": _one,
    "event-voided": _voided,
}
