"""Receivers, set by hand for pictures of their screens."""

from __future__ import annotations

from kiosk.errors import StorageError
from kiosk.ui.receivers.add_screen import AddedKind, AddReceiverScreen
from kiosk.ui.receivers.receiver_screen import ReceiverScreen
from kiosk.ui.receivers.replay_screen import ReplayScreen
from kiosk.ui.receivers.screen import ReceiversScreen
from kiosk.ui.screenshots.fake_receivers import FakeReceiversBackend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until


def _none(fixture: SceneFixture) -> None:
    backend = FakeReceiversBackend()
    backend.found.clear()
    screen = ReceiversScreen(backend, fixture.background, ZONE)
    fixture.open(screen)
    wait_until(lambda: screen.is_loaded)


def _away(fixture: SceneFixture) -> None:
    backend = FakeReceiversBackend()
    backend.refuses = StorageError("away")
    screen = ReceiversScreen(backend, fixture.background, ZONE)
    fixture.open(screen)
    wait_until(lambda: bool(screen.notice.sentence))


def _one(name: str, receiver: str) -> Scene:
    def show(fixture: SceneFixture) -> None:
        backend = FakeReceiversBackend()
        fixture.open(ReceiverScreen(backend, fixture.background, ZONE, backend.found[receiver]))

    return Scene(name, show)


def _tested(name: str, code: str | None) -> Scene:
    def show(fixture: SceneFixture) -> None:
        backend = FakeReceiversBackend()
        backend.test_code = code
        screen = ReceiverScreen(backend, fixture.background, ZONE, backend.found["payroll"])
        fixture.open(screen)
        screen.test.click()
        wait_until(screen.test.isEnabled)

    return Scene(name, show)


def _remove(fixture: SceneFixture) -> None:
    backend = FakeReceiversBackend()
    screen = ReceiverScreen(backend, fixture.background, ZONE, backend.found["payroll"])
    screen.opens.connect(fixture.window.open)
    fixture.open(screen)
    screen.remove.click()


def _replay(fixture: SceneFixture) -> None:
    backend = FakeReceiversBackend()
    screen = ReplayScreen(backend, fixture.background, backend.found["payroll"])
    fixture.open(screen)
    screen.number.field.setText("9999")
    screen.send.click()


def _add(fixture: SceneFixture, name: str = "Payroll", place: str = "") -> AddReceiverScreen:
    screen = AddReceiverScreen(FakeReceiversBackend(), fixture.background, ())
    fixture.open(screen)
    screen.name.field.setText(name)
    screen.place.field.setText(place)
    screen.save.click()
    return screen


def _add_wrong(fixture: SceneFixture) -> None:
    _add(fixture)


def _add_folder(fixture: SceneFixture) -> None:
    _add(fixture, "payroll", "payroll.example.com").kinds.buttons[AddedKind.FILES].click()


def _added(fixture: SceneFixture) -> None:
    screen = _add(fixture, "payroll", "https://payroll.example.com/hook")
    wait_until(lambda: screen.is_added)


RECEIVERS_SCENES = (
    Scene("receivers-none", _none),
    Scene("receivers-away", _away),
    _one("receiver-failing", "payroll"),
    _one("receiver-paused", "hr"),
    _tested("receiver-tested", None),
    _tested("receiver-test-failed", "certificate"),
    Scene("receiver-remove", _remove),
    Scene("receiver-replay", _replay),
    Scene("receiver-add", _add_wrong),
    Scene("receiver-add-folder", _add_folder),
    Scene("receiver-added", _added),
)
