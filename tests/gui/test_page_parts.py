"""What the administrator's pages are put together from."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.conftest import SIZES
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonRow, ScrollColumn
from kiosk.ui.admin.setting_row import SettingRow
from kiosk.ui.avatar import Avatar, initials_of, person_colour
from kiosk.ui.panel import RaisedCard, Screen
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.shadow import Shadow
from kiosk.ui.theme import colour, scale_for
from kiosk.ui.widgets import Button, Label, TextField
from kiosk.ui.window import KioskWindow


class Page(AdminScreen):
    """A page with one card, one setting in it."""

    def __init__(self) -> None:
        super().__init__()
        self.row, self.card = SettingRow(TextField()), RaisedCard()
        self.card.content.addWidget(self.row)
        column = ScrollColumn()
        column.content.addWidget(Label("section"))
        column.content.addWidget(self.card)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return "A page"


@pytest.fixture
def page(window: KioskWindow) -> Page:
    made = Page()
    window.show()
    window.open(Screen())
    window.open(made)
    made.row.set_texts("Time zone", "By which days begin and end.")
    return made


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_column_is_in_the_middle_and_no_wider_than_the_grid_says(
    window: KioskWindow, page: Page, size: tuple[int, int]
) -> None:
    window.resize(*size)
    QApplication.processEvents()
    scale = scale_for(window.size())
    left = page.card.mapTo(window, page.card.rect().topLeft()).x()
    right = size[0] - left - page.card.width()
    assert page.card.width() <= scale.px("column")
    assert abs(left - right) <= 1
    assert left >= scale.px("shadow_reach"), "there is room for the shadow"


def test_a_shadow_darkens_the_canvas_below_a_card_and_follows_it(window: KioskWindow, page: Page) -> None:
    def tint_below() -> int:
        place = page.card.mapTo(window, page.card.rect().bottomLeft())
        seen = window.grab().toImage().pixelColor(place.x() + page.card.width() // 2, place.y() + 2)
        return colour("canvas").lightness() - seen.lightness()

    assert 4 < tint_below() < 60
    page.row.show_error("No such zone.\nChoose one of the list.")
    QApplication.processEvents()
    assert 4 < tint_below() < 60
    page.card.hide()
    assert not any(shadow.isVisible() for shadow in window.findChildren(Shadow))


def test_a_shadow_costs_a_millisecond_or_two(page: Page) -> None:
    shadow = page.card._shadow
    assert shadow is not None
    target = QImage(shadow.size(), QImage.Format.Format_ARGB32_Premultiplied)
    took_s = []
    for _ in range(20):
        began_s = perf_counter()
        shadow.render(target)
        took_s.append(perf_counter() - began_s)
    assert min(took_s) < 0.003


def test_a_setting_says_what_is_wrong_and_where_it_is_fixed(page: Page) -> None:
    row = page.row
    assert (row.control.accessibleName(), row.control.isEnabled()) == ("Time zone", True)
    row.show_error("There is no such zone.")
    assert row.error == "There is no such zone."
    row.set_fixed("Fixed on this device by the environment.")
    assert not row.control.isEnabled()
    row.set_fixed("")
    assert row.control.isEnabled()


def test_the_words_of_a_setting_get_more_than_half_of_its_row(window: KioskWindow) -> None:
    row = SettingRow(SegmentedButtons("off", "on"))
    row.set_texts("Learn from this door", "The door measures how much alike people look, and becomes stricter.")
    row.setParent(window)
    window.show()
    row.show()
    row.resize(900, 200)
    row.layout().activate()
    title = next(label for label in row.findChildren(Label) if label.text() == "Learn from this door")
    assert title.width() > 450


def test_one_of_the_segments_is_chosen(qtbot: QtBot, window: KioskWindow) -> None:
    segments = SegmentedButtons("light", "dark")
    segments.set_texts({"light": "Light", "dark": "Dark"})
    segments.setParent(window)
    window.show()
    segments.show()
    segments.resize(600, 80)
    segments.choose("light")
    heard: list[object] = []
    segments.chosen.connect(heard.append)
    qtbot.mouseClick(segments.buttons["dark"], Qt.MouseButton.LeftButton)
    assert (heard, segments.key) == (["dark"], "dark")


@pytest.mark.parametrize(("wide_px", "stacked"), [(1400, False), (300, True)])
def test_buttons_that_do_not_fit_beside_each_other_are_stacked(
    qtbot: QtBot, window: KioskWindow, wide_px: int, stacked: bool
) -> None:
    buttons = tuple(Button("secondary") for _ in range(3))
    row = ButtonRow(*buttons)
    row.setParent(window)
    for button in buttons:
        button.setText("A text of some length")
    window.show()
    row.show()
    row.resize(wide_px, 400)
    row.layout().activate()
    assert (buttons[0].x() == buttons[1].x()) is stacked


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Lovelace", "AL"),
        ("Яковлев Илья Ильич", "ЯИ"),
        ("Li", "L"),
        ("", "?"),
        ("O'Neil, Sean", "OS"),
        ("- 张伟", "张"),
    ],
)
def test_initials_are_the_first_letters_of_two_words(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_somebody_has_the_same_colour_every_time() -> None:
    names = [f"Person {number}" for number in range(60)]
    assert [person_colour(name) for name in names] == [person_colour(f" {name.upper()} ") for name in names]
    assert len({person_colour(name) for name in names}) == 6


def test_an_avatar_shows_initials_on_the_colour(qtbot: QtBot) -> None:
    avatar = Avatar("Ada Lovelace")
    qtbot.addWidget(avatar)
    avatar.resize(64, 64)
    image = avatar.grab().toImage()
    assert image.pixelColor(32, 6).name() == colour(person_colour("Ada Lovelace")).name()
    assert colour("on_accent").name() in {image.pixelColor(x, 32).name() for x in range(10, 54)}
