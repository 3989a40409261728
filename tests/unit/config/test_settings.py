"""The settings: what is refused, and with which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from kiosk.__main__ import main
from kiosk.config.settings import load_settings
from kiosk.errors import ConfigurationError


@pytest.mark.parametrize("kiosk_id", ["demo", "Demo", " demo ", "demo-data", "DEMO-DATA\t"])
def test_a_device_may_not_be_called_like_the_demo(
    kiosk_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIOSK_KIOSK_ID", kiosk_id)
    monkeypatch.setattr("sys.argv", ["kiosk", "present"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        f"kiosk: KIOSK_KIOSK_ID: {kiosk_id!r} marks made-up rows, which are deleted; choose another, such as entrance-1"
    ]


@pytest.mark.parametrize("kiosk_id", ["demo-1", "the demo", "demonstration"])
def test_a_device_may_be_called_something_like_it(kiosk_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_KIOSK_ID", kiosk_id)
    assert load_settings().kiosk_id == kiosk_id


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("KIOSK_TIMEZONE", "Mars/Olympus", "no time zone"),
        ("KIOSK_PURGE_AT", "25:00", "no time of day"),
        ("KIOSK_CAMERA_ROTATION_DEG", "45", "must be 0, 90, 180 or 270"),
        ("KIOSK_KIOSK_ID", "", "at least 1 character"),
        ("KIOSK_COOLDWN_S", "1", r"is not a setting; did you mean KIOSK_COOLDOWN_S\?"),
    ],
    ids=lambda value: value,
)
def test_what_does_not_fit_is_named(variable: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=f"^{variable}.*{sentence}"):
        load_settings()


@pytest.mark.parametrize("zone", ["CET-1CEST,M3.5.0,M10.5.0/3", "MSK-3", "Mars/Olympus"])
def test_a_time_zone_of_the_system_without_a_name_is_not_silently_utc(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KIOSK_TIMEZONE", raising=False)
    monkeypatch.setenv("TZ", zone)
    with pytest.raises(ConfigurationError, match="set KIOSK_TIMEZONE"):
        load_settings()
    monkeypatch.setenv("KIOSK_TIMEZONE", "Europe/Berlin")
    assert load_settings().timezone == "Europe/Berlin"


def test_the_database_lies_in_the_data_directory_whatever_that_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "what?now#100%"))
    url = make_url(load_settings().effective_database_url)
    assert url.database == str(tmp_path / "what?now#100%" / "kiosk.db")
