"""Answers of any size: sent while they are read, in bounded memory, and no longer than somebody takes them."""

from __future__ import annotations

import asyncio
import csv
import json
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import numpy as np
import pytest
from sqlalchemy import insert

from db.log_entries import READ_AT_ONCE
from db.models import AttendanceRow, EmployeeRow
from db.session import Database
from db.templates import add_templates
from kiosk.attendance import get_attendance_service
from kiosk.domain.types import Embedding
from support.api_client import Api
from support.api_server import serving
from support.database_rows import add_person, trace
from support.raw_http import connect

ATTENDANCE, EMPLOYEES = "/api/v1/attendance", "/api/v1/employees"
BEGAN_AT = datetime(2026, 3, 1, tzinfo=UTC)
SPAN = {"since": "2026-01-01T00:00:00Z", "until": "2026-12-31T00:00:00Z"}
MODEL_VERSION = "in_use"


def add_events(database: Database, count: int) -> None:
    """Add events of one person, four of them at each moment."""
    person = add_person(database)
    rows = [
        {
            "trace_id": trace(number + 1),
            "employee_id": person,
            "event_type": "entry",
            "timestamp": BEGAN_AT + timedelta(minutes=number // 4),
        }
        for number in range(count)
    ]
    with database.transaction() as session:
        if rows:
            session.connection().execute(insert(AttendanceRow), rows)


@pytest.mark.parametrize("count", [0, 1, 2 * READ_AT_ONCE])
def test_each_format_has_each_row_once(api: Api, database: Database, count: int) -> None:
    add_events(database, count)
    answers = {
        name: api.client.get(f"{ATTENDANCE}/export/{name}", params=SPAN, headers=api.read)
        for name in ("json", "csv", "xlsx")
    }
    expected = [str(trace(number + 1)) for number in range(count)]
    assert [row["trace_id"] for row in answers["json"].json()] == expected
    rows = list(csv.DictReader(StringIO(answers["csv"].content.decode("utf-8-sig"))))
    assert [row["trace_id"] for row in rows] == expected
    assert [row[0] for row in sheet_of(answers["xlsx"].content)[1:]] == expected


def test_times_of_a_spreadsheet_are_its_own(api_on_sqlite: Api, database_of_api: Database) -> None:
    add_events(database_of_api, 1)
    file = api_on_sqlite.client.get(f"{ATTENDANCE}/export/xlsx", params=SPAN, headers=api_on_sqlite.read).content
    headings, row = sheet_of(file)
    told = dict(zip(headings, row, strict=False))
    local = BEGAN_AT.astimezone(get_attendance_service().zone)
    days = (local.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001  Excel's own
    assert float(told["timestamp"]) == pytest.approx(days, abs=1e-6)
    assert told["utc_offset"] == local.isoformat()[-6:]
    assert "yyyy" in zipfile.ZipFile(BytesIO(file)).read("xl/styles.xml").decode()


def sheet_of(file: bytes) -> list[list[str]]:
    """Return the first sheet's cells as texts."""
    root = ElementTree.fromstring(zipfile.ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml"))  # noqa: S314
    return [["".join(cell.itertext()) for cell in row] for row in root.iter() if row.tag.endswith("}row")]


@pytest.mark.parametrize("file_format", ["json", "csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(api: Api, database: Database, file_format: str) -> None:
    add_events(database, 8_000)
    url = f"{ATTENDANCE}/export/{file_format}?since={SPAN['since']}&until={SPAN['until']}"

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    async def ask() -> int:
        taken = 0

        async def send(message: Any) -> None:
            nonlocal taken
            taken += len(message.get("body", b""))

        path, _, query = url.partition("?")
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "headers": [(b"authorization", api.read["Authorization"].encode())], "client": ("127.0.0.1", 1),
            "http_version": "1.1", "scheme": "http", "root_path": "", "server": ("127.0.0.1", 80),
        }  # fmt: skip
        await api.app(scope, receive, send)
        return taken

    assert asyncio.run(ask()) > 200_000, "what is loaded once is loaded"
    tracemalloc.start()
    try:
        asyncio.run(ask())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000, "all rows together are some 8 MB of objects"


def test_nothing_is_read_for_a_client_that_has_gone(api: Api, database: Database) -> None:
    add_events(database, 30_000)
    pool = api.app.state.heartbeat._database.engine.pool
    request = f"GET {ATTENDANCE}/export/csv?since={SPAN['since']}&until={SPAN['until']} HTTP/1.1\r\nHost: kiosk\r\n"
    request += f"Authorization: {api.read['Authorization']}\r\n\r\n"
    with serving(api.app) as address:
        port = int(address.rpartition(":")[2])
        with closing(connect(port, request.encode())) as connection:
            assert connection.recv(64).startswith(b"HTTP/1.1 200")
            assert pool.checkedout() >= 1, "the rows are being read"
        ends_s = time.monotonic() + 5
        while pool.checkedout() and time.monotonic() < ends_s:
            time.sleep(0.02)
        assert pool.checkedout() == 0


def test_a_token_is_known_while_everything_else_is_busy(api: Api) -> None:
    threads = api.app.state.database_threads

    async def occupy() -> None:
        slow = [asyncio.ensure_future(threads.run(time.sleep, 2)) for _ in range(2 * threads.count)]
        await asyncio.sleep(0)
        began_s = time.monotonic()
        answer = await asyncio.to_thread(api.client.get, "/api/v1/info", headers=api.read)
        assert answer.status_code == 200
        assert time.monotonic() - began_s < 1.5
        for one in slow:
            one.cancel()

    asyncio.run(occupy())


def test_all_embeddings_are_given_at_once(api: Api, database: Database) -> None:
    version = api.client.get("/api/v1/info", headers=api.read).json()["model_version"]
    vectors = np.random.default_rng(1).normal(size=(1203, 192)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    person = add_person(database)
    with database.transaction() as session:
        add_templates(session, person, [Embedding(vector, version) for vector in vectors])
    answer = api.client.get(f"{EMPLOYEES}/embeddings", headers=api.biometric)
    assert answer.headers["X-Total-Count"] == "1203"
    assert np.array_equal(np.array([one["embedding"] for one in answer.json()], np.float32), vectors)
    page = api.client.get(f"{EMPLOYEES}/embeddings?skip=1200&limit=2", headers=api.biometric)
    assert page.json() == answer.json()[1200:1202]


def walked(api: Api, path: str, key: str, **query: Any) -> Iterator[Any]:
    """Yield every row of a list, page by page."""
    after: dict[str, Any] = {}
    while True:
        page = api.client.get(path, params={"limit": 3, **query, **after}, headers=api.read)
        assert page.status_code == 200, page.text
        yield from (row[key] for row in page.json())
        if "X-Next" not in page.headers:
            return
        after = {"after": page.headers["X-Next"]}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort_by", ["id", "full_name", "department", "created_at"])
def test_pages_of_people_follow_one_another(api: Api, database: Database, sort_by: str, descending: bool) -> None:
    departments = ["Sales", None, "sales", "IT", None, "it", "Легал"]
    with database.transaction() as session:
        for number, department in enumerate(departments):
            row = {"full_name": f"P{number % 3}", "email": f"{number}@office.test", "department": department}
            session.execute(insert(EmployeeRow).values(**row))
    query: dict[str, Any] = {"sort_by": sort_by, "descending": descending}
    everybody = [person["id"] for person in api.client.get(f"{EMPLOYEES}/", params=query, headers=api.read).json()]
    assert list(walked(api, f"{EMPLOYEES}/", "id", **query)) == everybody
    assert len(everybody) == len(departments)


def test_pages_of_statuses_and_hours_follow_one_another(api: Api, database: Database) -> None:
    for number in range(7):
        person = add_person(database, f"P{number}", active=number != 3)
        rows = [
            {"trace_id": trace(10 * number + day), "employee_id": person, "event_type": "entry", "timestamp": at}
            for day, at in enumerate([BEGAN_AT, BEGAN_AT + timedelta(days=1)], 1)
        ]
        with database.transaction() as session:
            session.connection().execute(insert(AttendanceRow), rows)
    statuses = list(walked(api, f"{ATTENDANCE}/status", "employee_id"))
    assert (len(statuses), statuses) == (6, sorted(set(statuses)))
    span = {"since": "2026-02-01T00:00:00Z", "until": "2026-04-01T00:00:00Z"}
    everything = api.client.get(f"{ATTENDANCE}/stats", params=span, headers=api.read).json()
    assert len(everything) == 14
    for key in ("employee_id", "day"):
        assert list(walked(api, f"{ATTENDANCE}/stats", key, **span)) == [row[key] for row in everything]


def test_pages_of_the_log_miss_nothing_that_was_there(api: Api, database: Database) -> None:
    add_events(database, 11)
    walk = walked(api, f"{ATTENDANCE}/history", "trace_id")
    first = [next(walk) for _ in range(2)]
    early = {"trace_id": trace(1000), "event_type": "entry", "timestamp": BEGAN_AT - timedelta(days=1)}
    with database.transaction() as session:
        session.execute(insert(AttendanceRow).values(**early))
    assert [*first, *walk] == [str(trace(number + 1)) for number in range(11)]


@pytest.mark.parametrize(
    ("path", "after", "status"),
    [
        pytest.param(f"{ATTENDANCE}/history", str(UUID(int=5)), 422, id="an event that there is not"),
        pytest.param(f"{ATTENDANCE}/history", "5", 422, id="no trace id"),
        pytest.param(f"{ATTENDANCE}/stats", "7:yesterday", 422, id="no day"),
        pytest.param(f"{ATTENDANCE}/stats", "7:2026-02-31", 200, id="a day that never was"),
        pytest.param(f"{ATTENDANCE}/status", "77", 200, id="the status of somebody who is not there"),
        pytest.param(f"{EMPLOYEES}/", "77", 200, id="by number, of somebody who is not there"),
        pytest.param(f"{EMPLOYEES}/?sort_by=full_name", "77", 422, id="by name, of somebody who is not there"),
    ],
)
def test_a_page_after_what_is_not_there_is_refused(api: Api, path: str, after: str, status: int) -> None:
    joint = "&" if "?" in path else "?"
    answer = api.client.get(f"{path}{joint}after={after}", headers=api.read)
    assert answer.status_code == status, answer.text
    assert status == 200 or json.loads(answer.content)["code"] in ("invalid_input", "invalid_request")
