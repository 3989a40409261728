"""Who is let in, how much of what may be sent, and what is said to the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from db import audit_log
from db.session import Database
from kiosk.app.api import open_api
from kiosk.app.models import LoadedModels
from kiosk.core import logger
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from kiosk.web.limits import FAILED_ACCESSES_PER_MINUTE
from support.api_client import PERSON, Api, opened_api, problem
from support.builders import make_settings

EMPLOYEES = "/api/v1/employees"
DETECT = "/api/v1/recognition/detect"
REQUESTS_PER_MINUTE = 40

Open = Callable[..., Api]


@pytest.fixture
def database(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(sqlite_url)


@pytest.fixture
def api(sqlite_url: str, database: Database, loaded_models: LoadedModels, tmp_path: Path) -> Iterator[Api]:
    settings = make_settings(tmp_path / "data", database_url=sqlite_url, api_requests_per_minute=REQUESTS_PER_MINUTE)
    with opened_api(settings, loaded_models, database) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", [f"{EMPLOYEES}/", "/api/v1/info", "/docs", "/docs/assets/swagger-ui.css", "/openapi.json", "/nowhere", "/"]
)
def test_nothing_but_health_is_told_without_a_token(api: Api, path: str) -> None:
    answer = api.client.get(path)
    problem(answer, 401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"].startswith(("Bearer", "Basic"))
    assert api.client.get("/health").status_code == 200


@pytest.mark.parametrize(
    "authorization",
    ["Bearer kiosk_wrong", "Bearer", "Bearer ", "Basic YTpi", "kiosk_wrong", "Bearer \x00\x7f"],
)
def test_what_is_no_token_opens_nothing(api: Api, authorization: str) -> None:
    problem(api.client.get("/api/v1/info", headers={"Authorization": authorization}), 401, "not_authenticated")


def test_a_token_opens_nothing_once_it_is_revoked_or_expired(api: Api, database: Database) -> None:
    tokens = AccessTokens(database)
    _, secret = tokens.create("brief", TokenScope.READ, datetime.now(UTC) - timedelta(seconds=1))
    problem(api.client.get("/api/v1/info", headers={"Authorization": f"Bearer {secret}"}), 401, "not_authenticated")
    assert api.client.get("/api/v1/info", headers=api.read).status_code == 200
    tokens.revoke("read")
    problem(api.client.get("/api/v1/info", headers=api.read), 401, "not_authenticated")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{EMPLOYEES}/"),
        ("PUT", f"{EMPLOYEES}/1"),
        ("DELETE", f"{EMPLOYEES}/1"),
        ("POST", f"{EMPLOYEES}/enroll"),
        ("POST", f"{EMPLOYEES}/1/restore"),
        ("POST", f"{EMPLOYEES}/1/erase"),
        ("POST", DETECT),
        ("POST", "/api/v1/attendance/log"),
        ("GET", f"{EMPLOYEES}/embeddings"),
    ],
)
def test_reading_is_all_that_the_scope_read_opens(api: Api, method: str, path: str) -> None:
    problem(api.client.request(method, path, headers=api.read), 403, "scope_missing")


def test_who_is_sent_away_is_written_down_without_the_secret(api: Api, database: Database) -> None:
    api.client.get("/api/v1/info", headers={"Authorization": "Bearer kiosk_secret"})
    api.client.get(f"{EMPLOYEES}/embeddings", headers=api.write)
    with database.reading() as session:
        denied = [entry for entry in audit_log.entries(session) if entry.action == "access_denied"]
    assert [entry.actor for entry in denied] == ["address:127.0.0.1", "token:write"]
    assert "kiosk_secret" not in denied[0].details


def test_guessing_is_slowed_down_and_not_written_down_for_ever(api: Api, database: Database) -> None:
    codes = [
        api.client.get("/", headers={"Authorization": f"Bearer {n}"}).status_code
        for n in range(FAILED_ACCESSES_PER_MINUTE + 3)
    ]
    assert codes == [401] * FAILED_ACCESSES_PER_MINUTE + [429] * 3
    with database.reading() as session:
        denied = [entry for entry in audit_log.entries(session) if entry.action == "access_denied"]
    assert len(denied) == FAILED_ACCESSES_PER_MINUTE
    assert api.client.get("/api/v1/info", headers=api.read).status_code == 200, "whoever has a token is not kept out"


def test_one_client_may_ask_so_much_a_minute(api: Api) -> None:
    answers = [api.client.get("/api/v1/info", headers=api.read) for _ in range(REQUESTS_PER_MINUTE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    problem(answers[-1], 429, "too_many_requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    assert api.client.get("/health").status_code == 200


def test_swagger_ui_comes_from_this_machine_alone(api: Api) -> None:
    secret = api.read["Authorization"].removeprefix("Bearer ")
    page = api.client.get("/docs", auth=("anybody", secret))
    assert page.status_code == 200
    assert "://" not in page.text.replace("http://www.w3.org", "")
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/docs/assets/{asset}" in page.text
        assert api.client.get(f"/docs/assets/{asset}", auth=("anybody", secret)).status_code == 200
    assert api.client.get("/openapi.json", headers=api.read).json()["info"]["title"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", f"{EMPLOYEES}/", {"GET", "POST"}),
        ("OPTIONS", f"{EMPLOYEES}/1", {"GET", "PUT", "DELETE"}),
        ("PUT", f"{EMPLOYEES}/embeddings", {"GET"}),
        ("POST", "/api/v1/info", {"GET"}),
        ("POST", "/docs", {"GET"}),
    ],
)
def test_other_methods_are_refused_and_right_ones_named(api: Api, method: str, path: str, allowed: set[str]) -> None:
    answer = api.client.request(method, path, headers=api.write)
    problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_what_is_nowhere_is_not_found(api: Api) -> None:
    problem(api.client.get("/nowhere", headers=api.write), 404, "not_found")


def test_a_database_that_is_away_is_told_with_when_to_ask_again(api: Api, tmp_path: Path) -> None:
    database = tmp_path / "kiosk.db"
    database.rename(tmp_path / "away.db")
    (tmp_path / "kiosk.db-wal").unlink(missing_ok=True)
    (tmp_path / "kiosk.db-shm").unlink(missing_ok=True)
    database.mkdir()
    api.app.state.heartbeat._database.close()
    answer, health = api.client.get("/api/v1/info", headers=api.read), api.client.get("/health")
    problem(answer, 503, "storage_unavailable")
    assert (health.status_code, health.json()["status"]) == (503, "failed")
    assert health.json()["checks"]["database"] == {"status": "failed", "code": "away"}
    assert all(int(one.headers["Retry-After"]) > 0 for one in (answer, health))


@pytest.mark.expects_errors
def test_a_bug_is_answered_and_logged_with_its_traceback(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.app.state, "info", None)
    stream = StringIO()
    logger.configure("INFO", stream)
    answer = api.client.get("/api/v1/info", headers=api.read)
    problem(answer, 500, "internal_error")
    assert "Traceback" in stream.getvalue()
    assert stream.getvalue().count(answer.headers["X-Trace-ID"]) >= 2


def test_log_lines_have_the_answers_trace_id_and_no_names(api: Api) -> None:
    stream, trace_id = StringIO(), str(uuid4())
    logger.configure("INFO", stream)
    api.client.get(f"{EMPLOYEES}/?search=Karenina", headers=api.read | {"X-Trace-ID": trace_id})
    api.client.post(f"{EMPLOYEES}/", json=PERSON, headers=api.write)
    api.client.get("/a%0Ab", headers=api.write)
    lines = stream.getvalue().splitlines()
    assert "Karenina" not in stream.getvalue() and PERSON["full_name"] not in stream.getvalue()
    assert any("api.answered" in line and f"trace_id={trace_id}" in line for line in lines)
    assert all("trace_id=" in line for line in lines), "no client can begin a line of its own"


def test_web_pages_may_call_it_only_when_they_are_named(
    sqlite_url: str, loaded_models: LoadedModels, api: Api, tmp_path: Path
) -> None:
    portal = "https://portal.example.com"
    asking = {
        "Origin": portal,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "Authorization",
    }
    assert "Access-Control-Allow-Origin" not in api.client.options(f"{EMPLOYEES}/", headers=asking).headers
    named = make_settings(tmp_path / "data", database_url=sqlite_url, api_cors_origins=(portal,))
    with open_api(named, loaded_models) as app, TestClient(app) as client:
        answer = client.options(f"{EMPLOYEES}/", headers=asking)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, portal)
        other = client.options(f"{EMPLOYEES}/", headers=asking | {"Origin": "https://elsewhere.example.com"})
        assert "Access-Control-Allow-Origin" not in other.headers


def test_health_is_told_while_everything_else_is_at_work(api: Api) -> None:
    free = threading.Event()
    state = api.app.state
    threads = [(threads, n) for threads in (state.inference, state.database_threads) for n in range(threads.count)]
    busy = [threads._executor.submit(free.wait, 30) for threads, _ in threads]
    try:
        assert api.client.get("/health").status_code == 200
        assert not any(work.done() for work in busy)
    finally:
        free.set()
