"""kiosk employees remove-pin: the way back from set-pin."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.app.databases import open_database
from kiosk.config.settings import load_settings
from kiosk.errors import EmployeeNotFound
from kiosk.security.pins import Pins
from support.database_rows import add_person

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)


def run(command: str, person: str, typed: str = "") -> str:
    done = runner.invoke(app, ["employees", command, person], input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_pin_is_taken_away_again() -> None:
    with open_database(load_settings()) as database:
        anna = add_person(database)
        number = Pins(database).set(anna, "580274")
    assert "has no PIN any more" in run("remove-pin", str(anna))
    with open_database(load_settings()) as database:
        assert Pins(database).check(number, "580274").employee_id is None
    assert "had no PIN" in run("remove-pin", str(anna))


def test_nobody_has_none() -> None:
    with pytest.raises(EmployeeNotFound):
        run("remove-pin", "4711")
