"""kiosk employees pull, against a real OpenLDAP: who is added, changed, deactivated, and what is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db import audit_log
from db.session import Database
from kiosk.__main__ import app
from kiosk.core.context import acting_as
from kiosk.employees.directory_pull import DirectoryPull, PullFate, PullStep
from kiosk.employees.ldap_config import EXAMPLE, LdapConfig, read_ldap_config
from kiosk.employees.ldap_directory import DirectoryPerson, fetch_people
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import InvalidInput
from support.ldap_server import BASE, PASSWORD, LdapServer, active_directory, inetorg, ldap_server

GUIDS = [bytes([number]) * 16 for number in range(1, 4)]
ENTRIES = (
    inetorg("anna", "Анна Каренина", mail="Anna@Office.test", employeeNumber="00417", departmentNumber="L", title="Q"),
    *(inetorg(f"p{number:03}", f"Person {number}") for number in range(700)),
    active_directory("BORIS", "Борис Годунов", GUIDS[0], employeeID="2", mail="b@office.test", department="Court"),
    active_directory("VERA", "Vera Pavlovna", GUIDS[1], 514),
)  # fmt: skip
PERSON = DirectoryPerson("anna", "id-1", "417", "Anna Karenina", "anna@office.test", "Legal", "Counsel", True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapServer]:
    with ldap_server(tmp_path_factory.mktemp("ldap"), *ENTRIES) as running:
        yield running


def config(server: LdapServer, **changes: object) -> LdapConfig:
    values = {
        "uri": server.ldaps, "kind": "openldap", "base": BASE, "bind_dn": f"cn=kiosk,{BASE}", "password": PASSWORD,
        "ca_file": server.ca_file,
    }  # fmt: skip
    return LdapConfig.model_validate(values | changes)


@pytest.mark.parametrize("scheme", ["ldaps", "ldap"])
def test_people_come_in_pages_over_an_encrypted_connection(server: LdapServer, scheme: str) -> None:
    """The server gives at most 500 at once; ldap:// goes on with StartTLS."""
    people = list(fetch_people(config(server, uri=getattr(server, scheme), page_size=100)))
    assert len(people) == 701
    anna = next(person for person in people if person.account_name == "anna")
    assert (anna.account_name, anna.personnel_number, anna.full_name) == ("anna", "00417", "Анна Каренина")
    assert (anna.email, anna.department, anna.position, anna.is_active) == ("Anna@Office.test", "L", "Q", True)
    assert re.fullmatch("[0-9a-f-]{36}", anna.identifier)


