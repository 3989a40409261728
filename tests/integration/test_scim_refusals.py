"""What is refused over SCIM, and what the refusals say."""

from __future__ import annotations

from typing import Any

import pytest

from db.session import Database
from kiosk.employees.store import EmployeeStore
from support.scim_directory import ANNA, CORE, Directory, refused


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"userName": "ANNA@office.test"}, "userName"),
        ({"externalId": "00417"}, "personnel number"),
        ({"emails": [{"value": "Anna@office.test"}]}, "e-mail address"),
    ],
    ids=["name", "number", "address"],
)
def test_what_is_somebody_elses_is_refused(scim_people: Directory, changes: dict[str, Any], words: str) -> None:
    new = {"schemas": [CORE], "userName": "new"}
    refused(scim_people.send("POST", "", 409, json=new | changes), "uniqueness", words)
    vera = scim_people.get("3") | changes
    refused(scim_people.send("PUT", "/3", 409, json=vera), "uniqueness", words)
    assert scim_people.get("3")["userName"] == "vera"


@pytest.mark.parametrize(
    ("sent", "scim_type", "words"),
    [
        ({"userName": " "}, "invalidValue", "userName"),
        ({"userName": None}, "invalidValue", ""),
        ({"displayName": "a\nb"}, "invalidValue", "control characters"),
        ({"emails": [{"value": "no address"}]}, "invalidValue", "email"),
        ({"externalId": "x" * 65}, "invalidValue", "at most 64"),
        ({"active": "perhaps"}, "invalidValue", ""),
        ({"photos": [{"value": "https://office.test/anna.jpg"}]}, "invalidValue", "consent"),
    ],
    ids=["blank name", "no name", "line break", "address", "long number", "activity", "photograph"],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(
    directory: Directory, database: Database, sent: dict[str, Any], scim_type: str, words: str
) -> None:
    refused(directory.send("POST", "", 400, json=ANNA | sent), scim_type, words)
    assert EmployeeStore(database).list() == ()


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Add", "path": "photos", "value": [{"value": "https://office.test/a.jpg"}]},
        {"op": "add", "path": 'photos[type eq "photo"].value', "value": "https://office.test/a.jpg"},
        {"op": "replace", "value": {"Photos": [{"value": "https://office.test/a.jpg"}], "title": "B"}},
    ],
    ids=["path", "filter", "no path"],
)
def test_no_photograph_comes_in_by_a_patch(directory: Directory, operation: dict[str, Any]) -> None:
    directory.create()
    refused(directory.patch(operation, status=400), "invalidValue", "consent")
    assert directory.get()["title"] == "Counsel"


@pytest.mark.parametrize(
    ("body", "status", "scim_type"),
    [
        (b"{", 400, "invalidSyntax"),
        (b"[]", 400, "invalidSyntax"),
        (b'{"schemas": ["urn:wrong"], "userName": "a"}', 400, "invalidSyntax"),
    ],
    ids=["half", "array", "schema"],
)
def test_what_is_no_user_is_refused(directory: Directory, body: bytes, status: int, scim_type: str | None) -> None:
    refused(directory.send("POST", "", status, content=body), scim_type, "")


def test_filters_that_make_no_sense_are_refused(directory: Directory) -> None:
    refused(directory.send("GET", "", 400, params={"filter": "userName equals x"}), "invalidFilter", "")
