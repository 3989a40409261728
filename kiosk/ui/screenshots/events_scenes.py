"""Today's events, set by hand for pictures of them."""

from __future__ import annotations

from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.void_screen import VoidScreen
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until


def _events(fixture: SceneFixture) -> EventsScreen:
    screen = EventsScreen(staffed_backend(fixture), fixture.background, ZONE)
    fixture.open(screen)
    wait_until(lambda: screen.events.rowCount() > 0)
    return screen


def _present(fixture: SceneFixture) -> None:
    _events(fixture).show_present.click()


def _one(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture)
    screen = VoidScreen(backend, fixture.background, backend.events[1], ZONE)
    fixture.open(screen)
    screen.void.click()


def _voided(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture)
    fixture.open(VoidScreen(backend, fixture.background, backend.events[2], ZONE))


EVENTS_SCENES = (
    Scene("events-present", _present),
    Scene("event", _one),
    Scene("event-voided", _voided),
)
