"""Requests with an Idempotency-Key: what was done is done once, and answered as the first time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from db import stored_answers
from db.session import Database, database_now
from db.tables import StoredAnswerRow
from kiosk.domain.credentials import TokenScope
from kiosk.employees.registry import get_employee_service
from kiosk.security.access_tokens import AccessTokens
from support.api_client import CONSENT, PERSON, Api, content, problem

EMPLOYEES, LOG = "/api/v1/employees", "/api/v1/attendance/log"
KEY = {"Idempotency-Key": "3fa85f64-5717"}


def enroll(api: Api, file: str = "obama.jpg", headers: dict[str, str] | None = None, **fields: str) -> Any:
    form = {"full_name": "Anna", "email": "anna@office.test", **CONSENT, **fields}
    photos = [("photos", ("a.jpg", content(file)))]
    return api.client.post(f"{EMPLOYEES}/enroll", data=form, files=photos, headers=headers or api.write | KEY)


def create(api: Api, headers: dict[str, str] | None = None, **fields: str) -> Any:
    return api.client.post(f"{EMPLOYEES}/", json=PERSON | fields, headers=headers or api.write | KEY)


def log_entry(api: Api, headers: dict[str, str] | None = None, **fields: str) -> Any:
    known = api.client.get(f"{EMPLOYEES}/", headers=api.read).json()
    employee_id = known[0]["id"] if known else api.create()["id"]
    event = {"employee_id": employee_id, "event_type": "entry", **fields}
    return api.client.post(LOG, json=event, headers=headers or api.write | KEY)


@pytest.fixture(params=[enroll, create, log_entry])
def ask(request: pytest.FixtureRequest) -> Callable[..., Any]:
    found: Callable[..., Any] = request.param
    return found


def test_the_first_answer_is_given_again(api: Api, database: Database, ask: Callable[..., Any]) -> None:
    first, again = ask(api), ask(api)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert first.json() == again.json()
    assert first.headers.get("Location") == again.headers.get("Location")
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert len(api.client.get(f"{EMPLOYEES}/", headers=api.read).json()) == 1
    with database.reading() as session:
        (row,) = session.scalars(select(StoredAnswerRow)).all()
    assert row.key_digest != KEY["Idempotency-Key"]


def test_the_same_key_with_another_request_is_refused(api: Api) -> None:
    assert enroll(api).status_code == 201
    problem(enroll(api, department="Sales"), 422, "idempotency_key_reused")
    problem(enroll(api, "obama2.jpg"), 422, "idempotency_key_reused")
    problem(create(api), 422, "idempotency_key_reused")


def test_a_key_is_its_tokens_own(api: Api, database: Database) -> None:
    _, other = AccessTokens(database).create("other", TokenScope.WRITE)
    assert create(api).status_code == 201
    problem(create(api, {"Authorization": f"Bearer {other}"} | KEY), 409, "email_taken")


def test_what_changed_nothing_may_be_tried_again(api: Api) -> None:
    problem(enroll(api, consent_version="0.0"), 422, "invalid_input")
    assert enroll(api).status_code == 201


def test_without_a_key_nothing_is_kept(api: Api, database: Database) -> None:
    assert create(api, api.write).status_code == 201
    problem(create(api, api.write), 409, "email_taken")
    with database.reading() as session:
        assert session.scalar(select(func.count(StoredAnswerRow.id))) == 0


def test_of_equal_requests_at_once_one_works(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    service = get_employee_service()
    worked, create_employee = [], service.create_employee

    async def slowly(data: Any) -> Any:
        worked.append(data)
        await asyncio.sleep(0.3)
        return await create_employee(data)

    monkeypatch.setattr(service, "create_employee", slowly)

    async def ask_at_once() -> list[Any]:
        return await asyncio.gather(*(asyncio.to_thread(create, api) for _ in range(5)))

    answers = asyncio.run(ask_at_once())
    assert len(worked) == 1
    assert sorted({answer.status_code for answer in answers}) == [201, 409]
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, 409, "request_in_progress")
            assert int(answer.headers["Retry-After"]) > 0
    assert create(api).headers["Idempotency-Replayed"] == "true"


def make_older(database: Database, age: timedelta) -> None:
    with database.transaction() as session:
        session.execute(update(StoredAnswerRow).values(claimed_at=database_now(session) - age))


def test_a_key_is_free_again_after_a_day(api: Api, database: Database) -> None:
    assert create(api).status_code == 201
    make_older(database, timedelta(hours=23))
    assert create(api).headers["Idempotency-Replayed"] == "true"
    make_older(database, timedelta(hours=25))
    assert create(api, email="other@office.test").status_code == 201


def test_answers_older_than_a_day_are_purged(api: Api, database: Database) -> None:
    create(api)
    with database.transaction() as session:
        assert stored_answers.purge_answers(session) == 0
    make_older(database, timedelta(hours=25))
    with database.transaction() as session:
        assert stored_answers.purge_answers(session) == 1


def test_the_key_of_a_crashed_process_is_free_after_a_while(api: Api, database: Database) -> None:
    with database.transaction() as session:
        token_id = AccessTokens(database).list()[0].id
        first = stored_answers.claim(session, token_id, "key", "request")
        assert first.earlier is None
    with database.transaction() as session:
        assert stored_answers.claim(session, token_id, "key", "request").earlier is not None
    make_older(database, 2 * stored_answers.LONGEST_WORK)
    with database.transaction() as session:
        assert stored_answers.claim(session, token_id, "key", "request").earlier is None


def test_an_erased_persons_answers_are_erased_and_nobody_is_enrolled_again(api: Api, database: Database) -> None:
    first = enroll(api).json()["employee"]["id"]
    second = {"Idempotency-Key": "another"} | api.write
    assert enroll(api, "biden.jpg", second, email="boris@office.test").status_code == 201
    api.client.post(f"{EMPLOYEES}/{first}/erase", headers=api.write)
    with database.reading() as session:
        left = session.scalars(select(StoredAnswerRow.answer).where(StoredAnswerRow.answer.is_not(None))).all()
    assert ["anna@office.test" in str(answer) for answer in left] == [False]
    problem(enroll(api), 409, "answer_erased")
    assert api.client.get(f"{EMPLOYEES}/embeddings", headers=api.biometric).headers["X-Total-Count"] == "1"


def test_an_answer_that_names_an_erased_person_as_a_look_alike_is_erased(api: Api, database: Database) -> None:
    person = api.create()["id"]
    with database.transaction() as session:
        token_id = AccessTokens(database).list()[0].id
        for key, named in (("a", person), ("b", 10 * person + 1)):
            claim = stored_answers.claim(session, token_id, key, "request")
            answer = f'{{"look_alikes":[{{"employee_id":{named},"similarity":0.4}}]}}'
            stored_answers.store_answer(session, claim.id, answer, None, api_person(session, key))
        assert stored_answers.erase_answers(session, person) == 1


def api_person(session: Any, name: str) -> int:
    from db.models import EmployeeRow

    row = EmployeeRow(full_name=name, email=f"{name}@office.test")
    session.add(row)
    session.flush()
    return row.id


@pytest.mark.parametrize("key", ["", "x" * 256], ids=["empty", "too long"])
def test_a_key_that_is_none_is_refused(api_on_sqlite: Api, key: str) -> None:
    problem(create(api_on_sqlite, api_on_sqlite.write | {"Idempotency-Key": key}), 422, "invalid_request")
