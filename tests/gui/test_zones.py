"""The world's time zones as somebody chooses among them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.background import Background
from kiosk.ui.setup.time_zones import cities, search_words
from kiosk.ui.setup.zone_step import ZoneStep

NOW = datetime(2026, 1, 15, tzinfo=UTC)

TYPED = {
    "Москва": "Europe/Moscow",
    "Санкт-Петербург": "Europe/Moscow",
    "санкт петербург": "Europe/Moscow",
    "Питер": "Europe/Moscow",
    "СПб": "Europe/Moscow",
    "Казань": "Europe/Moscow",
    "Нижний Новгород": "Europe/Moscow",
    "орел": "Europe/Moscow",
    "Калининград": "Europe/Kaliningrad",
    "Самара": "Europe/Samara",
    "Тольятти": "Europe/Samara",
    "Уфа": "Asia/Yekaterinburg",
    "Челябинск": "Asia/Yekaterinburg",
    "Пермь": "Asia/Yekaterinburg",
    "Новосибирск": "Asia/Novosibirsk",
    "Кемерово": "Asia/Novokuznetsk",
    "Улан-Удэ": "Asia/Irkutsk",
    "Хабаровск": "Asia/Vladivostok",
    "Южно-Сахалинск": "Asia/Sakhalin",
    "Минск": "Europe/Minsk",
    "Гомель": "Europe/Minsk",
    "Алматы": "Asia/Almaty",
    "Астана": "Asia/Almaty",
    "Ташкент": "Asia/Tashkent",
    "Бишкек": "Asia/Bishkek",
    "Ереван": "Asia/Yerevan",
    "Тбилиси": "Asia/Tbilisi",
    "Германия": "Europe/Berlin",
    "kazan": "Europe/Moscow",
    "Munich": "Europe/Berlin",
    "sao paulo": "America/Sao_Paulo",
    "Новос": "Asia/Novosibirsk",
    "San Fran": "America/Los_Angeles",
    "Ho Chi Minh": "Asia/Saigon",
}


@pytest.fixture(params=["en", "ru"])
def step(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[ZoneStep]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    window = QWidget()
    qtbot.addWidget(window)
    step = ZoneStep("Asia/Tomsk", Background())
    layout = QVBoxLayout(window)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    layout.addWidget(step)
    step.retranslate()
    window.show()
    step.entered()
    qtbot.waitUntil(lambda: step.list.count() > 400)
    yield step
    step.left()
    QLocale.setDefault(before)


def shown_rows(step: ZoneStep) -> list[str]:
    rows = (step.list.item(row) for row in range(step.list.count()))
    return [item.text() for item in rows if not item.isHidden()]


@pytest.mark.parametrize("chosen", ["Asia/Istanbul", "Europe/Istanbul"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_zones_that_read_the_same_are_one_and_the_chosen_one_is_there(language, chosen):
    found = [city for city in cities(language, NOW, chosen) if not city.is_large]
    texts = [(city.name, city.offset) for city in found]
    assert len(texts) == len(set(texts))
    assert {"Asia/Tokyo", "America/Lima", "Pacific/Auckland"} <= {city.key for city in found}
    assert [city.key for city in found if city.key.endswith("Istanbul")] == [chosen]


def test_what_people_type_chooses_the_zone(step):
    chosen = {}
    for text in TYPED:
        step.search.setText(text)
        chosen[text] = step.key
    assert chosen == TYPED


def test_large_cities_stay_away_until_something_is_typed_and_the_zone_in_use_comes_back(step):
    zones = shown_rows(step)
    step.search.setText("Казань")
    assert len(shown_rows(step)) == 1
    assert step.key == "Europe/Moscow"
    step.search.clear()
    assert shown_rows(step) == zones
    assert step.key == "Asia/Tomsk"


def test_a_city_that_is_not_there_gets_a_sentence_and_nothing_is_chosen(qtbot, step):
    step.search.setText("Урюпинск")
    assert step.nothing_found.isVisible()
    assert step.list.isHidden()
    with qtbot.assertNotEmitted(step.done):
        qtbot.keyClick(step.search, Qt.Key.Key_Return)
    step.search.setText("Волгоград")
    assert step.nothing_found.isHidden()
    with qtbot.waitSignal(step.done) as told:
        qtbot.keyClick(step.search, Qt.Key.Key_Return)
    assert told.args == [{"timezone": "Europe/Volgograd"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [("Орёл", ("орел",)), ("Нью-Йорк", ("нью", "иорк")), (" São  Paulo ", ("sao", "paulo")), ("?!", ())],
)
def test_words_are_compared_without_accents_and_hyphens(text, words):
    assert search_words(text) == words
