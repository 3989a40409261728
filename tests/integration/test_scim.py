"""People over SCIM: what Entra ID and Okta send, and what is refused."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from db import audit_log
from db.session import Database
from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from support.scim_directory import ANNA, ENTERPRISE, Directory, refused


def test_a_person_is_what_the_directory_says(directory: Directory, database: Database) -> None:
    created = directory.create()
    assert {name: created[name] for name in ANNA} == ANNA
    assert directory.get() == created
    person = EmployeeStore(database).get(1)
    assert person is not None
    assert (person.full_name, person.email, person.external_id) == ("Анна Каренина", "anna@office.test", "00417")
    assert (person.department, person.position, person.is_active) == ("Legal", "Counsel", True)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"displayName": "Anna K."}, "Anna K."),
        ({"displayName": None, "name": {"formatted": "Каренина А. А."}}, "Каренина А. А."),
        ({"displayName": None}, "Анна Каренина"),
        ({"displayName": None, "name": None}, "Anna@Office.test"),
    ],
    ids=["display name", "formatted", "given and family", "user name alone"],
)
def test_the_name_at_the_door_is_the_fullest_one(
    directory: Directory, database: Database, sent: dict[str, Any], name: str
) -> None:
    directory.create(**sent)
    person = EmployeeStore(database).get(1)
    assert person is not None and person.full_name == name


def test_the_personnel_number_may_stand_beside_the_directorys_own(directory: Directory, database: Database) -> None:
    directory.create(externalId="00u1abc", **{ENTERPRISE: {"employeeNumber": "417"}})
    person = EmployeeStore(database).get(1)
    assert person is not None and person.external_id == "417"
    user = directory.get()
    assert (user["externalId"], user[ENTERPRISE]["employeeNumber"]) == ("00u1abc", "417")
    assert directory.found('externalId eq "00u1abc"') == [ANNA["userName"]]


def test_what_somebody_is_called_at_the_door_is_their_nickname(directory: Directory, database: Database) -> None:
    user = directory.create(nickName="Аня")
    store = EmployeeStore(database)

    def called() -> str | None:
        (person,) = store.list()
        return person.called

    assert (user["nickName"], called()) == ("Аня", "Аня")
    whole = {name: value for name, value in user.items() if name not in {"nickName", "meta"}}
    directory.send("PUT", f"/{user['id']}", json=whole)
    assert called() == "Аня", "a directory that keeps no nicknames takes none away"
    directory.patch({"op": "remove", "path": "nickName"}, status=204)
    assert called() is None


@pytest.mark.parametrize(
    ("operations", "attribute", "value"),
    [
        ([{"op": "Replace", "path": "active", "value": "False"}], "active", False),
        ([{"op": "replace", "value": {"active": False}}], "active", False),
        ([{"op": "Add", "path": "displayName", "value": "Anna Vronskaya"}], "displayName", "Anna Vronskaya"),
        ([{"op": "Replace", "path": "name.familyName", "value": "Vronskaya"}], "name",
         {"givenName": "Анна", "familyName": "Vronskaya"}),
        ([{"op": "Replace", "path": 'emails[type eq "work"].value', "value": "a@office.test"}], "emails",
         [{"value": "a@office.test", "type": "work", "primary": True}]),
        ([{"op": "replace", "value": {"emails": [{"value": "b@office.test", "type": "work"}]}}], "emails",
         [{"value": "b@office.test", "type": "work"}]),
        ([{"op": "Replace", "path": f"{ENTERPRISE}:department", "value": "X"}], ENTERPRISE, {"department": "X"}),
        ([{"op": "add", "value": {f"{ENTERPRISE}:department": "Court"}}], ENTERPRISE, {"department": "Court"}),
        ([{"op": "Remove", "path": "title"}], "title", None),
        ([{"op": "Add", "path": "nickName", "value": "Аня"}], "nickName", "Аня"),
        ([{"op": "replace", "path": "externalId", "value": "99"}], "externalId", "99"),
        ([{"op": "Add", "path": 'phoneNumbers[type eq "work"].value', "value": "1"}], "title", "Counsel"),
        ([{"op": "replace", "value": {"displayName": "A", "title": "B", "nickName": "C"}}], "title", "B"),
    ],
    ids=["Entra deactivates", "Okta deactivates", "Entra's Add", "part of the name", "Entra's address",
         "Okta's address", "department", "Entra's pathless department", "removed", "nickname", "number", "not kept",
         "several at once"],
)  # fmt: skip
def test_a_patch_does_what_the_directory_means(
    directory: Directory, operations: list[dict[str, Any]], attribute: str, value: object
) -> None:
    directory.create()
    directory.patch(*operations, status=204)
    assert directory.get().get(attribute) == value


def test_an_address_is_added_to_somebody_without_one(scim_people: Directory) -> None:
    operation = {"op": "Add", "path": 'emails[type eq "work"].value', "value": "vera@office.test"}
    scim_people.patch(operation, user_id="3", status=204)
    assert scim_people.get("3")["emails"] == [{"value": "vera@office.test", "type": "work"}]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ('userName eq "ANNA@office.test"', ["Anna@Office.test"]),
        ('externalId eq "00417"', ["Anna@Office.test"]),
        ('externalId eq "417"', []),
        ('id eq "3"', ["vera"]),
        ('emails eq "b@office.test"', ["boris"]),
        ('emails.value eq "B@office.test"', ["boris"]),
        ('emails[value co "office"]', ["Anna@Office.test", "boris"]),
        ('userName sw "v"', ["vera"]),
        ("active eq true", ["Anna@Office.test", "vera"]),
        ("not (active eq true)", ["boris"]),
        ('displayName co "год"', ["boris"]),
        ('name.familyName pr and title eq "counsel"', ["Anna@Office.test", "boris", "vera"]),
        ('meta.lastModified gt "2020-01-01T00:00:00Z"', ["Anna@Office.test", "boris", "vera"]),
        ('meta.lastModified lt "2020-01-01T00:00:00Z"', []),
        ('active eq false or userName eq "vera"', ["boris", "vera"]),
        (f'{ENTERPRISE}:department eq "legal"', ["Anna@Office.test", "boris", "vera"]),
        ('userName eq "nobody"', []),
    ],
)
def test_filters(scim_people: Directory, asked: str, names: list[str]) -> None:
    assert scim_people.found(asked) == names


def test_pages_and_order(scim_people: Directory) -> None:
    page = scim_people.send("GET", "", params={"startIndex": 2, "count": 1}).body
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (3, 2, 1)
    assert [user["userName"] for user in page["Resources"]] == ["boris"]
    assert scim_people.send("GET", "", params={"count": 0}).body["totalResults"] == 3
    assert scim_people.found("userName pr", sortBy="userName", sortOrder="descending", count=2) == ["vera", "boris"]


def test_somebody_whom_no_directory_has_named_is_found_and_taken_over(directory: Directory, database: Database) -> None:
    """The office enrolled them before: the directory finds them by address, personnel number or employee-ID."""
    store = EmployeeStore(database)
    store.create(EmployeeCreate(full_name="A", email="anna@office.test"))
    store.create(EmployeeCreate(full_name="B", external_id="77"))
    store.create(EmployeeCreate(full_name="C"))
    listed = directory.send("GET").body["Resources"]
    assert [user["userName"] for user in listed] == ["anna@office.test", "77", "employee-3"]
    assert directory.found('userName eq "Anna@Office.Test"') == ["anna@office.test"]
    refused(directory.send("POST", "", 409, json=ANNA), "uniqueness", "another person")
    directory.send("PUT", "/1", json=ANNA)
    assert directory.get()["userName"] == ANNA["userName"]


def test_what_the_kiosk_was_told_since_wins(directory: Directory, database: Database) -> None:
    directory.create()
    changes = {"full_name": "Anna Vronskaya", "email": "new@office.test", "external_id": "5"}
    EmployeeStore(database).update(1, EmployeeUpdate(**changes))
    user = directory.get()
    assert (user["displayName"], user["externalId"]) == ("Anna Vronskaya", "5")
    assert user["name"] == {"formatted": "Anna Vronskaya"}
    assert user["emails"][0]["value"] == "new@office.test"


def test_whoever_was_deleted_is_deactivated_hidden_and_may_come_back(directory: Directory, database: Database) -> None:
    directory.create()
    directory.send("DELETE", "/1", 204)
    person = EmployeeStore(database).get(1)
    assert person is not None and not person.is_active
    directory.send("GET", "/1", 404)
    directory.send("DELETE", "/1", 404)
    assert directory.found("userName pr") == []
    back = directory.create(userName="anna.k", displayName="Anna K")
    assert (back["id"], back["active"], back["userName"]) == ("1", True, "anna.k")


def test_only_whoever_knows_the_latest_version_changes_it(directory: Directory) -> None:
    created = directory.create()
    version = created["meta"]["version"]
    answer = directory.send("GET", "/1")
    assert answer.headers["ETag"] == version
    directory.send("GET", "/1", 304, headers={"If-None-Match": version})
    operation = {"op": "replace", "path": "title", "value": "B"}
    directory.patch(operation, status=204, headers={"If-Match": version})
    refused(directory.patch(operation, status=412, headers={"If-Match": version}), None, "")
    directory.send("DELETE", "/1", 412, headers={"If-Match": version})
    directory.patch(operation, status=204)
    assert directory.get()["meta"]["version"] != version


def test_the_same_again_changes_nothing(directory: Directory, database: Database) -> None:
    created = directory.create()
    directory.send("PUT", "/1", json=ANNA)
    directory.patch({"op": "replace", "value": ANNA}, status=204)
    assert directory.get() == created
    with database.reading() as session:
        rows = audit_log.entries(session, "employee:1")
    assert [row.action for row in rows] == ["create"]


def test_the_audit_log_says_who_did_what_without_a_name(directory: Directory, database: Database) -> None:
    directory.create()
    directory.patch({"op": "replace", "value": {"displayName": "Anna Vronskaya", "active": False}}, status=204)
    with database.reading() as session:
        rows = audit_log.entries(session, "employee:1")
    assert [(row.actor, row.action) for row in rows] == [
        ("token:scim", "create"), ("token:scim", "edit"), ("token:scim", "deactivate"),
    ]  # fmt: skip
    assert "Vronskaya" not in str(rows)


def test_two_directories_at_once_lose_no_change(directory: Directory) -> None:
    directory.create()
    changes = [
        [{"op": "replace", "path": "title", "value": f"T{i}"} for i in range(8)],
        [{"op": "replace", "path": f"{ENTERPRISE}:department", "value": f"D{i}"} for i in range(8)],
    ]
    failures: list[BaseException] = []

    def send(operations: list[dict[str, Any]]) -> None:
        try:
            for operation in operations:
                directory.patch(operation, status=204)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=(operations,)) for operations in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    user = directory.get()
    assert (user["title"], user[ENTERPRISE]["department"]) == ("T7", "D7")
