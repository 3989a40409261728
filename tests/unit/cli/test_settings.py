"""`kiosk settings` tells the values in use and what decided them, and no password."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.cli import console
from kiosk.config import first_run_config
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.config.settings import Settings


@pytest.fixture
def shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, tuple[str, str]]:
    """Value and origin of each setting on a device on which each kind of source decides something."""
    data_dir = tmp_path / "d"
    data_dir.mkdir()
    first_run_config.save(data_dir, FirstRunAnswers({"language": "ru", "timezone": "Asia/Tomsk"}))
    env_file = tmp_path / ".env"
    env_file.write_text(f"KIOSK_DATA_DIR={data_dir}\nKIOSK_LANGUAGE=en\nKIOSK_COOLDOWN_S=10\n")
    env_file.chmod(0o600)
    monkeypatch.setitem(Settings.model_config, "env_file", env_file)
    monkeypatch.delenv("KIOSK_DATA_DIR")
    monkeypatch.setenv("KIOSK_COOLDOWN_S", "20")
    monkeypatch.setenv("KIOSK_DATABASE_URL", "postgresql://kiosk:geheim@localhost/kiosk")
    monkeypatch.setenv("KIOSK_SOURCE", "rtsp://admin:geheim@camera.local/stream?token=geheim")
    monkeypatch.setattr(console.out, "width", 600)
    monkeypatch.setattr("sys.argv", ["kiosk", "settings"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    output = capsys.readouterr()
    assert "geheim" not in output.out + output.err
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in output.out.splitlines()[1:]]
    return {row[0]: (row[1], row[2]) for row in cells}


@pytest.mark.parametrize(
    ("variable", "value", "origin"),
    [
        ("KIOSK_COOLDOWN_S", "20", "environment"),
        ("KIOSK_LANGUAGE", "en", ".env"),
        ("KIOSK_TIMEZONE", "Asia/Tomsk", "device"),
        ("KIOSK_API_PORT", "8750", "default"),
        ("KIOSK_OFFICE_NAME", "—", "default"),
        ("KIOSK_SNAPSHOTS", "true", "default"),
        ("KIOSK_API_CORS_ORIGINS", "[]", "default"),
        ("KIOSK_DATABASE_URL", "********", "environment"),
        ("KIOSK_SOURCE", "rtsp://camera.local/stream", "environment"),
    ],
)
def test_value_and_origin(shown: dict[str, tuple[str, str]], variable: str, value: str, origin: str) -> None:
    found, place = shown[variable]
    assert (found, place.partition(": ")[0]) == (value, origin)


def test_all_are_there(shown: dict[str, tuple[str, str]]) -> None:
    assert list(shown) == [f"KIOSK_{name.upper()}" for name in Settings.model_fields]
    assert json.dumps(sorted({origin.partition(": ")[0] for _, origin in shown.values()})) == json.dumps(
        [".env", "default", "device", "environment"]
    )
