"""Schedules, the calendar, absences and timesheets over HTTP, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import update

from db.models import EmployeeRow
from db.session import Database
from support.api_client import Api, problem

SCHEDULES, ASSIGNMENTS = "/api/v1/schedules", "/api/v1/schedule-assignments"
CALENDAR, ABSENCES, TIMESHEETS = "/api/v1/calendar", "/api/v1/absences", "/api/v1/timesheets"
PLAN = {"plan": "Mon-Fri 09:00-18:00 break 13:00-14:00"}


def test_planned_month_from_schedule_to_files(api: Api, database: Database) -> None:
    anna = api.create(external_id="00417")["id"]
    with database.transaction() as session:
        session.execute(update(EmployeeRow).values(created_at=datetime(2025, 1, 1, tzinfo=UTC)))
    assert api.client.put(f"{SCHEDULES}/office", json=PLAN, headers=api.write).status_code == 200
    (schedule,) = api.client.get(SCHEDULES, headers=api.read).json()
    assert (schedule["name"], schedule["plan"], schedule["rounding_minutes"]) == ("office", PLAN["plan"], 1)
    whose = {"schedule": "office", "valid_from": "2025-01-01"}
    assert api.client.post(ASSIGNMENTS, json=whose, headers=api.write).status_code == 204

    day = f"{CALENDAR}/2025-03-07"
    assert api.client.put(day, json={"kind": "shortened"}, headers=api.write).status_code == 204
    away = {"employee_id": anna, "kind": "vacation", "first_day": "2025-03-10", "last_day": "2025-03-14"}
    added = api.client.post(ABSENCES, json=away, headers=api.write)
    assert (added.status_code, added.json()["id"]) == (201, 1)
    assert [one["kind"] for one in api.client.get(ABSENCES, headers=api.read).json()] == ["vacation"]

    (person,) = api.client.get(f"{TIMESHEETS}/2025-03/json", headers=api.read).json()
    assert (person["personnel_number"], person["total_minutes"]["planned"]) == ("00417", (16 * 8 - 1) * 60)
    for file_format, begins in (("pdf", b"%PDF"), ("t13-pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        answer = api.client.get(f"{TIMESHEETS}/2025-03/{file_format}", headers=api.read)
        assert answer.content.startswith(begins), file_format
    form = api.client.get(f"{TIMESHEETS}/2025-03/t13-xlsx?department=legal", headers=api.read)
    assert 'filename="t13-2025-03.xlsx"' in form.headers["Content-Disposition"]
    assert openpyxl.load_workbook(BytesIO(form.content)).sheetnames == ["1 Legal"]
    russian = api.client.get(f"{TIMESHEETS}/2025-03/csv?language=ru", headers=api.read).content.decode("utf-8-sig")
    assert russian.startswith("номер сотрудника,табельный номер,имя,отдел,должность,день,план,")
    why = api.client.get(f"/api/v1/timesheet-days/2025-03-10/{anna}", headers=api.read).json()
    assert why[1].startswith("absence: vacation")


def test_what_was_written_is_taken_back(api: Api) -> None:
    anna = api.create()["id"]
    api.client.put(f"{SCHEDULES}/office", json=PLAN, headers=api.write)
    api.client.post(ASSIGNMENTS, json={"schedule": "office", "valid_from": "2025-01-01"}, headers=api.write)
    api.client.put(f"{CALENDAR}/2025-03-07", json={"kind": "holiday", "name": "Own"}, headers=api.write)
    day = {"employee_id": anna, "kind": "trip", "first_day": "2025-03-10", "last_day": "2025-03-10"}
    api.client.post(ABSENCES, json=day, headers=api.write)
    span = {"first": "2025-03-01", "last": "2025-03-31"}
    for list_of, removed, kind in (
        (ABSENCES, f"{ABSENCES}/1", "absence"), (CALENDAR, f"{CALENDAR}/2025-03-07", "calendar_day"),
        (ASSIGNMENTS, f"{ASSIGNMENTS}/1", "assignment"), (SCHEDULES, f"{SCHEDULES}/office", "schedule"),
    ):  # fmt: skip
        query = span if list_of == CALENDAR else {}
        assert len(api.client.get(list_of, params=query, headers=api.read).json()) == 1
        assert api.client.delete(removed, headers=api.write).status_code == 204
        assert api.client.get(list_of, params=query, headers=api.read).json() == []
        problem(api.client.delete(removed, headers=api.write), 404, f"{kind}_not_found")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("PUT", f"{SCHEDULES}/office", {"plan": "whenever"}, id="no plan"),
        pytest.param("PUT", f"{CALENDAR}/{date.max}", {"kind": "holiday"}, id="the end of time"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(api: Api, method: str, path: str, body: dict[str, str]) -> None:
    problem(api.client.request(method, path, json=body, headers=api.write), 422, "invalid_input")


DAY_OF = "/api/v1/timesheet-days"


@pytest.mark.parametrize("day", ["0", "1e9", "1700000000", "2025-02-30", "today"])
@pytest.mark.parametrize(
    "path", [f"{DAY_OF}/{{}}/1", f"{CALENDAR}?first={{}}&last=2025-03-10", f"{ABSENCES}?since={{}}"]
)
def test_day_is_written_out(api: Api, path: str, day: str) -> None:
    problem(api.client.get(path.format(day), headers=api.read), 422, "invalid_request")


@pytest.mark.parametrize("sent", [0, 1700000000, "0"])
def test_day_of_a_body_is_written_out(api: Api, sent: object) -> None:
    body = {"employee_id": api.create()["id"], "kind": "vacation", "first_day": sent, "last_day": "2025-03-10"}
    problem(api.client.post(ABSENCES, json=body, headers=api.write), 422, "invalid_request")


def test_day_of_nobody_is_not_found(api: Api) -> None:
    problem(api.client.get(f"{DAY_OF}/2025-03-10/77", headers=api.read), 404, "employee_not_found")


def test_unknown_schedule_is_not_assigned(api: Api) -> None:
    whose = {"schedule": "none", "valid_from": "2025-01-01"}
    problem(api.client.post(ASSIGNMENTS, json=whose, headers=api.write), 404, "schedule_not_found")


def test_evacuation_list_has_who_is_in_with_department_and_door(api: Api) -> None:
    anna = api.create()["id"]
    assert api.client.get("/api/v1/evacuation", headers=api.read).json() == []
    api.client.post("/api/v1/attendance/log", json={"employee_id": anna}, headers=api.write)
    (present,) = api.client.get("/api/v1/evacuation", headers=api.read).json()
    assert (present["employee_id"], present["department"], bool(present["door"])) == (anna, "Legal", True)


def test_readers_write_nothing(api: Api) -> None:
    assert api.client.put(f"{SCHEDULES}/office", json=PLAN, headers=api.read).status_code == 403
    assert api.client.get(f"{TIMESHEETS}/2025-03/csv").status_code == 401
