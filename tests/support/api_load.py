"""Many API clients at once: their requests, the answers, and whether everything they wrote is stored once."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2

from support import photographs

EMPLOYEES, ATTENDANCE = "/api/v1/employees", "/api/v1/attendance"
ENROLLED_FROM = ("obama.jpg", "biden.jpg", "astronaut.png")
SHARED_ADDRESSES = 200
"""So many e-mail addresses are created again and again by all clients."""

WEIGHTS = {"list": 25, "get": 20, "status": 10, "history": 10, "create": 15, "log": 10, "detect": 7, "enroll": 3}
EXPECTED = {200, 201, 404, 409, 422, 503}


@dataclass
class Record:
    """What was answered. created, logged: e-mail addresses and trace ids that the API said it had written."""

    took_ms: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in WEIGHTS})
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    created: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    lasted_s: float = 0.0

    @property
    def count(self) -> int:
        return self.statuses.total()

    def unexpected(self) -> dict[tuple[str, int], int]:
        return {key: n for key, n in self.statuses.items() if key[1] not in EXPECTED}

    def table(self) -> str:
        rows = [f"{self.count} requests in {self.lasted_s:.1f} s: {self.count / self.lasted_s:.1f} a second"]
        for kind, took_ms in self.took_ms.items():
            if len(took_ms) > 1:
                p95 = statistics.quantiles(took_ms, n=20)[-1]
                answers = ", ".join(f"{s}: {n}" for (k, s), n in sorted(self.statuses.items()) if k == kind)
                median = statistics.median(took_ms)
                rows.append(f"{kind:8} {len(took_ms):6}  median {median:7.0f} ms  p95 {p95:7.0f} ms  {answers}")
        everything = [ms for took_ms in self.took_ms.values() for ms in took_ms]
        rows.append(f"{'all':8} {len(everything):6}  p95 {statistics.quantiles(everything, n=20)[-1]:.0f} ms")
        return "\n".join(rows)


async def ask_for(address: str, token: str, client_count: int, seconds: float) -> Record:
    """Let clients ask at random until the time is over."""
    record, began_s = Record(), time.monotonic()
    pictures = {file: photographs.path(file).read_bytes() for file in ("obama2.jpg", *ENROLLED_FROM)}
    limits = httpx2.Limits(max_connections=client_count, max_keepalive_connections=client_count)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=120) as http:
        clients = [Client(http, random.Random(seed), record, pictures) for seed in range(client_count)]  # noqa: S311
        await asyncio.gather(*(client.ask_until(began_s + seconds) for client in clients))
    record.lasted_s = time.monotonic() - began_s
    return record


@dataclass
class Client:
    http: httpx2.AsyncClient
    random: random.Random
    record: Record
    pictures: dict[str, bytes]

    async def ask_until(self, ends_s: float) -> None:
        while time.monotonic() < ends_s:
            (kind,) = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))
            began_s = time.perf_counter()
            answer = await getattr(self, f"_{kind}")()
            self.record.took_ms[kind].append((time.perf_counter() - began_s) * 1000)
            self.record.statuses[kind, answer.status_code] += 1

    async def _list(self) -> Any:
        query: dict[str, str | int] = {"limit": 50, "search": self.random.choice(["", "worker-1", "office"])}
        return await self.http.get(f"{EMPLOYEES}/", params=query)

    async def _get(self) -> Any:
        return await self.http.get(f"{EMPLOYEES}/{self._number()}")

    async def _status(self) -> Any:
        return await self.http.get(f"{ATTENDANCE}/status/{self._number()}")

    async def _history(self) -> Any:
        return await self.http.get(f"{ATTENDANCE}/history", params={"limit": 50})

    async def _create(self) -> Any:
        email = f"worker-{self.random.randrange(SHARED_ADDRESSES)}@office.test"
        answer = await self.http.post(f"{EMPLOYEES}/", json={"full_name": "Worker", "email": email})
        if answer.status_code == 201:
            self.record.created.append(email)
        return answer

    async def _log(self) -> Any:
        answer = await self.http.post(f"{ATTENDANCE}/log", json={"employee_id": self._number()})
        if answer.status_code == 201:
            self.record.logged.append(answer.json()["trace_id"])
        return answer

    async def _detect(self) -> Any:
        file = self.random.choice(list(self.pictures))
        return await self.http.post("/api/v1/recognition/detect", files={"image": (file, self.pictures[file])})

    async def _enroll(self) -> Any:
        file = self.random.choice(ENROLLED_FROM)
        form = {"full_name": file, "email": f"{file}@office.test", "consent_version": "1"}
        photos = [("photos", (file, self.pictures[file]))]
        answer = await self.http.post(f"{EMPLOYEES}/enroll", data=form, files=photos)
        if answer.status_code == 201:
            self.record.created.append(form["email"])
        return answer

    def _number(self) -> int:
        return self.random.randrange(1, SHARED_ADDRESSES)


def missing_and_doubled(http: httpx2.Client, record: Record) -> list[str]:
    """Say what the API has written, by its own word, and does not have, or has twice."""
    faults = []
    people = [person["email"] for person in _everything(http, f"{EMPLOYEES}/")]
    rows = [row["trace_id"] for row in _everything(http, f"{ATTENDANCE}/history")]
    for what, told, found in (("people", record.created, people), ("events", record.logged, rows)):
        if sorted(told) != sorted(found):
            faults.append(f"{len(told)} {what} were written, by the API's word, and {len(found)} are there")
        if len(set(found)) != len(found):
            faults.append(f"{len(found) - len(set(found))} {what} are there twice")
    return faults


def _everything(http: httpx2.Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = http.get(path, params={"skip": len(found), "limit": 1000})
        found += page.json()
        if len(found) >= int(page.headers["X-Total-Count"]):
            return found
