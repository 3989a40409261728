"""A setting's value from text and back, by the checks of the start."""

from __future__ import annotations

import pytest

from kiosk.config import office_copy, setting_values
from kiosk.config.setting_traits import SettingScope, listed_settings, traits_of
from kiosk.config.settings import Settings, load_settings
from kiosk.config.settings_reference import references
from kiosk.errors import InvalidInput

FIELDS = Settings.model_fields


def test_each_listed_setting_exists_and_takes_its_own_default() -> None:
    present = load_settings()
    for name in listed_settings():
        text = setting_values.as_text(getattr(present, name))
        assert setting_values.canonical(FIELDS[name], text) == text, name


def test_what_is_not_listed_is_the_machines() -> None:
    unlisted = {setting.name for setting in references()} - set(listed_settings())
    assert {"data_dir", "database_url", "kiosk_id", "api_host", "api_plain_http"} <= unlisted
    assert {traits_of(name).scope for name in unlisted} == {SettingScope.MACHINE}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("cooldown_s", "300.0", "300"),
        ("camera_mirror", "yes", "true"),
        ("camera_exposure_ms", "", ""),
        ("camera_exposure_ms", "20", "20"),
        ("event_mode", "exit_only", "exit_only"),
        ("timezone", "Asia/Tomsk", "Asia/Tomsk"),
        ("office_name", "", ""),
        ("camera_rotation_deg", "90", "90"),
    ],
)
def test_a_text_is_written_in_one_way(name: str, text: str, value: str) -> None:
    assert setting_values.canonical(FIELDS[name], text) == value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("cooldown_s", "-1", "greater than or equal to 0"),
        ("cooldown_s", "", "valid number"),
        ("camera_rotation_deg", "45", "0, 90, 180 or 270"),
        ("timezone", "Mars/Olympus", "no time zone"),
        ("day_begins", "25:00", "no time of day"),
        ("language", "de", "'en' or 'ru'"),
        ("snapshot_ttl_days", "8", "less than or equal to 7"),
        ("exit_reasons", "a b c", "no reason"),
        ("source", "rtsp://admin:a/b@c/x", "cannot be understood"),
    ],
)
def test_a_value_that_would_stop_the_start_is_refused_with_a_sentence(name: str, text: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        setting_values.canonical(FIELDS[name], text)


def test_kinds_of_input_follow_from_the_fields() -> None:
    assert setting_values.choices_of(FIELDS["sounds"]) == ("true", "false")
    assert setting_values.choices_of(FIELDS["event_mode"]) == ("toggle", "entry_only", "exit_only")
    assert setting_values.choices_of(FIELDS["language"]) == ("en", "ru")
    assert setting_values.choices_of(FIELDS["cooldown_s"]) is None
    assert setting_values.is_number(FIELDS["camera_exposure_ms"])
    assert setting_values.limits_of(FIELDS["camera_exposure_ms"]) == (0.1, 1000)
    assert setting_values.longest_text(FIELDS["office_name"]) == 100


def test_of_the_offices_copy_only_what_fits_is_taken(caplog: pytest.LogCaptureFixture) -> None:
    data_dir = load_settings().data_dir
    data_dir.mkdir(exist_ok=True)
    office_copy.save(data_dir, {"cooldown_s": "60", "language": "xx", "source": "1", "api_host": "::", "no_such": "1"})
    settings = load_settings()
    assert (settings.cooldown_s, settings.language, settings.source, settings.api_host) == (60, "en", "0", "127.0.0.1")
    assert {record.message for record in caplog.records} == {"settings.office_value_ignored"}

    (data_dir / office_copy.FILE_NAME).write_text("damaged")
    assert load_settings().cooldown_s == 300
    assert "settings.copy_ignored" in {record.message for record in caplog.records}