def test_active_directorys_names_and_disabled_accounts(server: LdapServer) -> None:
    users = fetch_people(config(server, kind="active-directory", filter="(objectClass=user)"))
    people = sorted(users, key=lambda person: person.account_name)
    assert [(person.account_name, person.is_active) for person in people] == [("BORIS", True), ("VERA", False)]
    boris = people[0]
    assert boris.identifier == "01010101-0101-0101-0101-010101010101"
    assert (boris.personnel_number, boris.department, boris.full_name) == ("2", "Court", "Борис Годунов")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "wrong"}, "bind_dn or password is wrong"),
        ({"ca_file": None}, "certificate cannot be trusted"),
        ({"ca_file": "/no/such/ca.pem"}, "ca_file: there is no file /no/such/ca.pem"),
        ({"uri": "ldap", "ca_file": None}, "certificate cannot be trusted"),
        ({"uri": "ldaps://127.0.0.1:1"}, "does not answer"),
        ({"base": "dc=nowhere"}, "does not answer as it should: noSuchObject"),
        ({"filter": "(uid="}, "filter"),
    ],
    ids=[
        "password",
        "unknown authority",
        "no file of an authority",
        "unknown authority by StartTLS",
        "nobody there",
        "base",
        "filter",
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(server: LdapServer, changes: dict[str, object], words: str) -> None:
    if changes.get("uri") == "ldap":
        changes = changes | {"uri": server.ldap}
    with pytest.raises(InvalidInput, match=re.escape(words)) as told:
        list(fetch_people(config(server, **changes)))
    assert PASSWORD not in str(told.value) and "wrong" not in str(told.value).replace("password is wrong", "")


@pytest.mark.filterwarnings("ignore:Exception ignored in.*ssl.SSLSocket")  # which ldap3 forgets
def test_the_name_on_the_certificate_is_looked_at(server: LdapServer) -> None:
    with pytest.raises(InvalidInput, match="certificate"):
        list(fetch_people(config(server, uri=server.ldaps.replace("localhost", "127.0.0.1"))))


@pytest.fixture
def pull(database: Database) -> Callable[..., list[PullStep]]:
    def pulled(*people: DirectoryPerson, **options: bool) -> list[PullStep]:
        directory = DirectoryPull(database)
        steps = directory.plan(people, **{"deactivate_missing": False} | options)
        with acting_as("directory"):
            return list(directory.apply(steps))

    return pulled


Pull = Callable[..., list[PullStep]]


def fates(steps: list[PullStep]) -> list[PullFate]:
    return [step.fate for step in steps]


def test_somebody_is_added_changed_deactivated_and_restored(pull: Pull, database: Database) -> None:
    store = EmployeeStore(database)
    assert fates(pull(PERSON)) == [PullFate.ADD]
    assert fates(pull(PERSON)) == [PullFate.UNCHANGED]
    renamed = replace(PERSON, account_name="vronskaya", full_name="Anna Vronskaya", email="av@office.test")
    assert [(step.fate, step.told) for step in pull(replace(renamed, personnel_number="9"))] == [
        (PullFate.CHANGE, "email, full_name, personnel number")
    ]
    assert fates(pull(replace(renamed, is_active=False))) == [PullFate.DEACTIVATE]
    person = store.get(1)
    assert person is not None and not person.is_active and person.full_name == "Anna Vronskaya"
    assert fates(pull(replace(renamed, is_active=False))) == [PullFate.UNCHANGED]
    assert fates(pull(renamed)) == [PullFate.RESTORE]
    person = store.get(1)
    assert person is not None and person.is_active
    with database.reading() as session:
        rows = audit_log.entries(session, "employee:1")
    assert {row.actor for row in rows} == {"directory"} and "Vronskaya" not in str(rows)


def test_a_number_that_two_share_is_seen_before_anything_is_done(database: Database) -> None:
    second = replace(PERSON, account_name="vera", identifier="id-2", email="vera@office.test")
    third = replace(PERSON, account_name="eva", identifier="id-3", personnel_number="418")
    directory = DirectoryPull(database)
    told = [(step.fate, step.told) for step in directory.plan([PERSON, second, third], deactivate_missing=False)]
    assert told[0][0] is PullFate.ADD
    assert told[1:] == [
        (PullFate.REFUSED, "anna has this personnel number"),
        (PullFate.REFUSED, "anna has this e-mail address"),
    ]
    assert EmployeeStore(database).list() == ()


def test_a_number_that_somebody_gives_up_is_free_for_who_comes_next(pull: Pull) -> None:
    vera = replace(PERSON, account_name="vera", identifier="id-2", email="vera@office.test", personnel_number="418")
    assert fates(pull(PERSON, vera)) == [PullFate.ADD, PullFate.ADD]
    swapped = replace(PERSON, personnel_number="419"), replace(vera, personnel_number="417")
    assert fates(pull(*swapped[::-1])) == [PullFate.REFUSED, PullFate.CHANGE]
    assert fates(pull(*swapped)) == [PullFate.UNCHANGED, PullFate.CHANGE]


def test_whoever_is_there_already_is_taken_over_and_empty_values_stay(pull: Pull, database: Database) -> None:
    store = EmployeeStore(database)
    store.create(EmployeeCreate(full_name="A. K.", external_id="417", department="Court", email="old@office.test"))
    store.create(EmployeeCreate(full_name="B. G.", email="b@office.test", external_id="2"))
    boris = DirectoryPerson("boris", "id-2", None, "B. G.", "B@office.test", None, None, True)
    assert fates(pull(replace(PERSON, department=None, email=None), boris)) == [PullFate.CHANGE, PullFate.UNCHANGED]
    anna, other = store.list()
    assert (anna.full_name, anna.department, anna.email) == ("Anna Karenina", "Court", "old@office.test")
    assert other.external_id == "2"


def test_whoever_was_deactivated_at_the_kiosk_stays_so(pull: Pull, database: Database) -> None:
    pull(PERSON)
    EmployeeStore(database).deactivate(1)
    assert fates(pull(PERSON)) == [PullFate.UNCHANGED]


def test_the_missing_are_listed_and_deactivated_only_when_asked(pull: Pull, database: Database) -> None:
    boris = DirectoryPerson("boris", "id-2", "2", "Boris", None, None, None, True)
    EmployeeStore(database).create(EmployeeCreate(full_name="Never in the directory"))
    pull(PERSON, boris)
    assert fates(pull(PERSON)) == [PullFate.UNCHANGED, PullFate.MISSING]
    assert fates(pull(PERSON, deactivate_missing=True)) == [PullFate.UNCHANGED, PullFate.DEACTIVATE]
    assert [person.full_name for person in EmployeeStore(database).list()] == [
        "Never in the directory",
        "Anna Karenina",
    ]
    assert fates(pull(PERSON, boris)) == [PullFate.UNCHANGED, PullFate.RESTORE]


def test_a_directory_without_anybody_changes_nothing(pull: Pull) -> None:
    pull(PERSON)
    with pytest.raises(InvalidInput, match="nobody was found"):
        pull(deactivate_missing=True)


def test_more_than_a_fifth_at_once_is_refused(pull: Pull, database: Database) -> None:
    people = [replace(PERSON, identifier=f"i{n}", account_name=f"p{n}", personnel_number=f"{n}", email=None)
              for n in range(10)]  # fmt: skip
    pull(*people)
    directory = DirectoryPull(database)
    few = directory.plan(people[2:], deactivate_missing=True)
    directory.require_few(few)
    many = directory.plan([replace(person, is_active=False) for person in people[:3]], deactivate_missing=False)
    with pytest.raises(InvalidInput, match="3 of 10 people would be deactivated"):
        directory.require_few(many)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([replace(PERSON, full_name="a\nb")], "control characters"),
        ([replace(PERSON, email="no address")], "email"),
        ([PERSON, replace(PERSON, identifier="id-2", account_name="twin", email=None)], "personnel number"),
    ],
    ids=["name", "address", "number twice"],
)
def test_who_cannot_be_taken_is_named_and_the_others_are(pull: Pull, people: list[DirectoryPerson], words: str) -> None:
    other = DirectoryPerson("boris", "id-9", None, "Boris", None, None, None, True)
    *_, refused, added = pull(*people, other)
    assert (refused.fate, added.fate) == (PullFate.REFUSED, PullFate.ADD)
    assert words in refused.told


