"""kiosk db and kiosk employees, as typed."""

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from db import migrations
from db.session import Database, make_engine
from kiosk.__main__ import app
from kiosk.config.settings import load_settings
from kiosk.employees.store import EmployeeStore
from kiosk.errors import ConfigurationError, EmailTaken, EmployeeNotFound, InvalidInput, KioskError
from support.database_rows import add_person, enroll

OpenDatabase = Callable[[str], Database]


def kiosk(*arguments: str, typed: str = "") -> Result:
    """Run a command; what is raised goes through, as it does to kiosk.__main__."""
    return CliRunner().invoke(app, arguments, input=typed, catch_exceptions=False, env={"COLUMNS": "200"})


@pytest.fixture
def in_use(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The commands work on this database."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    return database_url


def test_employee_is_added_changed_and_found(in_use: str, open_database: OpenDatabase) -> None:
    kiosk("employees", "add", "--name", "[red]Анна", "--email", "Anna@office.local", "--department", "IT")
    store = EmployeeStore(open_database(in_use))
    anna = store.resolve("anna@office.local")
    for arguments in (("show", str(anna.id)), ("show", "ANNA@office.local"), ("list",), ("list", "--search", "анн")):
        done = kiosk("employees", *arguments)
        assert done.exit_code == 0
        assert "[red]Анна" in done.stdout
        assert "anna@office.local" in done.stdout
    kiosk("employees", "update", "anna@office.local", "--name", "Anna B", "--department", "")
    changed = store.resolve("anna@office.local")
    assert (changed.id, changed.full_name, changed.department) == (anna.id, "Anna B", None)
    kiosk("employees", "deactivate", str(anna.id))
    assert not store.resolve(str(anna.id)).is_active
    done = kiosk("employees", "list")
    assert (done.stdout, done.stderr) == ("", "Nobody was found.\n")
    assert "Anna B" in kiosk("employees", "list", "--all").stdout
    kiosk("employees", "restore", "anna@office.local")
    assert store.count() == 1


REFUSED: dict[str, tuple[tuple[str, ...], type[KioskError]]] = {
    "an email taken": (("add", "--name", "A", "--email", "anna@office.test"), EmailTaken),
    "a blank name": (("add", "--name", " ", "--email", "b@office.test"), InvalidInput),
    "no email": (("add", "--name", "B", "--email", "b"), InvalidInput),
    "nobody shown": (("show", "b@office.test"), EmployeeNotFound),
    "nobody changed": (("update", "99", "--name", "B"), EmployeeNotFound),
    "nobody deactivated": (("deactivate", "99"), EmployeeNotFound),
    "a blank new name": (("update", "1", "--name", ""), InvalidInput),
}


def test_what_cannot_be_done_is_refused(in_use: str, open_database: OpenDatabase, subtests: pytest.Subtests) -> None:
    kiosk("employees", "add", "--name", "Anna", "--email", "anna@office.test")
    store = EmployeeStore(open_database(in_use))
    before = store.list()
    assert len(before) == 1
    for name, (arguments, kind) in REFUSED.items():
        with subtests.test(name), pytest.raises(kind):
            kiosk("employees", *arguments)
    assert store.list() == before


def test_without_an_address_the_database_makes_itself() -> None:
    assert kiosk("employees", "list").stderr == "Nobody was found.\n"
    with closing(Database(make_engine(load_settings().effective_database_url))) as database:
        migrations.check(database)


def test_address_given_is_never_upgraded_in_passing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, open_database: OpenDatabase
) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", empty_database_url)
    for command in (("employees", "list"), ("db", "check")):
        with pytest.raises(ConfigurationError, match="has no tables yet; run: python -m kiosk db upgrade"):
            kiosk(*command)
    assert f"stands at {migrations.HEAD}." in kiosk("db", "upgrade").stderr
    assert "as it should" in kiosk("db", "check").stderr
    assert kiosk("employees", "list").exit_code == 0


def test_downgrade_asks_first(in_use: str, open_database: OpenDatabase) -> None:
    database = open_database(in_use)
    assert kiosk("db", "downgrade", typed="n\n").exit_code == 1
    assert migrations.current(database) == migrations.HEAD
    kiosk("db", "downgrade", typed="y\n")
    assert migrations.current(database) == migrations.REVISIONS[-2]
    assert "no tables" in kiosk("db", "downgrade", "base", "--yes").stderr
    assert migrations.current(database) is None


def test_copy_shows_what_was_copied(
    sqlite_url: str, empty_postgresql_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    source, target = open_database(sqlite_url), open_database(empty_postgresql_url)
    enroll(source, add_person(source), 1, 2)
    done = kiosk("db", "copy", "--to", empty_postgresql_url)
    assert ["embeddings", "2"] in [line.split() for line in done.stdout.splitlines()]
    assert "name it in KIOSK_DATABASE_URL" in done.stderr
    with target.reading() as session:
        assert session.execute(text("SELECT count(*) FROM embeddings")).scalar_one() == 2
    with pytest.raises(ConfigurationError, match="is not empty"):
        kiosk("db", "copy", "--to", empty_postgresql_url)
