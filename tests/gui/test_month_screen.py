"""Somebody's own month on the kiosk, and asking for a correction."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.correction_requests import RequestKind
from kiosk.errors import StorageError
from kiosk.ui.background import Background
from kiosk.ui.entrance.backend import HoursToday, OwnDay, OwnMonth
from kiosk.ui.entrance.month_screen import LEFT_AFTER_S, MonthScreen, RequestScreen
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend
from kiosk.ui.window import KioskWindow

FIRST = date(2026, 11, 1)
DAYS = (
    OwnDay(date(2026, 11, 2), timedelta(hours=8)),
    OwnDay(date(2026, 11, 3), timedelta(), is_question=True),
    OwnDay(date(2026, 11, 4), timedelta(), is_absent=True),
)
MONTH = OwnMonth(7, FIRST, DAYS, HoursToday(timedelta(hours=8), timedelta(hours=-16)))


@pytest.fixture
def backend() -> FakeEntranceBackend:
    return FakeEntranceBackend()


@pytest.fixture
def background(window: KioskWindow) -> Background:
    return Background(window)


def texts(screen: MonthScreen) -> list[str]:
    return [screen.days.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(screen.days.rowCount())]


def test_a_refusal_stands_beside_its_day(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background
) -> None:
    day = OwnDay(date(2026, 11, 2), timedelta(hours=8), refused_because="the door saw you at nine")
    screen = MonthScreen(OwnMonth(7, FIRST, (day,), HoursToday(timedelta(hours=8))), backend, background)
    window.open(screen)
    (text,) = texts(screen)
    assert text.endswith("The correction was refused: the door saw you at nine")


def test_the_month_is_shown_to_whoever_knows_the_pin(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background, qtbot: QtBot
) -> None:
    backend.month = MONTH
    screen = PinScreen(backend, background)
    window.open(screen)
    screen.number.setText("1042")
    screen.pin.setText("2468")
    with qtbot.waitSignal(screen.month_opened) as opened:
        screen.month.click()
    assert opened.args == [MONTH]


def test_a_wrong_pin_shows_nothing(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background, qtbot: QtBot
) -> None:
    screen = PinScreen(backend, background)
    window.open(screen)
    screen.number.setText("1042")
    screen.pin.setText("1111")
    screen.month.click()
    qtbot.waitUntil(lambda: screen.answer == "Number or PIN is wrong.")


def test_a_day_that_is_wrong_is_asked_about(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background, qtbot: QtBot
) -> None:
    month, opened = MonthScreen(MONTH, backend, background), list[Screen]()
    month.opens.connect(opened.append)
    window.open(month)
    assert ["Open question" in text for text in texts(month)] == [False, True, False]
    assert "Not there" in texts(month)[0] and "8:00" in texts(month)[2]
    month.list.chosen.emit(month.days.index(1, 0))
    (request,) = opened
    assert isinstance(request, RequestScreen) and request.title() == "Tuesday, 3 November"
    window.open(request)
    request.words.field.setText(" I left at 18:00 ")
    request.kinds[RequestKind.EXIT_MISSING].click()
    qtbot.waitUntil(lambda: bool(backend.requests))
    assert backend.requests == [(7, date(2026, 11, 3), RequestKind.EXIT_MISSING, "I left at 18:00")]
    qtbot.waitUntil(lambda: "Asked" in texts(month)[1])
    assert request.kinds[RequestKind.OTHER].isHidden()


def test_a_request_that_cannot_be_written_may_be_sent_again(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def away(*_: object) -> None:
        raise StorageError("away")

    monkeypatch.setattr(backend, "ask_correction", away)
    request = RequestScreen(7, DAYS[0], backend, background)
    window.open(request)
    request.kinds[RequestKind.OTHER].click()
    qtbot.waitUntil(request.kinds[RequestKind.OTHER].isEnabled)
    assert not request.kinds[RequestKind.OTHER].isHidden()
    assert not backend.requests


def test_nobody_leaves_their_hours_on_the_screen(
    window: KioskWindow, backend: FakeEntranceBackend, background: Background, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert LEFT_AFTER_S <= 60
    monkeypatch.setattr("kiosk.ui.entrance.month_screen.LEFT_AFTER_S", 0.05)
    month = MonthScreen(MONTH, backend, background)
    with qtbot.waitSignal(month.closed):
        month.entered()
    assert window
