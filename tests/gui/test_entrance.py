"""The entrance screen, walked through with a backend whose answers are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.capture.status import CameraFaultKind
from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.types import DecisionStatus, EventMode, EventType
from kiosk.ui.background import Background
from kiosk.ui.chimes import Sound
from kiosk.ui.entrance import camera_panel as picture_module
from kiosk.ui.entrance import screen as screen_module
from kiosk.ui.entrance.backend import EntranceBridge, Office
from kiosk.ui.entrance.camera_labels import fault_code
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import Language
from kiosk.ui.screenshots.fake_entrance import already, entry, leaving, not_registered
from kiosk.ui.sounds import Sounds
from kiosk.ui.theme import colour, contrast
from kiosk.ui.widgets import Button
from kiosk.ui.window import KioskWindow
from support.recording_entrance import IMAGES, RecordingEntranceBackend

OFFICE = Office("North Yard", "North Yard Ltd", ZoneInfo("Europe/Moscow"), EventMode.TOGGLE)


class HeardSounds(Sounds):
    """Notes what would be heard."""

    def __init__(self) -> None:
        super().__init__(players=())
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)


class Entrance:
    """An entrance screen in a window, and everything behind it."""

    def __init__(self, window: KioskWindow) -> None:
        self.window, self.backend, self.sounds = window, RecordingEntranceBackend(), HeardSounds()
        self.bridge, self.background = EntranceBridge(self.backend, window), Background()
        self.screen = EntranceScreen(OFFICE, self.backend, self.bridge, self.background, self.sounds)
        window.open(self.screen)
        window.show()

    def see(self, *states: FaceState) -> None:
        self.bridge.listen(self.backend.show(IMAGES["two" if len(states) > 1 else "near"], states), ())

    @property
    def card(self) -> GreetingCard:
        card = self.screen.cards.cards[0]
        assert isinstance(card, GreetingCard)
        return card


@pytest.fixture
def entrance(window: KioskWindow) -> Iterator[Entrance]:
    made = Entrance(window)
    yield made
    made.backend.go_on.set()
    made.background.stop()


def test_people_are_shown_and_greeted(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.see(FaceState.RECOGNISED, FaceState.LOOKING)
    entrance.bridge.person_seen.emit(entry("Anna"))
    entrance.bridge.person_seen.emit(leaving("Boris"))
    qtbot.waitUntil(lambda: entrance.screen.picture.preview.painted_frames > 0)
    assert [card.headline.text() for card in entrance.screen.cards.cards] == ["Boris", "Anna"]
    assert entrance.sounds.heard == [Sound.ENTRY, Sound.EXIT]


@pytest.mark.parametrize(
    ("seen", "sounds"),
    [
        pytest.param(already("Anna"), [], id="already-registered-is-silent"),
        pytest.param(not_registered("Anna"), [Sound.REFUSAL], id="not-registered"),
    ],
)
def test_each_outcome_has_its_sound(entrance: Entrance, seen: object, sounds: list[Sound]) -> None:
    entrance.bridge.person_seen.emit(seen)
    assert entrance.sounds.heard == sounds


def test_a_stranger_hears_what_to_do_and_not_whom_they_resemble(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.backend.names[1] = "Anna"
    entrance.bridge.refused.emit(DecisionStatus.UNKNOWN, None)
    (card,) = entrance.screen.cards.cards
    assert "PIN" in card.detail.text()
    assert "Anna" not in card.accessibleName()
    assert entrance.sounds.heard == [Sound.REFUSAL]
    with qtbot.waitSignal(entrance.screen.pin_wanted):
        qtbot.mouseClick(card.findChild(Button), Qt.MouseButton.LeftButton)


def test_that_is_not_me_voids_beside_the_main_thread(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.bridge.person_seen.emit(entry("Anna"))
    card, shown = entrance.card, entrance.card.event_shown
    assert shown is not None
    entrance.backend.go_on.clear()
    qtbot.mouseClick(card.not_me, Qt.MouseButton.LeftButton)
    entrance.see(FaceState.LOOKING)
    before = entrance.screen.picture.preview.painted_frames
    qtbot.waitUntil(lambda: entrance.screen.picture.preview.painted_frames > before)  # a slow disk holds up nobody
    assert card.state is CardState.REGISTERED
    entrance.backend.go_on.set()
    qtbot.waitUntil(lambda: card.state is CardState.VOIDED)
    assert entrance.backend.voided == [shown]
    assert all(name.startswith("ui-background") for name in entrance.backend.threads)


def test_an_entry_is_turned_into_an_exit(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.bridge.person_seen.emit(entry("Anna"))
    card = entrance.card
    qtbot.mouseClick(card.turn, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.overline.text() in event_style(EventType.EXIT).greetings)
    assert card.event_shown is not None
    assert card.event_shown.event_type is EventType.EXIT
    assert entrance.sounds.heard == [Sound.ENTRY, Sound.EXIT]


def test_what_the_disk_refuses_is_said(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.bridge.person_seen.emit(entry("Anna"))
    entrance.backend.fails = True
    card = entrance.card
    qtbot.mouseClick(card.not_me, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.state is CardState.FAILED)


def test_a_camera_that_is_pulled_and_comes_back(qtbot: QtBot, entrance: Entrance) -> None:
    picture, frame = entrance.screen.picture, IMAGES["near"]
    entrance.backend.show(frame, [FaceState.LOOKING])
    qtbot.waitUntil(picture.preview.isVisible)
    status = entrance.backend.status()
    entrance.backend.lose_camera()
    entrance.screen.refresh_status()
    qtbot.waitUntil(lambda: not picture.preview.isVisible())
    assert picture.sentence == "The camera shows nothing at the moment"
    assert entrance.screen.status.items()[0].text == "The camera shows nothing at the moment · C1"
    entrance.backend.set_status(status)
    entrance.backend.show(frame, [FaceState.LOOKING])
    entrance.screen.refresh_status()
    qtbot.waitUntil(picture.preview.isVisible)
    assert entrance.screen.status.items() == ()


def test_a_picture_that_stands_still_is_taken_away(
    qtbot: QtBot, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_module, "STALE_AFTER_S", 0.2)
    entrance.backend.show(IMAGES["near"], [FaceState.LOOKING])
    qtbot.waitUntil(entrance.screen.picture.preview.isVisible)
    qtbot.waitUntil(lambda: not entrance.screen.picture.preview.isVisible())


def test_frames_of_faces_go_when_nobody_is_seen_any_more(
    qtbot: QtBot, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_module, "FACES_GONE_AFTER_S", 0.1)
    entrance.see(FaceState.LOOKING)
    qtbot.waitUntil(lambda: len(entrance.screen.picture.marks) == 1)
    qtbot.waitUntil(lambda: len(entrance.screen.picture.marks) == 0)


@pytest.mark.parametrize("language", Language)
def test_trouble_is_a_sentence_for_everybody_and_a_code_for_the_administrator(
    entrance: Entrance, language: Language
) -> None:
    entrance.window.use_language(language)
    entrance.backend.lose_everything()
    entrance.screen.refresh_status()
    told = entrance.screen.status.items()
    assert [item.code[0] for item in told] == ["C", "S", "D"]
    for item in told:
        assert not re.search("database|disk|camera unplugged|GB|баз[аы]|диск|USB", item.sentence, re.IGNORECASE)
    explained = (PROJECT_DIR / f"docs/messages.{language}.md").read_text(encoding="utf-8")
    for code in [*map(fault_code, CameraFaultKind), "C0", "D1", "D2", "S1", "S2"]:
        assert f"| {code} |" in explained


@pytest.mark.parametrize(("replaced", "code", "tone"), [(False, "D1", "advice"), (True, "D2", "bad")])
def test_a_database_that_is_away_or_another_one(entrance: Entrance, replaced: bool, code: str, tone: str) -> None:
    entrance.backend.lose_database(2, replaced=replaced)
    entrance.screen.refresh_status()
    (told,) = entrance.screen.status.items()
    assert (told.text, told.tone) == (f"Entries and exits are kept safely on this device · {code}", tone)


def test_a_full_disk_is_the_first_thing_that_is_said(entrance: Entrance) -> None:
    entrance.backend.lose_database(2)
    entrance.backend.fill_disk()
    entrance.screen.refresh_status()
    assert entrance.screen.status.items()[0].text == "Nobody can be registered now. Please tell the administrator. · S1"


def test_the_language_changes_while_people_stand_there(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.bridge.person_seen.emit(entry("Anna"))
    entrance.window.use_language(Language.RUSSIAN)
    qtbot.waitUntil(lambda: entrance.card.detail.text().startswith("Вход в "))
    assert entrance.card.not_me.text() == "Это не я"


def test_the_dim_screen_shows_the_picture_dark_under_the_clock(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.backend.show(IMAGES["near"], [FaceState.LOOKING])
    entrance.screen.fall_asleep()
    qtbot.waitUntil(lambda: entrance.screen.idle._frame is not None)
    corner = entrance.screen.idle.grab().toImage().pixelColor(5, 5)
    assert 20 < corner.lightness() < 64, "grey 128 at a quarter"
    assert contrast(colour("on_accent"), QColor(64, 64, 64)) > 7, "white letters on the brightest picture"
    entrance.backend.lose_camera()
    qtbot.waitUntil(lambda: entrance.screen.idle._frame is None, timeout=8000)


def test_it_sleeps_when_nobody_comes_and_a_face_wakes_it_within_half_a_second(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.screen.fall_asleep()
    assert entrance.screen.asleep
    painted = entrance.screen.picture.preview.painted_frames
    entrance.backend.show(IMAGES["near"], [FaceState.LOOKING])
    qtbot.wait(2 * picture_module.IDLE_MS)
    assert entrance.screen.asleep
    assert entrance.screen.picture.preview.painted_frames == painted
    entrance.see(FaceState.LOOKING)
    qtbot.waitUntil(lambda: not entrance.screen.asleep, timeout=500)


def test_it_sleeps_after_a_minute_without_faces(entrance: Entrance) -> None:
    assert screen_module.IDLE_AFTER_S == 60
    assert entrance.screen._idle_timer.interval() == 60_000
    assert entrance.screen._idle_timer.isActive()


def test_it_does_not_sleep_over_a_card(entrance: Entrance) -> None:
    entrance.bridge.person_seen.emit(entry("Anna"))
    entrance.screen.fall_asleep()
    assert not entrance.screen.asleep


@pytest.mark.parametrize("wakes", ["touch", "key"])
def test_touch_and_keys_wake_it(qtbot: QtBot, entrance: Entrance, wakes: str) -> None:
    entrance.screen.fall_asleep()
    if wakes == "touch":
        qtbot.mouseClick(entrance.screen.idle, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(entrance.screen.idle, Qt.Key.Key_Space)
    assert not entrance.screen.asleep


def test_everything_is_reached_by_the_keyboard(qtbot: QtBot, entrance: Entrance) -> None:
    with qtbot.waitActive(entrance.window):
        entrance.window.activateWindow()
    entrance.bridge.person_seen.emit(entry("Anna"))
    buttons = {button for button in entrance.screen.findChildren(Button) if button.isVisible()}
    assert entrance.card.not_me in buttons
    assert {"Administration", "Русский"} <= {button.text() or button.accessibleName() for button in buttons}
    reached: set[QWidget | None] = set()
    for _ in range(12):
        qtbot.keyClick(entrance.window, Qt.Key.Key_Tab)
        reached.add(entrance.window.focusWidget())
    assert buttons <= reached
    entrance.card.not_me.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(entrance.card.not_me, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(entrance.backend.voided) == 1)


def test_nothing_runs_while_another_screen_is_shown(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.screen.left()
    entrance.see(FaceState.LOOKING)
    entrance.bridge.person_seen.emit(entry("Anna"))
    assert not entrance.screen.picture.running
    entrance.screen.entered()
    assert entrance.screen.picture.running
