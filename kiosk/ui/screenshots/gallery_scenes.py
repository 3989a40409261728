"""The look through the enrolled people."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.gallery.screen import GalleryScreen
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until


def _list(fixture: SceneFixture) -> GalleryScreen:
    backend = staffed_backend(fixture)
    backend.gallery.begin_switch()
    screen = GalleryScreen(backend.gallery, backend, fixture.background, ZONE)
    fixture.open(screen)
    wait_until(lambda: screen.is_loaded)
    return screen


def _shown(fixture: SceneFixture) -> None:
    _list(fixture)


def _row(place: int, fixture: SceneFixture) -> None:
    screen = _list(fixture)

    def show(opened: AdminScreen) -> None:
        fixture.open(opened)

    screen.opens.connect(show)
    screen.list.chosen.emit(screen.model.index(place, 0, QModelIndex()))


GALLERY_SCENES = (
    Scene("gallery", _shown),
    Scene("gallery-switch", lambda fixture: _row(0, fixture)),
    Scene("gallery-pair", lambda fixture: _row(1, fixture)),
    Scene("gallery-missed", lambda fixture: _row(5, fixture)),
)
