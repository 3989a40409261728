"""Greeting cards: what they say, what they offer, and who makes room for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered
from kiosk.domain.types import DecisionStatus, EventType
from kiosk.ui.entrance import cards as cards_module
from kiosk.ui.entrance.backend import HoursToday, PersonSeen
from kiosk.ui.entrance.card_column import CardColumn
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.entrance_card import CardDensity
from kiosk.ui.entrance.refusal_card import NotRecognisedCard
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import Language, Translations, time_text
from kiosk.ui.screenshots.fake_entrance import already, entry, event, leaving, not_registered
from kiosk.ui.window import KioskWindow

ZONE = ZoneInfo("Europe/Moscow")
REASONS = "break: Break: Перерыв; personal: Personal: Личное"
MakeColumn = Callable[..., CardColumn]


@pytest.fixture
def column(window: KioskWindow) -> MakeColumn:
    def make(can_turn: bool = True, size: tuple[int, int] = (600, 900)) -> CardColumn:
        made = CardColumn(ZONE, can_turn, window, parse_exit_reasons(REASONS))
        made.resize(*size)
        window.show()
        return made

    return make


def greeting(column: CardColumn, place: int = 0) -> GreetingCard:
    card = column.cards[place]
    assert isinstance(card, GreetingCard)
    return card


def at_nine(seen: PersonSeen) -> PersonSeen:
    """Let it be registered at nine in the morning."""
    assert isinstance(seen.outcome, Registered)
    event = seen.outcome.event
    nine = event.occurred_at.astimezone(ZONE).replace(hour=9, minute=0)
    return replace(seen, outcome=Registered(replace(event, occurred_at=nine)))


@pytest.mark.parametrize(
    ("seen", "language", "above", "below", "offers"),
    [
        pytest.param(at_nine(entry("Anna")), Language.ENGLISH, "Good morning", "Entry at {}", True, id="entry"),
        pytest.param(at_nine(leaving("Anna")), Language.ENGLISH, "Goodbye", "Exit at {}", True, id="exit"),
        pytest.param(
            already("Anna"), Language.ENGLISH, "You are in", "You are registered as in since {}", True, id="again"
        ),
        pytest.param(at_nine(entry("Анна")), Language.RUSSIAN, "Доброе утро", "Вход в {}", True, id="entry-ru"),
        pytest.param(
            already("Анна"), Language.RUSSIAN, "Вы уже пришли", "Вы отмечены на месте с {}", True, id="again-ru"
        ),
        pytest.param(
            not_registered("Anna"),
            Language.ENGLISH,
            "Not registered",
            "This device cannot save it. Please tell the administrator.",
            False,
            id="disk-full",
        ),
    ],
)
def test_a_card_says_who_what_and_when(  # noqa: PLR0917
    column: MakeColumn,
    translations: Translations,
    seen: PersonSeen,
    language: Language,
    above: str,
    below: str,
    offers: bool,
) -> None:
    translations.use(language)
    made = column()
    made.greet(seen)
    card = greeting(made)
    match seen.outcome:
        case Registered(event_shown) | AlreadyRegistered(event_shown):
            below = below.format(time_text(event_shown.occurred_at, ZONE))
        case NotRegistered():
            pass
    assert (card.overline.text(), card.headline.text(), card.detail.text()) == (above, seen.name, below)
    assert card.buttons.isVisible() is offers
    assert card.accessibleName() == f"{seen.name}. {below}"


def test_somebody_without_a_known_name_is_greeted_all_the_same(column: MakeColumn) -> None:
    made = column()
    made.greet(PersonSeen(None, Registered(event(EventType.ENTRY))))
    assert greeting(made).headline.text() == "Recognised"


def test_that_is_not_me_asks_once(qtbot: QtBot, column: MakeColumn) -> None:
    made = column()
    made.greet(entry("Anna"))
    card, wishes = greeting(made), []
    made.void_wanted.connect(lambda *wish: wishes.append(wish))
    for _ in range(2):
        qtbot.mouseClick(card.not_me, Qt.MouseButton.LeftButton)
    assert card.event_shown is not None
    assert wishes == [(card, card.event_shown)]
    card.show_voided()
    assert card.state is CardState.VOIDED
    assert "Anna" not in card.accessibleName()
    assert not card.not_me.isVisible()
    with qtbot.waitSignal(made.pin_wanted):
        qtbot.mouseClick(card.pin, Qt.MouseButton.LeftButton)
    made.refuse(DecisionStatus.UNKNOWN)
    assert made.cards == (card,), "the face that is not that person's is no news"


def test_whoever_is_taken_for_somebody_who_is_in_can_say_so(qtbot: QtBot, column: MakeColumn) -> None:
    made = column(can_turn=False)
    made.greet(already("Anna"))
    card = greeting(made)
    with qtbot.waitSignal(made.reject_wanted) as wish:
        qtbot.mouseClick(card.not_me, Qt.MouseButton.LeftButton)
    assert wish.args == [card, card.event_shown]


def test_an_entry_can_be_turned_and_turned_back(qtbot: QtBot, column: MakeColumn) -> None:
    made = column()
    made.greet(entry("Anna"))
    card = greeting(made)
    assert card.turn.text() == "It's an exit"
    with qtbot.waitSignal(made.turn_wanted):
        qtbot.mouseClick(card.turn, Qt.MouseButton.LeftButton)
    assert card.event_shown is not None
    card.show_turned(replace(card.event_shown, event_type=EventType.EXIT))
    assert card.overline.text() in event_style(EventType.EXIT).greetings
    assert card.turn.text() == "It's an entry"
    with qtbot.waitSignal(made.turn_wanted):
        qtbot.mouseClick(card.turn, Qt.MouseButton.LeftButton)


def test_where_a_door_goes_one_way_nothing_is_turned(column: MakeColumn) -> None:
    made = column(can_turn=False)
    made.greet(entry("Anna"))
    assert greeting(made).not_me.isVisible()
    assert not greeting(made).turn.isVisible()


def test_what_failed_is_said(qtbot: QtBot, column: MakeColumn) -> None:
    made = column()
    made.greet(entry("Anna"))
    greeting(made).show_failed()
    assert greeting(made).detail.text() == "Please tell the administrator."


def test_one_event_has_one_card(column: MakeColumn) -> None:
    made = column()
    first = entry("Anna")
    made.greet(first)
    made.greet(first)
    assert isinstance(first.outcome, Registered)
    made.greet(PersonSeen("Anna", AlreadyRegistered(first.outcome.event)))
    assert len(made.cards) == 1


def test_cards_go_by_themselves(qtbot: QtBot, column: MakeColumn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_module, "STAYS_S", 0.1)
    made = column()
    made.greet(entry("Anna"))
    with qtbot.waitSignal(made.changed):
        pass
    assert made.cards == ()


def test_strangers_share_a_card_which_goes_when_somebody_is_greeted(qtbot: QtBot, column: MakeColumn) -> None:
    made = column()
    made.refuse(DecisionStatus.LOW_CONFIDENCE)
    (card,) = made.cards
    assert isinstance(card, NotRecognisedCard)
    assert card.headline.text() == "Look again, please"
    made.refuse(DecisionStatus.UNKNOWN)
    assert made.cards == (card,)
    assert card.headline.text() == "Face not recognised"
    with qtbot.waitSignal(made.pin_wanted):
        qtbot.mouseClick(card._pin, Qt.MouseButton.LeftButton)
    made.greet(entry("Anna"))
    assert [type(card) for card in made.cards] == [GreetingCard]


def test_the_newest_stands_on_top_and_is_whole(column: MakeColumn) -> None:
    made = column(size=(600, 620))
    for name in ("Anna", "Boris", "Vera", "Gleb", "Dina"):
        made.greet(entry(name))
    assert greeting(made).headline.text() == "Dina"
    assert greeting(made).not_me.isVisible()
    assert len(made.cards) >= 3
    bottoms = [card.geometry().bottom() for card in made.cards]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] <= made.height()


def test_a_card_that_was_short_is_whole_again_when_there_is_room(qtbot: QtBot, column: MakeColumn) -> None:
    made = column(size=(600, 620))
    for name in ("Anna", "Boris", "Vera"):
        made.greet(entry(name))
    oldest = greeting(made, 2)
    assert oldest._density is CardDensity.MINIMAL
    for card in made.cards[:2]:
        card.expired.emit()
    assert made.cards == (oldest,)
    assert oldest._density is CardDensity.LARGE
    assert oldest.not_me.isVisible()


def test_whoever_leaves_says_why_in_one_tap(column: MakeColumn) -> None:
    cards, asked = column(), []
    cards.reason_wanted.connect(lambda _card, leaving, reason: asked.append((leaving, reason)))
    cards.greet(leaving("Anna"))
    card = greeting(cards)
    assert card.reasons.isVisible() and [button.text() for button in card.reasons.buttons] == ["Break", "Personal"]
    card.reasons.buttons[0].click()
    card.reasons.buttons[1].click()  # the first one is being written
    assert asked == [(card.event_shown, "break")]
    card.show_explained(replace(asked[0][0], reason="break"))
    assert not card.reasons.isVisible()
    assert card.detail.text().endswith(" · Break")


def test_an_entry_asks_for_no_reason(column: MakeColumn) -> None:
    cards = column()
    cards.greet(entry("Anna"))
    assert not greeting(cards).reasons.isVisible()


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        pytest.param(HoursToday(timedelta(hours=8)), "today 8:00", id="no schedule"),
        pytest.param(HoursToday(timedelta(hours=8), timedelta(minutes=12)), "balance +0:12", id="more than planned"),
        pytest.param(HoursToday(timedelta(hours=7), timedelta(minutes=-60)), "balance −1:00", id="less than planned"),
    ],
)
def test_the_card_of_an_exit_shows_the_days_hours(column: MakeColumn, hours: HoursToday, told: str) -> None:
    cards, left = column(), []
    cards.left.connect(lambda card, leaving: left.append((card, leaving)))
    cards.greet(entry("Boris"))
    cards.greet(leaving("Anna"))
    ((card, exit_shown),) = left
    assert exit_shown == card.event_shown
    card.show_hours(hours)
    assert told in card.detail.text().replace("\u00a0", " ")


def test_whoever_stays_in_view_leaves_by_the_button(column: MakeColumn) -> None:
    cards, wanted = column(), []
    cards.pass_wanted.connect(lambda card, last: wanted.append((card, last)))
    cards.greet(already("Anna"))
    card = greeting(cards)
    assert (card.go.text(), card.go.isVisible(), card.turn.isVisible()) == ("I'm leaving", True, False)
    card.go.click()
    assert wanted == [(card, card.event_shown)]
    cards.replace(card, leaving("Anna"))
    assert [one.state for one in cards.cards if isinstance(one, GreetingCard)] == [CardState.REGISTERED]


def test_a_door_of_one_direction_offers_no_way_back(column: MakeColumn) -> None:
    cards = column(can_turn=False)
    cards.greet(already("Anna"))
    assert not greeting(cards).go.isVisible()


def test_a_card_slides_in_and_ends_at_its_place(qtbot: QtBot, column: MakeColumn) -> None:
    made = column()
    made.greet(entry("Anna"))
    card = greeting(made)
    assert card.x() > 0
    qtbot.waitUntil(lambda: card.x() == 0, timeout=2000)
    made.slides_in = False
    made.greet(entry("Boris"))
    assert greeting(made).x() == 0
