"""The file .env: every line is understood as it stands, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.env_file import check_env_file
from kiosk.config.settings import Settings, load_settings
from kiosk.errors import ConfigurationError


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("KIOSK_LANGUAGE=ru\nKIOSK_OFFICE_NAME=Офис\n".encode("cp1251"), "line 2: not UTF-8", id="cp1251"),
        pytest.param("KIOSK_LANGUAGE=ru\n".encode("utf-16"), "line 1: not UTF-8", id="UTF-16"),
        pytest.param("KIOSK_LANGUAGE=ru\n".encode("utf-16-le"), "line 1: not a text", id="UTF-16 without a mark"),
        pytest.param(b"# ours\n\nKIOSK_LANGUAGE ru\n", "line 3: not understood", id="no equals sign"),
        pytest.param(b"KIOSK_LANGUAGE\n", "line 1: not understood", id="no value"),
        pytest.param(b"KIOSK_OFFICE_NAME='open\n", "line 1: not understood", id="an open quote"),
        pytest.param(b"KIOSK_OFFICE_NAME=${USER}\n", r"line 1: \$\{", id="expanded"),
    ],
)
def test_a_line_that_is_not_understood_is_named(env_file: Path, content: bytes, said: str) -> None:
    env_file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=said):
        load_settings()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbfKIOSK_LANGUAGE=ru\n", id="a mark of UTF-8"),
        pytest.param(b"# a comment\r\n\r\nKIOSK_LANGUAGE=ru\r\n", id="lines of Windows"),
        pytest.param(b"export KIOSK_LANGUAGE='ru' # ours\n", id="as for a shell"),
        pytest.param(b'KIOSK_OFFICE_NAME="a $ sign"\nKIOSK_LANGUAGE=ru', id="a sign that expands nothing"),
    ],
)
def test_what_is_understood_is_taken(env_file: Path, content: bytes) -> None:
    env_file.write_bytes(content)
    assert load_settings().language == "ru"


def test_without_the_file_nothing_is_said(tmp_path: Path) -> None:
    check_env_file(tmp_path / "missing")


def test_a_file_that_cannot_be_read_is_told_of(env_file: Path) -> None:
    env_file.symlink_to(env_file)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings()


def test_a_folder_of_that_name_holds_no_settings(env_file: Path) -> None:
    env_file.mkdir()
    assert load_settings().language == Settings.model_fields["language"].default
