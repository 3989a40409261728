"""What clients ask for as people write it: paths without a slash, times whose plus was lost, misspelt filters."""

from __future__ import annotations

from typing import Any

import pytest

from support.api_client import PERSON, Api

HISTORY = "/api/v1/attendance/history"
ADDRESSED = {"integer": "77", "uuid": "00000000-0000-4000-8000-000000000077", "date": "2025-03-07", "string": "none"}
PUT_ADDS = ("/api/v1/schedules/{name}", "/api/v1/calendar/{day}")


def test_the_list_of_employees_answers_without_the_slash(api: Api) -> None:
    created = api.client.post("/api/v1/employees", json=PERSON, headers=api.write)
    assert created.status_code == 201
    with_slash, without = (api.client.get(f"/api/v1/employees{end}", headers=api.read) for end in ("/", ""))
    assert with_slash.json() == without.json() == [created.json()]
    refused = api.client.put("/api/v1/employees", headers=api.write)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST, GET")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param(f"{HISTORY}?department=HR", "no query parameter 'department'", id="a filter that there is not"),
        pytest.param("/api/v1/attendance/export/csv?employe_id=3", "did you mean employee_id?", id="a misspelt one"),
        pytest.param("/api/v1/employees/?serach=Anna", "did you mean search?", id="a misspelt search"),
        pytest.param("/api/v1/employees/1?fields=name", "no query parameter 'fields'", id="where there are none"),
    ],
)
def test_a_filter_that_there_is_not_is_refused(api: Api, path: str, said: str) -> None:
    answer = api.client.get(path, headers=api.read)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_parameter")
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("since", ["2026-11-27T00:00:00+01:00", "2026-11-27T00:00:00%2B01:00", "2026-11-27T00:00Z"])
def test_a_plus_that_arrives_as_a_blank_is_a_plus(api: Api, since: str) -> None:
    assert api.client.get(f"{HISTORY}?since={since}", headers=api.read).status_code == 200
    stats = api.client.get(f"/api/v1/attendance/stats?since={since}", headers=api.read)
    assert stats.status_code == 200, stats.text


@pytest.mark.parametrize("since", ["1700000000", "2026-11-27 00:00", "2026-11-27T00:00:00"])
def test_a_time_without_an_offset_is_refused(api: Api, since: str) -> None:
    assert api.client.get(HISTORY, params={"since": since}, headers=api.read).status_code == 422


def test_the_description_lets_clients_send_photographs_and_names_what_they_call(api: Api) -> None:
    described = api.app.openapi()
    operations = [o for path in described["paths"].values() for o in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert {"list_employees", "enroll_employee", "detect", "log_event"} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert "contentMediaType" not in str(described)
    assert list(_binaries(described["components"]["schemas"])), "files are described as files"


def test_what_there_is_not_is_not_found(api: Api) -> None:
    tried = []
    for path, operations in api.app.openapi()["paths"].items():
        for method, operation in operations.items():
            addressed = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "path"}
            if not addressed or {"month", "file_format"} & set(addressed) or (method == "put" and path in PUT_ADDS):
                continue
            place = path.format_map({name: ADDRESSED[_kind(schema)] for name, schema in addressed.items()})
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
            headers = api.settings if "/settings/" in path else api.write
            answer = api.client.request(method, place, json=body, headers=headers)
            assert answer.status_code == 404, f"{method} {place}: {answer.text}"
            assert answer.json()["code"].endswith("_not_found"), place
            assert "404" in operation["responses"], path
            tried.append(f"{method} {path}")
    assert "delete /api/v1/schedules/{name}" in tried


def _kind(schema: dict[str, Any]) -> str:
    return str(schema.get("format") or schema["type"])


def _binaries(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("format") == "binary":
            yield node
        for value in node.values():
            yield from _binaries(value)
    elif isinstance(node, list):
        for value in node:
            yield from _binaries(value)
