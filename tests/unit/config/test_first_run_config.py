"""What was chosen at first start: kept across restarts, and the last to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import first_run_config
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.config.origins import fixed_settings
from kiosk.config.settings import Settings, load_settings
from kiosk.errors import ConfigurationError, StorageError

CHOSEN = FirstRunAnswers({"language": "ru", "office_name": 'Бюро "Север"', "timezone": "Asia/Tomsk"}, "camera")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    return tmp_path


def test_what_was_chosen_is_there_after_a_restart(data_dir: Path) -> None:
    assert first_run_config.load(data_dir) is None
    first_run_config.save(data_dir, CHOSEN)
    assert first_run_config.load(data_dir) == CHOSEN
    assert (data_dir / first_run_config.FILE_NAME).stat().st_mode & 0o777 == 0o600
    settings = load_settings()
    assert (settings.language, settings.office_name, settings.timezone) == ("ru", 'Бюро "Север"', "Asia/Tomsk")


def test_variables_and_the_file_win_over_it(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_run_config.save(data_dir, CHOSEN)
    file = data_dir / ".env"
    file.write_text("KIOSK_OFFICE_NAME=From the file\n")
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    monkeypatch.setenv("KIOSK_LANGUAGE", "en")
    settings = load_settings()
    assert (settings.language, settings.office_name, settings.timezone) == ("en", "From the file", "Asia/Tomsk")
    assert {name: str(origin) for name, origin in fixed_settings().items()} == {
        "data_dir": "environment: KIOSK_DATA_DIR",
        "language": "environment: KIOSK_LANGUAGE",
        "office_name": f".env: {file}, line 1",
    }


def test_what_the_machine_alone_decides_is_not_taken_from_it(data_dir: Path) -> None:
    chosen = {"api_host": "0.0.0.0", "detector": "none", "target_fpir": "0.4", "camera_exposure_ms": ""}  # noqa: S104
    first_run_config.save(data_dir, FirstRunAnswers(chosen))
    settings = load_settings()
    assert (settings.api_host, settings.detector) == ("127.0.0.1", "blazeface-full-range")
    assert (settings.target_fpir, settings.camera_exposure_ms) == (0.4, None)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"settings": {}}', '{"settings": 1, "step": "", "finished": false}', "\udcff"]
)
def test_from_a_damaged_file_the_defaults_go_on_and_the_log_says_so(
    data_dir: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (data_dir / first_run_config.FILE_NAME).write_bytes(content.encode(errors="surrogateescape"))
    assert load_settings().language == "en"
    assert first_run_config.load(data_dir) is None
    assert {record.message for record in caplog.records} == {"first_run.damaged"}


def test_a_choice_that_does_not_fit_is_named(data_dir: Path) -> None:
    first_run_config.save(data_dir, FirstRunAnswers({"timezone": "Mars/Olympus"}))
    with pytest.raises(ConfigurationError, match="KIOSK_TIMEZONE"):
        load_settings()


def test_what_cannot_be_written_is_told_and_the_earlier_choice_stays(data_dir: Path) -> None:
    with pytest.raises(StorageError, match=r"choices\.json cannot be written"):
        first_run_config.save(data_dir / "missing", CHOSEN)
