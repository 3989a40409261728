"""kiosk keys: from the first recovery key to a backup that is restored on another device."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.__main__ import app
from kiosk.errors import ConfigurationError, InvalidInput
from kiosk.security.recovery_key import WordLanguage, key_of_words, words_of

runner = CliRunner()


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KIOSK_DATABASE_URL", raising=False)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def kiosk(*arguments: str, typed: str | None = None) -> Result:
    done = runner.invoke(app, list(arguments), input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def new_words(language: str = "en") -> str:
    printed = kiosk("keys", "recovery", "--yes", "--language", language).stdout
    numbered = [part for line in printed.splitlines() for part in zip(*[iter(line.split())] * 2, strict=True)]
    return " ".join(word for _, word in sorted(numbered, key=lambda pair: int(pair[0])))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_from_the_words_to_another_device(
    device: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: WordLanguage
) -> None:
    assert "not sealed" in kiosk("backup").output
    assert "not sealed" in kiosk("keys", "status").stdout
    words = new_words(language)
    assert words_of(key_of_words(words), language) == tuple(words.split())
    path = Path(kiosk("backup").stdout.strip())
    assert "1 sealed, 1 not sealed" in kiosk("keys", "status").stdout
    assert "whole and sealed" in kiosk("backup", "--verify", str(path)).output
    assert "damaged" not in kiosk("backup", "--list").output

    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "other"))
    with pytest.raises(ConfigurationError, match=r"kiosk keys recover .*\.kiosk-backup"):
        kiosk("restore", "--yes", str(path))
    assert str(path) in kiosk("keys", "recover", str(path), typed=f"{words}\n").output
    assert "Restored" in kiosk("restore", "--yes", str(path)).output


@pytest.mark.usefixtures("device")
def test_some_words_are_asked_for_before_anything_is_sealed() -> None:
    done = runner.invoke(app, ["keys", "recovery"], input="wrong\n" * 5)
    assert done.exit_code != 0
    assert "That is not word" in done.output
    assert "not sealed" in kiosk("keys", "status").stdout


@pytest.mark.usefixtures("device")
def test_a_second_key_is_asked_for() -> None:
    new_words()
    before = kiosk("keys", "status").stdout
    assert runner.invoke(app, ["keys", "recovery"], input="n\n").exit_code != 0
    assert kiosk("keys", "status").stdout == before
    kiosk("keys", "rotate")
    assert "older backups: 1" in kiosk("keys", "status").stdout


@pytest.mark.usefixtures("device")
def test_what_cannot_be_is_said() -> None:
    with pytest.raises(ConfigurationError, match="no keys yet"):
        kiosk("keys", "rotate")
    with pytest.raises(InvalidInput, match="en and ru"):
        kiosk("keys", "recovery", "--language", "de")
    path = kiosk("backup").stdout.strip()
    with pytest.raises(InvalidInput, match="not sealed"):
        kiosk("keys", "recover", path, typed="x")
