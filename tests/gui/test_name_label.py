"""The name on a card: whole, as large as the place allows, and legible from where people stand."""

from __future__ import annotations

from math import atan, degrees, hypot

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.name_label import MAX_LINES, NameLabel
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.fake_entrance import entry
from kiosk.ui.screenshots.scene import SceneFixture, make_fixture
from kiosk.ui.window import KioskWindow
from support.recording_entrance import IMAGES

INCH_MM, LEAST_ARC_MINUTES = 25.4, 10.0
NAMES = {
    "one word": "Kofi",
    "two words": "Barack Obama",
    "long Russian": "Константинопольская Александра Владиславовна",
    "one long word": "Wolfeschlegelsteinhausenbergerdorff",
    "without spaces": "AnnaMariaElisabethTheresiaJosephaFranziskaVonUndZuLiechtenstein",
    "Chinese": "欧阳修文忠公欧阳修文忠公",
    "Arabic": "محمد عبد الرحمن بن عبد العزيز آل سعود",
    "a hundred letters": "Name " * 20,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("size", [(1200, 420), (560, 120), (300, 60)], ids=str)
def test_a_name_is_never_cut(window: KioskWindow, name: str, size: tuple[int, int]) -> None:
    label = NameLabel(window)
    label.setText(name)
    label.set_largest(160, fills=True)
    label.resize(*size)
    layout = label._fit(*size)
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    assert 1 <= len(lines) <= MAX_LINES
    assert sum(line.textLength() for line in lines) == len(name)
    assert all(line.naturalTextWidth() <= size[0] for line in lines)
    assert sum(line.height() for line in lines) <= size[1]


def test_a_short_name_has_the_largest_letters_and_a_long_one_two_lines(window: KioskWindow) -> None:
    label = NameLabel(window)
    label.set_largest(160, fills=True)
    label.resize(1200, 420)
    label.setText("Kofi")
    assert label.letters_px == 160
    label.setText(NAMES["long Russian"])
    assert label.letters_px < 160
    assert label._fit(1200, 420).lineCount() == 2


def test_a_label_that_does_not_fill_asks_for_the_height_of_its_lines(window: KioskWindow) -> None:
    label = NameLabel(window)
    label.set_largest(80)
    label.setText("Kofi")
    one_line = label.heightForWidth(600)
    label.setText("Barack Hussein Obama")
    assert label.heightForWidth(600) > one_line * 1.3


def arc_minutes(label: NameLabel, size: tuple[int, int], diagonal_inches: float, distance_mm: float) -> float:
    """Return the angle under which a capital letter is seen."""
    font = label._fit(label.width(), label.height()).font()
    millimetres = QFontMetricsF(font).capHeight() * diagonal_inches * INCH_MM / hypot(*size)
    return 60 * degrees(atan(millimetres / distance_mm))


def greeted(
    qtbot: QtBot, translations: Translations, size: tuple[int, int], people: int
) -> tuple[SceneFixture, NameLabel]:
    translations.use(Language.ENGLISH)
    fixture = make_fixture(size, translations, IMAGES)
    for name in ("Joe Biden", "Barack Obama")[:people]:
        fixture.bridge.person_seen.emit(entry(name))
    qtbot.wait(20)
    card = fixture.entrance.cards.cards[0]
    assert isinstance(card, GreetingCard) and card.headline.text() == ("Barack Obama" if people > 1 else "Joe Biden")
    return fixture, card.headline


@pytest.mark.parametrize(
    ("size", "diagonal_inches", "distance_mm"),
    [((1024, 600), 10, 2000), ((1280, 800), 10, 2000), ((1920, 1080), 15, 3000)],
    ids=["10 inches, 1024x600, 2 m", "10 inches, 1280x800, 2 m", "15 inches, 1920x1080, 3 m"],
)
@pytest.mark.parametrize("people", [1, 2])
def test_a_name_is_legible_from_where_people_stand(  # noqa: PLR0917
    qtbot: QtBot,
    qapp: QApplication,
    translations: Translations,
    size: tuple[int, int],
    diagonal_inches: float,
    distance_mm: float,
    people: int,
) -> None:
    fixture, label = greeted(qtbot, translations, size, people)
    try:
        assert arc_minutes(label, size, diagonal_inches, distance_mm) >= LEAST_ARC_MINUTES
    finally:
        fixture.close()


@pytest.mark.parametrize(
    ("size", "least_px", "most_px"), [((1920, 1080), 140, 180), ((1024, 600), 70, 90)], ids=["1080p", "1024x600"]
)
def test_the_name_of_somebody_alone_is_the_largest_thing(  # noqa: PLR0917
    qtbot: QtBot, qapp: QApplication, translations: Translations, size: tuple[int, int], least_px: int, most_px: int
) -> None:
    fixture, label = greeted(qtbot, translations, size, 1)
    try:
        assert least_px <= label.letters_px <= most_px
    finally:
        fixture.close()
