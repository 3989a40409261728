"""The entrance screen's scenes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtTest import QTest

from kiosk.domain.quality import Reason
from kiosk.domain.types import DecisionStatus
from kiosk.ui.entrance.backend import HoursToday, OwnDay, OwnMonth
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.demo_end_screen import DemoEndScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.entrance.month_screen import MonthScreen, RequestScreen
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.screenshots.fake_entrance import already, entry, leaving, not_registered
from kiosk.ui.screenshots.scene import Scene, SceneFixture, office
from kiosk.ui.sounds import Sounds


def _looking(fixture: SceneFixture) -> None:
    fixture.show_faces("near", FaceState.LOOKING)


def _come_closer(fixture: SceneFixture) -> None:
    fixture.show_faces("far", FaceState.COME_CLOSER)


def _advice(fixture: SceneFixture) -> None:
    fixture.show_faces("two", FaceState.LOOK_AT_CAMERA, FaceState.TOO_DARK)


def _entry(fixture: SceneFixture) -> None:
    fixture.show_faces("stranger", FaceState.RECOGNISED)
    fixture.greet(entry, 4)


def _two_people(fixture: SceneFixture) -> None:
    fixture.show_faces("two", FaceState.RECOGNISED, FaceState.RECOGNISED)
    fixture.greet(leaving, 0)
    fixture.greet(entry, 1)


def _queue(fixture: SceneFixture) -> None:
    fixture.show_faces("two", FaceState.RECOGNISED, FaceState.LOOKING)
    for person in (3, 0, 1):
        fixture.greet(entry, person)
    fixture.greet(already, 0)
    fixture.greet(entry, 2)


def _already(fixture: SceneFixture) -> None:
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(already, 0)


def _leaving(fixture: SceneFixture) -> None:
    fixture.entrance_backend.hours = HoursToday(timedelta(hours=8, minutes=12), timedelta(minutes=12))
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(leaving, 0)
    QTest.qWait(100)


def _not_registered(fixture: SceneFixture) -> None:
    fixture.entrance_backend.fill_disk()
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(not_registered, 0)


def _stranger(fixture: SceneFixture) -> None:
    fixture.show_faces("stranger", FaceState.NOT_RECOGNISED)
    fixture.bridge.refused.emit(DecisionStatus.UNKNOWN, None)


def _look_again(fixture: SceneFixture) -> None:
    fixture.show_faces("two", FaceState.LOOK_AGAIN, FaceState.HOLD_STILL)
    fixture.bridge.refused.emit(DecisionStatus.LOW_CONFIDENCE, None)


def _sunglasses(fixture: SceneFixture) -> None:
    fixture.show_faces("two", FaceState.UNCOVER_EYES, FaceState.UNCOVER_FACE)
    fixture.bridge.refused.emit(DecisionStatus.UNKNOWN, Reason.EYES_COVERED)


def _mask(fixture: SceneFixture) -> None:
    fixture.show_faces("near", FaceState.UNCOVER_FACE)
    fixture.bridge.refused.emit(DecisionStatus.LOW_CONFIDENCE, Reason.FACE_COVERED)


def _voided(fixture: SceneFixture) -> None:
    fixture.show_faces("near", FaceState.LOOKING)
    fixture.greet(entry, 0)
    card = fixture.entrance.cards.cards[0]
    if isinstance(card, GreetingCard):
        card.not_me.click()
    QTest.qWait(100)


def _camera_lost(fixture: SceneFixture) -> None:
    fixture.entrance_backend.lose_camera()
    QTest.qWait(60)


def _database_lost(fixture: SceneFixture) -> None:
    fixture.entrance_backend.lose_database(3)
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(entry, 0)


def _database_replaced(fixture: SceneFixture) -> None:
    fixture.entrance_backend.lose_database(3, replaced=True)
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(entry, 0)


def _all_lost(fixture: SceneFixture) -> None:
    fixture.entrance_backend.lose_everything()
    QTest.qWait(60)


def _idle(fixture: SceneFixture) -> None:
    fixture.entrance_backend.show(fixture.images["far"], (FaceState.LOOKING,))
    fixture.entrance.fall_asleep()
    QTest.qWait(200)


def _demo(fixture: SceneFixture) -> None:
    demo = replace(office(fixture.language), is_demo=True, offers_setup=True)
    sounds = Sounds()
    sounds.enabled = False
    fixture.window.open(EntranceScreen(demo, fixture.entrance_backend, fixture.bridge, fixture.background, sounds))
    fixture.show_faces("near", FaceState.RECOGNISED)
    fixture.greet(entry, 0)


def _demo_end(fixture: SceneFixture) -> None:
    fixture.window.open(DemoEndScreen(offers_setup=True))


def _pin(fixture: SceneFixture) -> None:
    screen = PinScreen(fixture.entrance_backend, fixture.background)
    fixture.window.open(screen)
    screen.number.setText("1042")


def _pin_wrong(fixture: SceneFixture) -> None:
    screen = PinScreen(fixture.entrance_backend, fixture.background)
    fixture.window.open(screen)
    screen.number.setText("1042")
    screen.pin.setText("1234")
    screen.enter.click()
    QTest.qWait(100)


def _pin_wait(fixture: SceneFixture) -> None:
    """The screen is opened while wrong attempts of others slow the device down."""
    fixture.entrance_backend.slowed_s = 42
    _pin(fixture)
    QTest.qWait(100)


def _own_month() -> OwnMonth:
    """Weekdays of half a month, with a question and a day on which nobody came."""
    first = date(2026, 11, 1)
    days = [
        OwnDay(first + timedelta(days=number), timedelta(hours=8, minutes=number))
        for number in range(1, 14)
        if number % 7 not in (0, 6)
    ]
    days[3] = OwnDay(days[3].day, timedelta(), is_question=True, is_asked=True)
    days[5] = OwnDay(days[5].day, timedelta(), is_absent=True)
    days[7] = replace(days[7], refused_because="08:30 — 17:39")
    return OwnMonth(1, first, tuple(days), HoursToday(timedelta(hours=64, minutes=40), timedelta(minutes=-80)))


def _my_month(fixture: SceneFixture) -> None:
    fixture.window.open(MonthScreen(_own_month(), fixture.entrance_backend, fixture.background))


def _request(fixture: SceneFixture) -> None:
    day = _own_month().days[3]
    fixture.window.open(RequestScreen(1, day, fixture.entrance_backend, fixture.background))


ENTRANCE_SCENES = (
    Scene("entrance", _looking),
    Scene("come-closer", _come_closer),
    Scene("advice", _advice),
    Scene("entry", _entry),
    Scene("two-people", _two_people),
    Scene("queue", _queue),
    Scene("already-registered", _already),
    Scene("leaving", _leaving),
    Scene("not-registered", _not_registered),
    Scene("not-recognised", _stranger),
    Scene("look-again", _look_again),
    Scene("sunglasses", _sunglasses),
    Scene("mask", _mask),
    Scene("that-is-not-me", _voided),
    Scene("camera-lost", _camera_lost),
    Scene("database-away", _database_lost),
    Scene("database-replaced", _database_replaced),
    Scene("everything-away", _all_lost),
    Scene("idle", _idle),
    Scene("demo", _demo),
    Scene("demo-end", _demo_end),
    Scene("pin", _pin),
    Scene("my-month", _my_month),
    Scene("ask-correction", _request),
    Scene("pin-wrong", _pin_wrong),
    Scene("pin-wait", _pin_wait),
)