def test_the_command_tells_first_and_does_it_when_asked(
    server: LdapServer, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    file = tmp_path / "ldap.toml"
    lines = {"uri": server.ldaps, "kind": "openldap", "base": BASE, "bind_dn": f"cn=kiosk,{BASE}", "password": PASSWORD,
             "ca_file": server.ca_file, "filter": "(uid=anna)"}  # fmt: skip
    file.write_text("".join(f'{name} = "{value}"\n' for name, value in lines.items()))
    file.chmod(0o600)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["employees", *arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert "1 add" in (told := run("pull", str(file))) and "Nothing was changed" in told
    assert "Nobody was found" in run("list")
    assert "1 add" in run("pull", str(file), "--apply")
    assert "00417" in run("list")
    assert "1 unchanged" in run("pull", str(file), "--apply")
    assert run("pull", "--example") == EXAMPLE


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        (EXAMPLE, 0o644, "others may read"),
        ("uri = ", 0o600, "no TOML"),
        (EXAMPLE.replace("ldaps:", "http:"), 0o600, "ldaps://HOST"),
        (EXAMPLE.replace("active-directory", "novell"), 0o600, "kind"),
        (EXAMPLE + "encrypted = false\n", 0o600, "this machine alone"),
        (EXAMPLE + "tls = true\n", 0o600, "tls"),
    ],
    ids=["mode", "no TOML", "address", "kind", "not encrypted", "unknown"],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str, mode: int, words: str) -> None:
    file = tmp_path / "ldap.toml"
    file.write_text(text)
    file.chmod(mode)
    with pytest.raises(InvalidInput, match=words):
        read_ldap_config(file)


def test_the_example_is_a_file_that_may_be_used(tmp_path: Path) -> None:
    file = tmp_path / "ldap.toml"
    file.write_text(EXAMPLE)
    file.chmod(0o600)
    read = read_ldap_config(file)
    assert read.attributes.personnel_number == "employeeID" and read.filter.startswith("(&(objectCategory")
