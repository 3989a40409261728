"""The settings: what is refused, and with which words."""

from __future__ import annotations

import pytest

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
