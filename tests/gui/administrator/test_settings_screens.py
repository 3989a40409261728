"""Settings on the screen, in the real window: what is changed, refused, fixed and taken back; tokens."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from kiosk.config.setting_traits import SettingGroup, SettingLevel, SettingScope, listed_settings, traits_of
from kiosk.domain.credentials import TokenScope
from kiosk.errors import SettingChanged, StorageError
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen
from kiosk.ui.background import Background
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.fake_settings import FakeSettingsBackend
from kiosk.ui.settings.group_screen import GroupScreen
from kiosk.ui.settings.history_screen import HistoryScreen
from kiosk.ui.settings.texts import GROUPS, SETTINGS, one_in, value_text
from kiosk.ui.settings.tokens_screen import NewTokenScreen, TokensScreen
from kiosk.ui.settings.value_controls import STRICTNESS, ChoiceControl, TextControl
from kiosk.ui.settings.zone_screen import ZoneScreen
from kiosk.ui.window import KioskWindow

ZONE = ZoneInfo("Europe/Moscow")


@pytest.fixture
def backend() -> FakeSettingsBackend:
    return FakeSettingsBackend()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    translations = Translations()
    translations.use(Language.ENGLISH)
    window = KioskWindow(translations)
    qtbot.addWidget(window)
    window.resize(1024, 600)
    window.show()
    yield window
    window.end()


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


def shown(window: KioskWindow, screen: AdminScreen) -> None:
    screen.opens.connect(window.open)
    window.open(screen)


@pytest.fixture
def attendance(window: KioskWindow, backend: FakeSettingsBackend, background: Background, qtbot: QtBot) -> GroupScreen:
    screen = GroupScreen(backend, background, SettingGroup.ATTENDANCE)
    shown(window, screen)
    qtbot.waitUntil(lambda: "event_mode" in screen.rows)
    return screen


def control(screen: GroupScreen, name: str) -> ChoiceControl:
    found = screen.rows[name].control
    assert isinstance(found, ChoiceControl)
    return found


def value_of(backend: FakeSettingsBackend, name: str) -> tuple[str, str | None, str | None]:
    state = next(state for state in backend.states() if state.name == name)
    return state.value, state.office_value, state.device_value


def test_a_choice_is_applied_at_once_and_undone_with_one_touch(
    attendance: GroupScreen, backend: FakeSettingsBackend, qtbot: QtBot
) -> None:
    control(attendance, "event_mode").buttons["entry_only"].click()
    qtbot.waitUntil(lambda: attendance.notice.sentence == "What is recorded: Entries")
    assert value_of(backend, "event_mode") == ("entry_only", "entry_only", None)
    attendance.notice.button.click()
    qtbot.waitUntil(lambda: value_of(backend, "event_mode")[0] == "toggle")
    qtbot.waitUntil(lambda: control(attendance, "event_mode").key == "toggle")


def test_this_door_may_have_a_value_of_its_own(
    attendance: GroupScreen, backend: FakeSettingsBackend, qtbot: QtBot
) -> None:
    attendance.whom.buttons[SettingLevel.DEVICE].click()
    control(attendance, "event_mode").buttons["exit_only"].click()
    qtbot.waitUntil(lambda: value_of(backend, "event_mode") == ("exit_only", None, "exit_only"))


def test_a_wrong_value_is_refused_beside_its_field(
    attendance: GroupScreen, backend: FakeSettingsBackend, qtbot: QtBot
) -> None:
    typed = attendance.rows["longest_stay_h"].control
    assert isinstance(typed, TextControl)
    assert not typed.take.isEnabled()
    typed.field.setText("long")
    typed.take.click()
    qtbot.waitUntil(lambda: bool(attendance.rows["longest_stay_h"].error))
    assert attendance.rows["longest_stay_h"].error == "Type a number from 0 to 100."
    assert value_of(backend, "longest_stay_h")[0] == "16"


def test_what_is_fixed_is_shown_with_its_place(attendance: GroupScreen) -> None:
    assert not attendance.rows["cooldown_s"].control.isEnabled()
    assert attendance.rows["event_mode"].control.isEnabled()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SettingChanged("event_mode"), "Somebody else has changed this meanwhile"),
        (StorageError("away"), "Nothing was changed: the database does not answer"),
    ],
    ids=["changed-by-somebody-else", "not-saved"],
)
def test_what_was_not_saved_is_said_and_the_value_stays(
    attendance: GroupScreen, backend: FakeSettingsBackend, qtbot: QtBot, error: StorageError, sentence: str
) -> None:
    backend.refuses = error
    control(attendance, "event_mode").buttons["exit_only"].click()
    qtbot.waitUntil(lambda: attendance.notice.sentence.startswith(sentence))
    qtbot.waitUntil(lambda: control(attendance, "event_mode").key == "toggle")


def test_the_time_zone_is_found_as_at_the_first_start(
    window: KioskWindow, backend: FakeSettingsBackend, background: Background, qtbot: QtBot
) -> None:
    screen = GroupScreen(backend, background, SettingGroup.OFFICE)
    shown(window, screen)
    qtbot.waitUntil(lambda: "timezone" in screen.rows)
    screen.rows["timezone"].control.click()  # type: ignore[attr-defined]
    zone = window.screen_shown
    assert isinstance(zone, ZoneScreen)
    qtbot.waitUntil(lambda: zone.step.list.count() > 0, timeout=20_000)
    zone.step.search.setText("Samara")
    zone.take.click()
    qtbot.waitUntil(lambda: value_of(backend, "timezone")[1] == "Europe/Samara")
    assert window.screen_shown is screen


def test_a_change_is_taken_back_from_the_list(
    window: KioskWindow, backend: FakeSettingsBackend, background: Background, qtbot: QtBot
) -> None:
    backend.set("sounds", "true", SettingLevel.OFFICE, None)
    screen = HistoryScreen(backend, background, ZONE)
    shown(window, screen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)
    screen.list.chosen.emit(screen.model.index(0, 0))
    question = window.screen_shown
    assert isinstance(question, ConfirmScreen)
    question.yes.click()
    qtbot.waitUntil(lambda: value_of(backend, "sounds")[0] == "false")


def test_a_token_is_shown_once_and_revoked(
    window: KioskWindow, backend: FakeSettingsBackend, background: Background, qtbot: QtBot
) -> None:
    screen = TokensScreen(backend, background, ZONE)
    shown(window, screen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    screen.add.click()
    new = window.screen_shown
    assert isinstance(new, NewTokenScreen)
    new.name.field.setText("payroll")
    new.make.click()
    qtbot.waitUntil(lambda: bool(new.name.error))
    new.name.field.setText("gate")
    new.scope.buttons[TokenScope.SETTINGS].click()
    new.make.click()
    qtbot.waitUntil(new.token.isVisible)
    assert not new.make.isVisible()
    secret = new.token.text()
    new.back.click()
    qtbot.waitUntil(lambda: screen.model.rowCount() == 3)
    assert secret not in "".join(screen.model.data(screen.model.index(row, 0)) for row in range(3))
    screen.list.chosen.emit(screen.model.index(2, 0))
    question = window.screen_shown
    assert isinstance(question, ConfirmScreen)
    question.yes.click()
    qtbot.waitUntil(lambda: backend.tokens()[2].revoked_at is not None)


def test_each_setting_on_a_screen_can_be_changed_and_has_words() -> None:
    assert set(SETTINGS) <= set(listed_settings())
    for name in SETTINGS:
        traits = traits_of(name)
        assert traits.group in GROUPS
        assert traits.scope is not SettingScope.MACHINE
        title, sentence = SETTINGS[name]()
        assert title
        assert sentence.endswith(".")


def test_strictness_is_told_in_strangers() -> None:
    assert [one_in(value) for value in STRICTNESS] == [
        "1 in 100",
        "1 in 300",
        "1 in 1 000",
        "1 in 3 000",
        "1 in 10 000",
    ]
    assert value_text("target_fpir", "0.002") == "1 in 500"
