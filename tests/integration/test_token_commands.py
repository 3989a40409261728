"""kiosk token: shown once, kept as a hash, listed, revoked."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.errors import InvalidInput

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)


def kiosk_token(*arguments: str) -> str:
    done = runner.invoke(app, ["token", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_token_is_shown_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    secret = kiosk_token("create", "--scope", "read", "--name", "payroll").strip()
    assert secret.startswith("kiosk_") and len(secret) > 40
    assert secret not in kiosk_token("list")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    assert secret.encode() not in stored and secret.removeprefix("kiosk_").encode() not in stored
    assert b"payroll" in stored


def test_tokens_are_listed_with_their_state_and_revoked() -> None:
    kiosk_token("create", "--scope", "biometric", "--name", "door", "--expires", "2999-12-31")
    assert all(word in kiosk_token("list") for word in ("door", "biometric", "2999-12-31", "valid"))
    kiosk_token("revoke", "door")
    assert "revoked" in kiosk_token("list")
    kiosk_token("create", "--scope", "read", "--name", "door")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "--scope", "read", "--name", "a b"), "name is made of"),
        (("create", "--scope", "read", "--expires", "2020-01-01"), "expired already"),
        (("revoke", "nobody"), "no token named"),
    ],
    ids=["odd name", "past day", "unknown"],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        runner.invoke(app, ["token", *arguments], catch_exceptions=False)


def test_a_name_is_given_once() -> None:
    kiosk_token("create", "--scope", "read", "--name", "door")
    with pytest.raises(InvalidInput, match="already"):
        kiosk_token("create", "--scope", "read", "--name", "door")
