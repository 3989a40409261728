"""Corrections, questions, requests and months over HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from db.attendance_log import DatabaseAttendanceLog
from db.correction_requests import add_request
from db.session import Database
from kiosk.domain.correction_requests import RequestKind
from kiosk.domain.types import EventType
from support.api_client import Api, problem
from support.builders import event

API = "/api/v1"
OCTOBER = "2025-10"
MORNING = datetime.fromisoformat("2025-10-06T09:00:00+03:00")
EVENING = MORNING + timedelta(hours=9)
WHY = {"reason": "forgot to look up"}


class Office:
    """An office whose Anna forgot to leave on one day."""

    def __init__(self, api: Api, database: Database) -> None:
        self.api, self.database = api, database
        self.anna = api.create()["id"]
        with database.transaction() as session:
            session.execute(text("UPDATE employees SET created_at = '2020-01-01 00:00:00.000000'"))
        entry = event(self.anna, EventType.ENTRY, MORNING)
        DatabaseAttendanceLog(database).record([entry])
        self.entry = str(entry.trace_id)

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        return self.api.client.post(f"{API}{path}", json=body, headers={**self.api.write, **headers})

    def get(self, path: str) -> Any:
        answer = self.api.client.get(f"{API}{path}", headers=self.api.read)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def add_exit(self, **more: Any) -> Any:
        body = {"employee_id": self.anna, "event_type": "exit", "at": EVENING.isoformat(), **WHY, **more}
        return self.post("/corrections/add", body)

    def counting(self) -> list[str]:
        rows = DatabaseAttendanceLog(self.database).history()
        return [f"{row.event_type} {row.timestamp:%H:%M}" for row in rows if not row.voided]


@pytest.fixture
def office(api: Api, database: Database) -> Office:
    return Office(api, database)


def test_a_question_is_answered_by_an_exit_and_undone_again(office: Office) -> None:
    (asked,) = office.get(f"/questions/{OCTOBER}?employee_id={office.anna}")
    assert (asked["doubt"], asked["trace_id"], asked["day"]) == ("exit_missing", office.entry, "2025-10-06")
    added = office.add_exit(author="anna")
    assert (added.status_code, added.json()["warnings"]) == (201, [])
    assert office.get(f"/questions/{OCTOBER}") == []
    (listed,) = office.get("/corrections")
    assert (listed["action"], listed["author"], listed["reason"]) == ("add", "token:write/anna", WHY["reason"])
    undone = office.post(f"/corrections/{added.json()['correction_id']}/undo", {"reason": "was out at noon"})
    assert (undone.status_code, undone.json()["event"]) == (201, None)
    assert undone.json()["warnings"] == ["the entry of 2025-10-06 09:00 has no exit now"]
    assert office.counting() == ["entry 06:00"]


def test_time_type_reason_and_person_are_changed_and_the_original_stays(office: Office) -> None:
    boris = office.api.create(email="boris@office.test", full_name="Boris")["id"]
    with office.database.transaction() as session:
        session.execute(text("UPDATE employees SET created_at = '2020-01-01 00:00:00.000000'"))
    last = office.entry
    for change in (
        {"at": EVENING.isoformat()}, {"event_type": "exit"}, {"exit_reason": "business"}, {"employee_id": boris},
    ):  # fmt: skip
        answer = office.post("/corrections/change", {"trace_id": last, **change, **WHY})
        assert answer.status_code == 201, answer.text
        last = answer.json()["event"]["trace_id"]
    made = answer.json()["event"]
    assert (made["employee_id"], made["event_type"], made["reason"]) == (boris, "exit", "business")
    (row,) = [row for row in office.get("/attendance/history") if not row["voided"]]
    assert (row["trace_id"], row["original"]["trace_id"], row["corrected_by"]) == (last, office.entry, "token:write")
    numbers = [one["id"] for one in office.get("/corrections") if one["part_of"] is None]
    for number in reversed(numbers):
        assert office.post(f"/corrections/{number}/undo", WHY).status_code == 201
    assert office.counting() == ["entry 06:00"]


RIVALS: dict[str, Callable[[Office, int], Any]] = {
    "void": lambda office, _: office.post("/corrections/void", {"trace_id": office.entry, **WHY}),
    "change": lambda office, number: office.post(
        "/corrections/change",
        {"trace_id": office.entry, "at": (MORNING + timedelta(minutes=number)).isoformat(), **WHY},
    ),
    "the same addition": lambda office, _: office.add_exit(),
}


@pytest.mark.parametrize("kind", RIVALS)
def test_of_two_at_once_one_wins_and_the_other_is_told(office: Office, kind: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: RIVALS[kind](office, number), range(1, 5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, 409, "event_refused")


REFUSED: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "no reason": ("/corrections/void", {"trace_id": str(uuid4()), "reason": ""}, 422, "invalid_request"),
    "blanks for a reason": ("/corrections/void", {"trace_id": str(uuid4()), "reason": " "}, 422, "invalid_input"),
    "an author of line breaks": (
        "/corrections/void", {"trace_id": str(uuid4()), **WHY, "author": "a\nb"}, 422, "invalid_input",
    ),
    "no such event": ("/corrections/void", {"trace_id": str(uuid4()), **WHY}, 404, "event_not_found"),
    "no such correction": ("/corrections/9/undo", WHY, 404, "correction_not_found"),
    "no such request": (
        "/correction-requests/9/answer", {"outcome": "accepted", **WHY}, 404, "request_not_found",
    ),
    "nobody": (
        "/corrections/add",
        {"employee_id": 77, "event_type": "exit", "at": EVENING.isoformat(), **WHY}, 404, "employee_not_found",
    ),
    "the future": (
        "/corrections/add",
        {"employee_id": 1, "event_type": "exit", "at": "2999-01-01T00:00:00Z", **WHY}, 422, "invalid_input",
    ),
    "a month that is not over": ("/months/2099-01/close", {"by": "Anna"}, 422, "invalid_input"),
    "a month that is open": ("/months/2025-09/reopen", {"by": "Anna", **WHY}, 409, "month_not_closed"),
    "no month": ("/months/2025-13/close", {"by": "Anna"}, 422, "invalid_request"),
}  # fmt: skip


def test_what_cannot_be_is_refused_with_a_code(office: Office, subtests: pytest.Subtests) -> None:
    for name, (path, body, status, code) in REFUSED.items():
        with subtests.test(name):
            problem(office.post(path, body), status, code)
    assert office.get("/corrections") == []


def test_a_closed_month_is_not_corrected_and_names_what_came_late(office: Office) -> None:
    made = office.add_exit().json()
    closed = office.post(f"/months/{OCTOBER}/close", {"by": "Anna Petrova"})
    assert (closed.status_code, closed.json()["late_events"]) == (200, [])
    problem(office.post(f"/months/{OCTOBER}/close", {"by": "Anna"}), 409, "month_closed")
    for path, body in (
        ("/corrections/void", {"trace_id": office.entry}),
        ("/corrections/change", {"trace_id": office.entry, "at": EVENING.isoformat()}),
        (f"/corrections/{made['correction_id']}/undo", {}),
    ):
        problem(office.post(path, {**body, **WHY}), 409, "month_closed")
    problem(office.add_exit(at=(EVENING + timedelta(days=1)).isoformat()), 409, "month_closed")
    late = event(office.anna, EventType.ENTRY, MORNING + timedelta(days=1))
    DatabaseAttendanceLog(office.database).record([late])
    (month,) = office.get("/months")
    assert (month["month"], month["closed_by"], month["rows"]) == (OCTOBER, "Anna Petrova", 3)
    assert [one["trace_id"] for one in month["late_events"]] == [str(late.trace_id)]
    assert office.post(f"/months/{OCTOBER}/reopen", {"by": "Anna", **WHY}).status_code == 204
    assert office.get("/months") == []
    assert office.post("/corrections/void", {"trace_id": office.entry, **WHY}).status_code == 201


def test_a_request_is_accepted_or_refused_once(office: Office) -> None:
    with office.database.transaction() as session:
        for day in (6, 7):
            add_request(session, office.anna, date(2025, 10, day), RequestKind.OTHER, text="I was in", kiosk_id="door")
    first, second = (one["id"] for one in office.get("/correction-requests"))
    accepted = office.post(f"/correction-requests/{first}/answer", {"outcome": "accepted", "reason": "so it was"})
    assert (accepted.status_code, accepted.json()["answered_by"]) == (200, "token:write")
    problem(office.post(f"/correction-requests/{first}/answer", {"outcome": "refused", **WHY}), 409, "request_answered")
    assert [one["id"] for one in office.get("/correction-requests")] == [second]
    answered = office.get(f"/correction-requests?answered=true&employee_id={office.anna}")
    assert [(one["outcome"], one["answer"]) for one in answered] == [("accepted", "so it was"), (None, None)]


def test_a_correction_that_is_sent_again_is_made_once(office: Office) -> None:
    body = {"trace_id": office.entry, **WHY}
    first = office.post("/corrections/void", body, **{"Idempotency-Key": "one"})
    again = office.post("/corrections/void", body, **{"Idempotency-Key": "one"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(office.get("/corrections")) == 1


def test_an_unknown_visitor_is_voided(office: Office) -> None:
    stranger = event(None, EventType.ENTRY, MORNING)
    DatabaseAttendanceLog(office.database).record([stranger])
    body = {"trace_id": str(stranger.trace_id), **WHY}
    answer = office.post("/corrections/void", body, **{"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()["event"]["employee_id"]) == (201, None)


def test_pages_follow_one_another(office: Office) -> None:
    number = office.add_exit().json()["correction_id"]
    for _ in range(4):
        number = office.post(f"/corrections/{number}/undo", WHY).json()["correction_id"]
    seen, after = [], None
    while True:
        query = "?limit=2" if after is None else f"?limit=2&after={after}"
        answer = office.api.client.get(f"{API}/corrections{query}", headers=office.api.read)
        seen += [one["id"] for one in answer.json()]
        after = answer.headers.get("X-Next")
        if after is None:
            break
    assert seen == sorted(seen) and len(seen) == 5
    span = "since=2025-10-07T00:00:00Z"
    assert office.get(f"/corrections?{span}") == []


def test_readers_correct_nothing(office: Office) -> None:
    body = {"trace_id": str(UUID(int=1)), **WHY}
    for path in ("/corrections/void", f"/months/{OCTOBER}/close"):
        assert office.api.client.post(f"{API}{path}", json=body, headers=office.api.read).status_code == 403
