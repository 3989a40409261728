"""kiosk admin: a way out of a forgotten password."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.app.databases import open_database
from kiosk.config.settings import load_settings
from kiosk.errors import InvalidInput
from kiosk.security.admin_password import AdminPassword

runner = CliRunner()
NEW = "ключ от двери"


@pytest.fixture(autouse=True)
def own_database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)


def set_password(typed: str | bytes, *options: str) -> str:
    done = runner.invoke(app, ["admin", "set-password", *options], input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def opens(password: str) -> bool:
    with open_database(load_settings()) as database:
        return AdminPassword(database).check(password).accepted


@pytest.mark.parametrize(
    ("typed", "options"),
    [(f"{NEW}\n{NEW}\n", ()), (f"{NEW}\n", ("--stdin",)), (NEW, ("--stdin",)), (f"{NEW}\r\n", ("--stdin",))],
    ids=["asked twice", "a line", "without its end", "from Windows"],
)
def test_a_new_password_takes_the_place_of_the_old_one(typed: str, options: tuple[str, ...]) -> None:
    set_password("first-password\n", "--stdin")
    assert opens("first-password")
    assert NEW not in set_password(typed, *options)
    assert opens(NEW) and not opens("first-password")


def test_the_first_one_is_set_once() -> None:
    set_password("first-password\n", "--stdin", "--first")
    assert "already" in set_password(f"{NEW}\n", "--stdin", "--first")
    assert opens("first-password")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("short\n", "8 to 128"),
        ("", "8 to 128"),
        (b"\xff\xfe-password\n", "not UTF-8"),
        ("Password1\n", "anybody would try"),
    ],
    ids=["too short", "nothing", "no text", "among the commonest"],
)
def test_what_is_no_password_is_refused_and_the_old_one_stays(typed: str | bytes, words: str) -> None:
    set_password("first-password\n", "--stdin")
    with pytest.raises(InvalidInput, match=words):
        set_password(typed, "--stdin")
    assert opens("first-password")
