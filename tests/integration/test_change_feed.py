"""The change feed over HTTP: nothing missed, in order, live, and 410 when its numbers no longer hold."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from db.attendance_log import DatabaseAttendanceLog
from db.feed_epochs import begin_epoch, ensure_epoch
from db.session import Database
from kiosk.attendance import feed_router, feed_service
from kiosk.security.access_tokens import AccessTokens
from support.api_client import Api, problem
from support.api_server import serving
from support.builders import event, make_corrections
from support.database_rows import add_person, trace

CHANGES = "/api/v1/attendance/changes"


def record(database: Database, count: int) -> None:
    DatabaseAttendanceLog(database).record([event() for _ in range(count)])


def get(api: Api, **query: Any) -> Any:
    return api.client.get(CHANGES, params=query, headers=api.read)


class Stream:
    """What a client of the stream has received so far."""

    def __init__(self) -> None:
        self.changes: list[dict[str, Any]] = []
        self.comments = 0
        self.ended = threading.Event()

    def follow(self, url: str, headers: dict[str, str]) -> None:
        with httpx2.stream("GET", f"{url}{CHANGES}/stream", headers=headers, timeout=20) as answer:
            self.status = answer.status_code
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    self.changes.append(json.loads(line.removeprefix("data: ")))
                self.comments += line.startswith(":")
        self.ended.set()

    def wait_for(self, count: int) -> None:
        ends_s = time.monotonic() + 10
        while len(self.changes) < count:
            assert time.monotonic() < ends_s, f"{len(self.changes)} changes of {count}"
            time.sleep(0.01)


@contextmanager
def following(url: str, headers: dict[str, str]) -> Iterator[Stream]:
    stream = Stream()
    thread = threading.Thread(target=stream.follow, args=(url, headers))
    thread.start()
    yield stream
    thread.join(20)
    assert not thread.is_alive()


def test_pages_give_each_change_once_and_in_order(api: Api, database: Database) -> None:
    add_person(database)
    record(database, 25)
    found, after = [], 0
    while page := (answer := get(api, after=after, limit=10)).json():
        found += page
        after = int(answer.headers["X-Next"])
    assert [one["number"] for one in found] == list(range(1, 26))
    assert {one["id"] for one in found} == {f"{answer.headers['X-Epoch']}-{number}" for number in range(1, 26)}
    assert found[0]["event"]["full_name"] == "Anna"
    assert found[0]["late"] is True  # the event is of a fixed morning


def test_every_kind_of_change_is_told(api: Api, database: Database) -> None:
    anna = add_person(database)
    DatabaseAttendanceLog(database).record([event(anna, trace_id=trace(1)), event(anna, trace_id=trace(2))])
    made = make_corrections(database)
    voided = made.void(trace(1), reason="wrong", author="cli:anna")
    made.undo(voided.correction_id, reason="right", author="cli:anna")
    with database.transaction() as session:
        session.execute(text("UPDATE attendance_log SET employee_id = NULL WHERE id = 1"))
        session.execute(text("DELETE FROM attendance_log WHERE id = 2"))
    told = get(api).json()
    assert [one["kind"] for one in told] == ["insert", "insert", "correction", "undo", "erasure", "deletion"]
    assert told[-1]["event"] is None
    assert told[1]["event"] is None, "an event is told as it is now"
    assert told[0]["event"]["employee_id"] is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param({"after": 4}, "feed_begins_anew", id="higher than any"),
        pytest.param({"after": 1, "epoch": "0d9c3a9c-6c0b-4a0f-8a54-f2d3b9f1a111"}, "feed_begins_anew", id="epoch"),
    ],
)
def test_a_place_that_is_none_is_gone(api: Api, database: Database, query: dict[str, Any], code: str) -> None:
    add_person(database)
    record(database, 3)
    answer = get(api, **query)
    problem(answer, 410, code)
    again = get(api, after=answer.headers["X-Next"], epoch=answer.headers["X-Epoch"])
    assert [one["number"] for one in again.json()] == [1, 2, 3]


def test_a_place_before_the_first_change_is_gone(api: Api, database: Database) -> None:
    add_person(database)
    with database.transaction() as session:
        session.execute(text("UPDATE change_counter SET number = 100"))
    record(database, 1)
    problem(get(api, after=50), 410, "feed_begins_anew")
    assert [one["number"] for one in get(api, after=0).json()] == [101]


def test_a_copy_has_another_epoch(sqlite_url: str, tmp_path: Path, open_database: Callable[[str], Database]) -> None:
    original = open_database(sqlite_url)
    first = ensure_epoch(original)
    assert ensure_epoch(original) == first
    original.close()  # carries the log into the file
    copy = tmp_path / "copy.db"
    shutil.copy2(tmp_path / "kiosk.db", copy)
    copied = open_database(f"sqlite:///{copy}")
    other = ensure_epoch(copied)
    assert other != first
    assert ensure_epoch(copied) == other
    assert ensure_epoch(original) == first


def test_a_new_epoch_is_told(api: Api, database: Database) -> None:
    add_person(database)
    record(database, 1)
    epoch = get(api).headers["X-Epoch"]
    with database.transaction() as session:
        begin_epoch(session)
    problem(get(api, after=1, epoch=epoch), 410, "feed_begins_anew")


def test_the_stream_is_live_and_goes_on_where_it_broke_off(api: Api, database: Database) -> None:
    add_person(database)
    record(database, 2)
    waits_s = []
    with serving(api.app) as url:
        first = get(api, limit=1).json()[0]
        with following(url, {**api.read, "Last-Event-ID": first["id"]}) as stream:
            stream.wait_for(1)
            for count in range(2, 12):
                began_s = time.monotonic()
                record(database, 1)
                stream.wait_for(count)
                waits_s.append(time.monotonic() - began_s)
            api.app.state.end_streams()
    assert [one["number"] for one in stream.changes] == list(range(2, 13))
    assert sorted(waits_s)[len(waits_s) // 2] < 2


def test_a_stream_ends_when_its_token_is_revoked(api: Api, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_router, "HEARTBEAT_S", 0.3)
    with serving(api.app) as url, following(url, api.read) as stream:
        while not stream.comments:
            time.sleep(0.01)
        AccessTokens(database).revoke("read")
        assert stream.ended.wait(5)


def test_there_are_so_many_streams_and_no_more(api_on_sqlite: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_service, "MOST_STREAMS", 1)
    monkeypatch.setattr(feed_router, "HEARTBEAT_S", 0.1)
    api = api_on_sqlite
    with serving(api.app) as url, following(url, api.read) as stream:
        while not stream.comments:
            time.sleep(0.01)
        problem(api.client.get(f"{CHANGES}/stream", headers=api.read), 503, "too_many_streams")
        assert get(api).status_code == 200
        api.app.state.end_streams()


@pytest.mark.parametrize(
    ("last_event_id", "status", "code"),
    [
        pytest.param("7", 422, "invalid_request", id="no epoch"),
        pytest.param("0d9c3a9c-6c0b-4a0f-8a54-f2d3b9f1a111-7", 410, "feed_begins_anew", id="another epoch"),
        pytest.param("0d9c3a9c6c0b4a0f8a54f2d3b9f1a111----7", 422, "invalid_request", id="no UUID"),
        pytest.param("0d9c3a9c-6c0b-4a0f-8a54-f2d3b9f1a111-9999999999999999999", 422, "invalid_request", id="too high"),
    ],
)
def test_a_last_event_that_is_none(api_on_sqlite: Api, last_event_id: str, status: int, code: str) -> None:
    headers = {**api_on_sqlite.read, "Last-Event-ID": last_event_id}
    problem(api_on_sqlite.client.get(f"{CHANGES}/stream", headers=headers), status, code)
