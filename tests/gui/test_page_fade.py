"""One page turning into the next, and the appearances that an office may choose."""

from __future__ import annotations

from datetime import UTC, datetime
from time import thread_time

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.config.settings import Settings
from kiosk.domain.screen_theme import ScreenTheme
from kiosk.ui.appearance import AppearanceChoice, AppearanceFollower
from kiosk.ui.page_fade import FADE_MS, PageFade
from kiosk.ui.panel import Screen
from kiosk.ui.theme import colour, theme
from kiosk.ui.widgets import Button, Label
from kiosk.ui.window import KioskWindow


class Words(Screen):
    """A screen with a button."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.label = Button("primary", "check", self), Label("body", self)


def fades(window: KioskWindow) -> list[PageFade]:
    return [child for child in window.children() if isinstance(child, PageFade)]


def test_the_page_before_fades_within_a_fifth_of_a_second(qtbot: QtBot, window: KioskWindow) -> None:
    window.fades = True
    window.open(Words())
    window.show()
    window.open(Words())
    assert FADE_MS <= 200
    assert len(fades(window)) == 1
    window.back()
    qtbot.waitUntil(lambda: fades(window) == [])


def test_without_motion_pages_change_at_once(window: KioskWindow) -> None:
    AppearanceFollower(window, AppearanceChoice(less_motion=True))
    window.open(Words())
    window.show()
    window.open(Words())
    assert fades(window) == []


def test_a_step_of_the_fade_takes_less_than_a_frame(window: KioskWindow) -> None:
    window.fades = True
    window.resize(1920, 1080)
    window.open(Words())
    window.show()
    window.open(Words())
    [fade] = fades(window)
    target = QImage(window.size(), QImage.Format.Format_RGB32)
    took_s = []
    for _ in range(10):
        began_s = thread_time()
        fade.render(target)
        took_s.append(thread_time() - began_s)
    assert min(took_s) < 0.016


@pytest.mark.parametrize(
    ("theme_chosen", "hour", "dark"),
    [
        (ScreenTheme.LIGHT, 23, False),
        (ScreenTheme.DARK, 12, True),
        (ScreenTheme.AUTO, 12, False),
        (ScreenTheme.AUTO, 23, True),
        (ScreenTheme.AUTO, 5, True),
        (ScreenTheme.AUTO, 6, False),
    ],
)
def test_the_theme_is_the_one_that_was_chosen(
    window: KioskWindow, theme_chosen: ScreenTheme, hour: int, dark: bool
) -> None:
    window.open(Words())
    window.show()
    AppearanceFollower(window, AppearanceChoice(theme_chosen), lambda: datetime(2026, 3, 3, hour, tzinfo=UTC))
    QApplication.processEvents()
    canvas = window.grab().toImage().pixelColor(window.width() - 2, window.height() - 2)
    assert canvas.name() == ("#11161a" if dark else "#f3f1ec")


def test_a_window_that_is_open_is_drawn_anew(window: KioskWindow) -> None:
    screen = Words()
    window.open(screen)
    window.show()
    follower = AppearanceFollower(window, AppearanceChoice())
    before = screen.button.icon().pixmap(48).toImage()
    size_before = screen.label.fontMetrics().height()
    follower.choose(AppearanceChoice(ScreenTheme.DARK, high_contrast=True, large_type=True))
    assert colour("canvas").name() == "#000000"
    assert screen.button.icon().pixmap(48).toImage() != before
    assert screen.label.fontMetrics().height() > 1.15 * size_before
    assert theme().pairs[0].least_contrast == 7.0


def test_the_settings_name_them() -> None:
    settings = Settings(_env_file=None, theme="auto", high_contrast=True, large_type=True)
    assert (settings.theme, settings.high_contrast, settings.large_type) == (ScreenTheme.AUTO, True, True)
