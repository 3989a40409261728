"""Bad receivers slow nothing, and no client of the feed misses a change.

The client of the feed reads two thousand rows; with KIOSK_LONG_FAULTS=1 it is a million (KIOSK_TEST_FEED_ROWS).
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import httpx2
import pytest
from sqlalchemy import text

from db.session import Database
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.builders import event
from support.certificates import Authority
from support.database_rows import add_person
from support.event_writer import trace_ids
from support.killable import WRITER, Killable, running
from support.kiosk_process import free_port
from support.receivers import receiving_office, wait_until
from support.webhook_server import drip, hang, pour, raw_server, webhook_server

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"
FEED_ROWS = int(os.environ.get("KIOSK_TEST_FEED_ROWS", "1000000" if LONG else "2000"))
WRITERS = 8
HELD_OPEN_S = 60 if LONG else 3
PATIENCE_S = 5400.0 if LONG else 550.0
LATE = (
    "INSERT INTO attendance_log (employee_id, event_type, timestamp, trace_id) "
    "VALUES (1, 'entry', '2026-01-05 09:00:00+00', '00000000-0000-4000-8000-00000000abcd')"
)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # noqa: S105
LOCAL = {"allow_local": True, "allow_http": True}

pytestmark = [pytest.mark.slow, pytest.mark.serial]


def settings_of(database_url: str, data_dir: Path) -> dict[str, str]:
    data_dir.mkdir(exist_ok=True)
    return {"KIOSK_DATABASE_URL": database_url, "KIOSK_DATA_DIR": str(data_dir), "KIOSK_TIMEZONE": "Europe/Moscow"}


def test_one_that_fails_in_any_way_slows_no_other(
    sqlite_url: str, open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    database = open_database(sqlite_url)
    add_person(database)
    office = receiving_office(database, tmp_path / "data" / "receivers")
    with ExitStack() as servers:
        bad = {f"bad-{talk.__name__}": servers.enter_context(raw_server(talk)) for talk in (hang, drip, pour)}
        failing, moved, well = (servers.enter_context(webhook_server()) for _ in range(3))
        failing.status, moved.status, moved.headers = 500, 308, {"Location": well.url}
        encrypted = servers.enter_context(webhook_server(Authority(tmp_path).issue("payroll")))
        bad |= {"bad-500": failing.url, "bad-moved": moved.url, "bad-certificate": encrypted.url}
        for name, url in {**bad, "well": well.url}.items():
            office.add(name, "webhook", {"secret": SECRET}, url=url, **LOCAL)
        waits_s, writes_s = [], []
        with office.delivering():
            for count in range(1, 31):
                began_s = time.monotonic()
                office.record(event())
                writes_s.append(time.monotonic() - began_s)
                wait_until(lambda: len(well.received) == count, "the good one is told")  # noqa: B023
                waits_s.append(time.monotonic() - began_s)
        states = {one.name: one.error for one in office.receivers.list()}
    sys.stdout.write(
        f"live {median(waits_s):.2f} s, {max(waits_s):.2f} s at most; written in {median(writes_s) * 1000:.0f} ms\n"
    )
    assert states["well"] is None
    assert (states["bad-500"], states["bad-moved"]) == ("http_500", "redirected")
    assert states["bad-certificate"] == "certificate"
    assert median(waits_s) < 2
    assert median(writes_s) < 0.5


def test_a_client_of_the_feed_misses_nothing(database_url: str, database: Database, tmp_path: Path) -> None:
    add_person(database)
    _, token = AccessTokens(database).create("reader", TokenScope.READ)
    port = free_port()
    settings = settings_of(database_url, tmp_path / "data") | {"KIOSK_API_REQUESTS_PER_MINUTE": "1000000"}
    each = FEED_ROWS // WRITERS
    with ExitStack() as stack:
        serving = stack.enter_context(running(("-m", "kiosk", "serve", "--port", str(port)), settings))
        poller = Poller(f"http://127.0.0.1:{port}/api/v1/attendance/changes", token)
        stack.enter_context(poller.polling())
        wait_until(lambda: poller.answers, "the API answers", 60)
        at_once = "200" if LONG else "20"
        writing = [(WRITER, database_url, f"door-{number}", str(each), at_once, "0") for number in range(WRITERS)]
        writers = [stack.enter_context(running(one)) for one in writing]
        stack.enter_context(held_open(database))
        kill_some(writers, serving)
        wait_until(lambda: all(one.is_over() for one in writers), "all is written", PATIENCE_S)
        wait_until(lambda: len(poller.trace_ids) >= each * WRITERS, "all is read", PATIENCE_S)
    wanted = {str(one) for number in range(WRITERS) for one in trace_ids(f"door-{number}", each)}
    assert wanted <= poller.trace_ids, f"{len(wanted - poller.trace_ids)} missed"
    assert poller.numbers == list(range(1, len(poller.numbers) + 1))
    kills = sum(one.kills for one in (*writers, serving))
    sys.stdout.write(
        f"{len(poller.numbers)} changes in {poller.answers} answers, {kills} kills: none missed, none twice\n"
    )


class Poller:
    """Asks for what is new, again and again, whatever the API does meanwhile."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._headers = url, {"Authorization": f"Bearer {token}"}
        self._stopping = threading.Event()
        self.answers = 0
        self.numbers: list[int] = []
        self.trace_ids: set[str] = set()

    @contextmanager
    def polling(self) -> Iterator[None]:
        thread = threading.Thread(target=self._poll)
        thread.start()
        yield
        self._stopping.set()
        thread.join()

    def _poll(self) -> None:
        place: dict[str, str] = {"after": "0", "limit": "1000"}
        while not self._stopping.is_set():
            try:
                answer = httpx2.get(self._url, params=place, headers=self._headers, timeout=60)
                changes = answer.raise_for_status().json()
            except httpx2.HTTPError:
                time.sleep(0.1)
                continue
            self.answers += 1
            place |= {"after": answer.headers["X-Next"], "epoch": answer.headers["X-Epoch"]}
            self.numbers += [one["number"] for one in changes]
            self.trace_ids |= {one["trace_id"] for one in changes}
            if not changes:
                time.sleep(0.02)


@contextmanager
def held_open(database: Database) -> Iterator[None]:
    """Write a row and commit it long afterwards, beside the others; on SQLite that would keep all others waiting."""

    def hold() -> None:
        if database.engine.dialect.name == "sqlite":
            return
        with database.transaction() as session:
            session.execute(text(LATE))
            time.sleep(HELD_OPEN_S)

    thread = threading.Thread(target=hold)
    thread.start()
    yield
    thread.join()


def kill_some(writers: Sequence[Killable], serving: Killable) -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(12 if LONG else 3):
        time.sleep(chance.uniform(0.2, 3 if LONG else 1))
        chosen = chance.choice(writers)
        if not chosen.is_over():
            chosen.kill()
    serving.kill()
