"""The routes, their answers and their refusals, on both databases and with real faces."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from db import audit_log
from db.session import Database
from kiosk.attendance.journal import Journal
from kiosk.security import audit_verification
from support.api_client import PERSON, Api, problem

EMPLOYEES = "/api/v1/employees"
ATTENDANCE = "/api/v1/attendance"


def test_a_person_from_beginning_to_end(api: Api) -> None:
    made = api.client.post(f"{EMPLOYEES}/", json=PERSON | {"email": "Anna@Office.TEST"}, headers=api.write)
    assert made.status_code == 201
    person = made.json()
    assert person["email"] == "anna@office.test"
    at = made.headers["Location"]
    assert api.client.get(at, headers=api.read).json() == person

    changed = api.client.put(at, json={"department": None}, headers=api.write).json()
    assert (changed["department"], changed["full_name"]) == (None, PERSON["full_name"])

    assert api.client.delete(at, headers=api.write).status_code == 204
    assert api.client.get(at, headers=api.read).json()["is_active"] is False
    listed = api.client.get(f"{EMPLOYEES}/", headers=api.read)
    assert (listed.json(), listed.headers["X-Total-Count"]) == ([], "0")
    assert api.client.post(f"{at}/restore", headers=api.write).json()["is_active"] is True
    assert api.client.get(f"{EMPLOYEES}/", headers=api.read).headers["X-Total-Count"] == "1"


def test_lists_are_searched_filtered_sorted_and_paged(api: Api) -> None:
    for name, department in (("Boris", "IT"), ("Анна", "Legal"), ("anton", "it"), ("Яна", None)):
        api.create(full_name=name, email=f"{ord(name[0])}{len(name)}@office.test", department=department)

    def names(**query: str | int) -> list[str]:
        answer = api.client.get(f"{EMPLOYEES}/", params=query, headers=api.read)
        assert answer.status_code == 200, answer.text
        return [person["full_name"] for person in answer.json()]

    assert names(search="АН") == ["Анна"]
    assert names(search="АН", skip=1) == []
    assert names(department="IT") == ["Boris", "anton"]
    assert names(sort_by="full_name", descending=True, limit=2) == ["Яна", "Анна"]
    assert names(activity="inactive") == []


def test_enrolled_people_are_recognised_until_they_are_deactivated(api: Api) -> None:
    enrolled = api.enroll("obama.jpg", "coffee.png")
    assert enrolled.status_code == 201, enrolled.text
    person, (taken, refused) = enrolled.json()["employee"], enrolled.json()["photographs"]
    assert taken["accepted"] and 0 < taken["quality"] <= 1
    assert (refused["accepted"], refused["code"]) == (False, "no_face")

    found = api.detect("obama2.jpg")
    assert found.status_code == 200, found.text
    assert (found.json()["status"], found.json()["employee_id"]) == ("match", person["id"])
    assert found.json()["trace_id"] == found.headers["X-Trace-ID"]
    stranger = api.detect("biden.jpg").json()
    assert (stranger["status"], stranger["employee_id"]) == ("unknown", None)
    assert api.detect("coffee.png").json()["status"] == "no_face"

    api.client.delete(f"{EMPLOYEES}/{person['id']}", headers=api.write)
    assert api.detect("obama2.jpg").json()["status"] == "unknown"
    history = api.client.get(f"{ATTENDANCE}/history", headers=api.read)
    assert (history.json(), history.headers["X-Total-Count"]) == ([], "0"), "detecting writes no event"


def test_embeddings_are_given_to_the_scope_biometric_alone(api: Api) -> None:
    person = api.enroll("obama.jpg").json()["employee"]
    problem(api.client.get(f"{EMPLOYEES}/embeddings", headers=api.write), 403, "scope_missing")
    (template,) = api.client.get(f"{EMPLOYEES}/embeddings", headers=api.biometric).json()
    assert template["employee_id"] == person["id"]
    assert len(template["embedding"]) == 128
    assert template["model_version"] == api.client.get("/api/v1/info", headers=api.read).json()["model_version"]


def test_the_same_address_is_taken_once(api: Api) -> None:
    api.create()
    again = api.client.post(f"{EMPLOYEES}/", json=PERSON | {"email": " ANNA@office.test"}, headers=api.write)
    problem(again, 409, "email_taken")


def test_attendance_is_logged_told_and_exported(api: Api) -> None:
    person = api.create(full_name="=1+1")
    of_person = {"employee_id": person["id"]}
    assert api.client.get(f"{ATTENDANCE}/status/{person['id']}", headers=api.read).json()["status"] == "unknown"

    trace_id = str(uuid4())
    entry = api.client.post(f"{ATTENDANCE}/log", json=of_person, headers=api.write | {"X-Trace-ID": trace_id})
    assert entry.status_code == 201, entry.text
    assert (entry.json()["event_type"], entry.json()["trace_id"]) == ("entry", trace_id)
    repeated = api.client.post(f"{ATTENDANCE}/log", json=of_person, headers=api.write | {"X-Trace-ID": trace_id})
    assert repeated.json() == entry.json()
    problem(api.client.post(f"{ATTENDANCE}/log", json=of_person, headers=api.write), 409, "event_refused")
    (status,) = api.client.get(f"{ATTENDANCE}/status", headers=api.read).json()
    assert status["status"] == "in_office"

    leaving = of_person | {"event_type": "exit"}
    assert api.client.post(f"{ATTENDANCE}/log", json=leaving, headers=api.write).status_code == 201
    problem(api.client.post(f"{ATTENDANCE}/log", json=leaving, headers=api.write), 409, "event_refused")
    assert api.client.get(f"{ATTENDANCE}/status/{person['id']}", headers=api.read).json()["status"] == "left"

    history = api.client.get(f"{ATTENDANCE}/history", params={"limit": 1, "skip": 1}, headers=api.read)
    assert history.headers["X-Total-Count"] == "2"
    assert (history.json()[0]["event_type"], history.json()[0]["method"]) == ("exit", "api")
    (day,) = api.client.get(f"{ATTENDANCE}/stats", headers=api.read).json()
    assert day["complete"] and 0 <= day["hours"] < 0.1
    check_exports(api, trace_id)


def check_exports(api: Api, trace_id: str) -> None:
    exported = api.client.get(f"{ATTENDANCE}/export/json", headers=api.read).json()
    assert exported[0]["trace_id"] == trace_id
    as_csv = api.client.get(f"{ATTENDANCE}/export/csv", headers=api.read)
    assert "'=1+1" in as_csv.text, "no spreadsheet takes the name for a formula"
    assert len(as_csv.text.splitlines()) == 3
    as_xlsx = api.client.get(f"{ATTENDANCE}/export/xlsx", headers=api.read)
    assert as_xlsx.content.startswith(b"PK")
    assert "attachment" in as_xlsx.headers["Content-Disposition"]
    problem(api.client.get(f"{ATTENDANCE}/export/pdf", headers=api.read), 422, "invalid_request")


def test_whoever_is_deactivated_cannot_come_or_be_enrolled(api: Api) -> None:
    person = api.create()
    api.client.delete(f"{EMPLOYEES}/{person['id']}", headers=api.write)
    logged = api.client.post(f"{ATTENDANCE}/log", json={"employee_id": person["id"]}, headers=api.write)
    problem(logged, 409, "employee_inactive")
    problem(api.enroll("obama.jpg"), 409, "employee_inactive")


NOBODY = 4711


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{EMPLOYEES}/{NOBODY}"),
        ("DELETE", f"{EMPLOYEES}/{NOBODY}"),
        ("POST", f"{EMPLOYEES}/{NOBODY}/restore"),
        ("GET", f"{ATTENDANCE}/status/{NOBODY}"),
    ],
)
def test_nobody_is_not_found(api: Api, method: str, path: str) -> None:
    problem(api.client.request(method, path, headers=api.write), 404, "employee_not_found")


def test_health_and_info(api: Api) -> None:
    health = api.client.get("/health")
    assert health.status_code == 200
    assert health.json()["status"] == "degraded"
    assert health.json()["checks"]["kiosk"] == {"status": "degraded", "code": "not_running"}
    assert health.json()["checks"]["database"] == {"status": "ok", "code": None}
    assert health.json()["checks"]["admin_password"] == {"status": "degraded", "code": "not_set"}
    info = api.client.get("/api/v1/info", headers=api.read).json()
    assert info["timezone"] == "Europe/Moscow"


def test_health_fails_while_no_kiosk_runs_where_one_has_run(api: Api, tmp_path: Path) -> None:
    Journal(tmp_path / "data" / "events.journal").close()
    health = api.client.get("/health")
    assert (health.status_code, health.json()["checks"]["kiosk"]["code"]) == (503, "not_running")


def test_every_answer_has_a_trace_id_of_its_own(api: Api) -> None:
    ids = [UUID(api.client.get("/health").headers["X-Trace-ID"]) for _ in range(2)]
    assert ids[0] != ids[1]


def test_an_erased_face_is_recognised_no_longer_and_the_erasure_is_on_record(api: Api, database: Database) -> None:
    person = api.enroll("obama.jpg").json()["employee"]
    erased = api.client.post(f"{EMPLOYEES}/{person['id']}/erase", headers=api.write)
    assert erased.status_code == 200, erased.text
    assert (erased.json()["templates"], erased.json()["consents"]) == (1, 1)
    assert api.detect("obama2.jpg").json()["status"] == "unknown"
    assert api.client.get(f"{EMPLOYEES}/embeddings", headers=api.biometric).json() == []
    assert audited(database) >= {("erase", "token:write"), ("embeddings_read", "token:biometric")}


def audited(database: Database) -> set[tuple[str, str]]:
    """What the audit log says was done, and by whom."""
    with database.reading() as session:
        assert audit_verification.verify(session).faults == ()
        return {(entry.action, entry.actor) for entry in audit_log.entries(session)}


@pytest.mark.parametrize("instant", ["0.5", "1700000000", "nan", "2025-03-03T09:00:00", "yesterday"])
def test_an_instant_is_written_out_with_its_offset(api: Api, instant: str) -> None:
    answer = api.client.get(f"{ATTENDANCE}/history", params={"until": instant}, headers=api.read)
    problem(answer, 422, "invalid_request")


def test_figures_are_told_to_a_token(api: Api) -> None:
    problem(api.client.get("/metrics"), 401, "not_authenticated")
    answer = api.client.get("/metrics", headers=api.read)
    assert answer.headers["content-type"].startswith("text/plain")
    assert "kiosk_up 0.0" in answer.text
    assert 'kiosk_check{check="database"} 0.0' in answer.text
    assert 'kiosk_api_requests_total{method="GET",route="none",status="401"} 1.0' in answer.text


@pytest.mark.parametrize("path", [f"{EMPLOYEES}/", f"{EMPLOYEES}/embeddings", f"{ATTENDANCE}/history"])
@pytest.mark.parametrize("page", [{"skip": -1}, {"limit": -1}, {"limit": 0}, {"skip": "x"}], ids=str)
def test_a_page_that_cannot_be_is_refused(api: Api, path: str, page: dict[str, str | int]) -> None:
    problem(api.client.get(path, params=page, headers=api.biometric), 422, "invalid_request")


def test_who_is_in_is_listed(api: Api) -> None:
    anna, boris = api.create()["id"], api.create(email="boris@office.test")["id"]
    for person in (anna, boris):
        api.client.post("/api/v1/attendance/log", json={"employee_id": person}, headers=api.write)
    api.client.post("/api/v1/attendance/log", json={"employee_id": boris, "event_type": "exit"}, headers=api.write)
    listed = api.client.get("/api/v1/attendance/present", headers=api.read)
    assert [(person["employee_id"], person["status"]) for person in listed.json()] == [(anna, "in_office")]
