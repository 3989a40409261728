"""What is sent without a valid token has a budget of its own, and never uses up a valid token's."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from db.session import Database
from kiosk.app.models import LoadedModels
from kiosk.security.access_tokens import PREFIX
from kiosk.web.limits import FAILED_ACCESSES_PER_MINUTE, LONGEST_WAIT_S
from support.api_client import Api, opened_api
from support.api_server import serving
from support.builders import make_settings

INFO = "/api/v1/info"
REQUESTS_PER_MINUTE = 40


@pytest.fixture
def api(
    sqlite_url: str, open_database: Callable[[str], Database], loaded_models: LoadedModels, tmp_path: Path
) -> Iterator[Api]:
    settings = make_settings(tmp_path / "data", database_url=sqlite_url, api_requests_per_minute=REQUESTS_PER_MINUTE)
    with opened_api(settings, loaded_models, open_database(sqlite_url)) as opened:
        yield opened


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(lambda: {}, id="no token"),
        pytest.param(lambda: {"Authorization": "Bearer nothing"}, id="no token's form"),
        pytest.param(lambda: {"Authorization": f"Bearer {PREFIX}{secrets.token_urlsafe(32)}"}, id="guesses"),
    ],
)
def test_a_flood_without_a_valid_token_keeps_no_valid_one_out(
    api: Api, authorization: Callable[[], dict[str, str]]
) -> None:
    stop, answered = threading.Event(), Counter[int]()

    def flood(address: str) -> None:
        with httpx2.Client(base_url=address) as http:
            while not stop.is_set():
                answer = http.get(INFO, headers=authorization())
                answered[answer.status_code] += 1
                assert 0 < int(answer.headers.get("Retry-After", 1)) <= LONGEST_WAIT_S

    with serving(api.app) as address, ThreadPoolExecutor(2) as threads:
        floods = [threads.submit(flood, address) for _ in range(2)]
        with httpx2.Client(base_url=address, headers=api.read) as http:
            while answered[429] < 2 * REQUESTS_PER_MINUTE and not any(running.done() for running in floods):
                stop.wait(0.01)
            allowed = [http.get(INFO).status_code for _ in range(REQUESTS_PER_MINUTE)]
            beyond = http.get(INFO).status_code
        stop.set()
        for running in floods:
            running.result()
    assert (allowed, beyond) == ([200] * REQUESTS_PER_MINUTE, 429)
    assert answered.keys() == {401, 429}
    assert answered[401] == FAILED_ACCESSES_PER_MINUTE
