"""kiosk gallery judge: two employees who look alike are two people, or one; on both databases."""

from __future__ import annotations

import numpy as np
import pytest

from db import audit_log
from db.judged_pairs import pairs_told_apart
from db.session import Database
from db.templates import add_templates
from kiosk.domain.decision import Decider
from kiosk.domain.door_tail import compare_with_others
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.gallery_finding import FindingKind
from kiosk.domain.types import Embedding, Template
from kiosk.employees.store import EmployeeStore
from kiosk.errors import EmployeeNotFound, InvalidInput
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.recognition.gallery_check import check_gallery
from support.api_client import Api, problem
from support.database_rows import add_person

MODEL = "model@1"
DECIDER = Decider(ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5)), target_fpir=0.001)
AXES = np.eye(8, dtype=np.float32)
NEARLY_FIRST = (0.9 * AXES[0] + np.sqrt(1 - 0.9**2) * AXES[1]).astype(np.float32)


@pytest.fixture
def alike(database: Database) -> tuple[int, int]:
    """Two employees with nearly one face."""
    people = add_person(database, "Anna"), add_person(database, "Anna again")
    with database.transaction() as session:
        for person, vector in zip(people, (AXES[0], NEARLY_FIRST), strict=True):
            add_templates(session, person, [Embedding(vector, MODEL)], [0.9])
    return people


def kinds(database: Database) -> list[FindingKind]:
    return [finding.kind for finding in check_gallery(database, DECIDER, MODEL)]


def apart(database: Database) -> frozenset[tuple[int, int]]:
    with database.reading() as session:
        return pairs_told_apart(session)


def test_two_people_are_look_alikes_from_then_on(database: Database, alike: tuple[int, int]) -> None:
    assert kinds(database) == [FindingKind.SAME_PERSON]
    EmployeeStore(database).judge_pair(alike[1], alike[0])
    assert apart(database) == {alike}
    assert kinds(database) == [FindingKind.LOOK_ALIKES]


def test_of_one_person_one_number_stays(database: Database, alike: tuple[int, int]) -> None:
    store = EmployeeStore(database)
    store.judge_pair(*alike)
    store.judge_pair(*alike, keep=alike[1])
    assert apart(database) == frozenset()
    assert not store.get(alike[0]).is_active
    assert store.get(alike[1]).is_active
    assert kinds(database) == []


def test_a_judgement_ends_when_either_face_is_erased(database: Database, alike: tuple[int, int]) -> None:
    EmployeeStore(database).judge_pair(*alike)
    with database.transaction() as session:
        audit_log.append(session, "test", "erase", f"employee:{alike[1]}")
    assert apart(database) == frozenset()


@pytest.mark.parametrize(
    ("pair", "keep", "error"),
    [
        pytest.param((0, 0), None, InvalidInput, id="one number twice"),
        pytest.param((0, 1), 999, InvalidInput, id="a third number kept"),
        pytest.param((0, None), None, EmployeeNotFound, id="nobody"),
    ],
)
def test_what_is_no_pair_is_refused(
    database: Database, alike: tuple[int, int], pair: tuple[int, int | None], keep: int | None, error: type[Exception]
) -> None:
    numbers = tuple(999 if place is None else alike[place] for place in pair)
    with pytest.raises(error):
        EmployeeStore(database).judge_pair(*numbers, keep=keep)
    assert apart(database) == frozenset()


def test_those_told_apart_are_compared_at_the_door() -> None:
    gallery = Gallery(MODEL, [Template(1, AXES[0], 1), Template(2, NEARLY_FIRST, 2), Template(3, AXES[4], 3)])
    probe = Embedding(AXES[0], MODEL)
    unjudged = compare_with_others(probe, 1, gallery, None, 0.5)
    judged = compare_with_others(probe, 1, gallery, None, 0.5, told_apart={2})
    assert (unjudged.suspected, len(unjudged.similarities)) == (1, 1)
    assert (judged.suspected, len(judged.similarities)) == (0, 2)


def test_other_systems_judge_and_read_what_was_found(api: Api, database: Database) -> None:
    people = [api.create(email=f"{name}@office.test")["id"] for name in ("anna", "again")]
    version = api.client.get("/api/v1/info", headers=api.read).json()["model_version"]
    vector = np.eye(128, dtype=np.float32)[0]
    with database.transaction() as session:
        for person in people:
            add_templates(session, person, [Embedding(vector, version)], [0.9])
    asked = {"first": people[0], "second": people[1]}

    def found() -> list[tuple[str, int, int]]:
        answer = api.client.get("/api/v1/gallery/findings", headers=api.read).json()
        return [(one["kind"], one["employee_id"], one["other_id"]) for one in answer]

    assert found() == [("same_person", *people)]
    refused = api.client.post("/api/v1/gallery/judgements", json=asked, headers=api.read)
    assert refused.status_code == 403
    assert api.client.post("/api/v1/gallery/judgements", json=asked, headers=api.write).status_code == 204
    assert found() == [("look_alikes", *people)]
    one = asked | {"keep": people[1]}
    assert api.client.post("/api/v1/gallery/judgements", json=one, headers=api.write).status_code == 204
    assert found() == []
    nobody = api.client.post("/api/v1/gallery/judgements", json=asked | {"second": 999}, headers=api.write)
    problem(nobody, 404, "employee_not_found")


def test_other_systems_read_how_far_a_change_of_the_embedder_is(api: Api, database: Database) -> None:
    assert api.client.get("/api/v1/gallery/switch", headers=api.read).json() is None
    person = api.create()["id"]
    version = api.client.get("/api/v1/info", headers=api.read).json()["model_version"]
    with database.transaction() as session:
        add_templates(session, person, [Embedding(np.eye(128, dtype=np.float32)[0], version)], [0.9])
    EmbedderSwitches(database).start(("sface", version), ("new", "new@1"))
    answer = api.client.get("/api/v1/gallery/switch", headers=api.read).json()
    assert (answer["state"], answer["people"], answer["changed"]) == ("gathering", 1, 0)
    assert [one["employee_id"] for one in answer["left"]] == [person]
