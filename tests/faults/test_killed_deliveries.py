"""Cuts of the network and kill -9 of everything that writes or delivers: every receiver is told of every change.

The short form writes a hundred events over two cuts; with KIOSK_LONG_FAULTS=1 it is 10,000 over 20, beside a door that
watches and is killed as well.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from db.session import Database
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.cable import Cable, cable_to
from support.database_rows import add_person
from support.event_writer import occurred_at, trace_ids
from support.killable import WRITER, Killable, running
from support.kiosk_process import free_port
from support.mosquitto import Listener, listening, running_broker
from support.office_traffic import Traffic, at_once, enroll, void_by_api, void_by_command, watch_the_door
from support.receivers import ReceivingOffice, receiving_office, wait_until
from support.terminal_receivers import ScriptedReceiver, scripted_receiver
from support.webhook_server import WebhookServer, webhook_server

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"
EVENTS, CUTS, DOOR_KILLS, LONGEST_CUT_S = (10_000, 20, 20, 3.0) if LONG else (100, 2, 0, 0.3)
BY_COMMAND, BY_API = (12, 60) if LONG else (2, 2)
VOIDED = BY_COMMAND + BY_API
PATIENCE_S = 3000.0 if LONG else 300.0
ZONE = ZoneInfo("Europe/Moscow")
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # noqa: S105
LOCAL = {"allow_local": True, "allow_http": True}

pytestmark = [pytest.mark.slow, pytest.mark.serial]


class Neighbours:
    """One receiver of each kind, behind a network that can be cut, and what each was told."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.web: WebhookServer = stack.enter_context(webhook_server())
        broker = stack.enter_context(
            running_broker(folder / "broker", ["allow_anonymous true", "max_queued_messages 0"])
        )
        self.listener: Listener = stack.enter_context(listening(broker.port))
        self.terminals: ScriptedReceiver = stack.enter_context(scripted_receiver())
        ports = (int(self.web.url.split(":")[2].split("/")[0]), broker.port, int(self.terminals.url.split(":")[2]))
        self._cables: list[Cable] = [stack.enter_context(cable_to(port)) for port in ports]
        self.folder, self._hidden = folder / "payroll", folder / "elsewhere"
        self.folder.mkdir()

    def add_to(self, office: ReceivingOffice) -> None:
        web, mqtt, terminals = (cable.port for cable in self._cables)
        office.add("web", "webhook", {"secret": SECRET}, url=f"http://127.0.0.1:{web}/hook", **LOCAL)
        office.add("mqtt", "mqtt", host="127.0.0.1", port=mqtt, tls=False, topic="office")
        office.add("adms", "adms", url=f"http://127.0.0.1:{terminals}", serial="K1", pin="id")
        office.add("files", "files", folder=self.folder, minutes=0, format="csv")

    def cut(self) -> None:
        for cable in self._cables:
            cable.cut()
        self.folder.rename(self._hidden)

    def mend(self) -> None:
        self._hidden.rename(self.folder)
        for cable in self._cables:
            cable.mend()

    def told_web(self) -> list[dict[str, object]]:
        return [json.loads(one.body)["data"] for one in self.web.received]

    def told_mqtt(self) -> list[dict[str, object]]:
        return [json.loads(payload) for payload in self.listener.payloads("office/event")]

    def told_files(self) -> list[dict[str, object]]:
        return [dict(row) for path in sorted(self.folder.glob("*.csv")) for row in _rows(path)]

    def told_terminals(self) -> list[str]:
        """Return the local times of the events of the writer, as they came."""
        lines = (line.split("\t") for upload in self.terminals.uploads() for line in upload.splitlines())
        return [line[1] for line in lines if line[1].startswith("2026-01-")]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_every_receiver_is_told_of_every_change(
    database_url: str, database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    environment = settings_of(database_url, tmp_path / "data")
    chance, done, port = random.Random(7), Traffic(), free_port()  # noqa: S311
    tasks: list[Callable[[], None]] = []
    if DOOR_KILLS:
        enroll(environment)
        clip: Path = request.getfixturevalue("busy_clip")
        tasks.append(partial(watch_the_door, environment, clip, DOOR_KILLS, chance, done))
    else:
        add_person(database)
    _, token = AccessTokens(database).create("payroll", TokenScope.WRITE)
    office = receiving_office(database, tmp_path / "data" / "receivers")
    events = trace_ids("door", EVENTS)
    with ExitStack() as stack:
        neighbours = Neighbours(stack, tmp_path)
        neighbours.add_to(office)
        writer = stack.enter_context(running((WRITER, database_url, "door", str(EVENTS), "5", "0.01")))
        serving = stack.enter_context(running(("-m", "kiosk", "serve", "--port", str(port)), environment))
        deliverer = stack.enter_context(running(("-m", "kiosk", "deliver"), environment))
        wait_until(lambda: len(neighbours.web.received) > VOIDED, "it begins", PATIENCE_S)
        tasks += [
            partial(void_by_command, events[:BY_COMMAND], environment, chance, done, PATIENCE_S),
            partial(void_by_api, events[BY_COMMAND:VOIDED], port, token, done, PATIENCE_S),
        ]
        with at_once(*tasks):
            cut_and_kill(neighbours, [deliverer, writer, serving], chance)
            wait_until(writer.is_over, "all is written", PATIENCE_S)
        wait_until(lambda: is_told(office), "all is delivered", PATIENCE_S)
        wait_until(lambda: len(neighbours.told_mqtt()) >= changes_of(office), "the broker has passed all on")
    check(neighbours, changes_of(office), done)
    kills = {"writer": writer.kills, "API": serving.kills, "deliverer": deliverer.kills}
    kills |= {"command line": done.command_kills, "door": done.door_kills}
    report(database.engine.dialect.name, neighbours, changes_of(office), kills, done)


def settings_of(database_url: str, data_dir: Path) -> dict[str, str]:
    data_dir.mkdir(exist_ok=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    settings = {
        "DATABASE_URL": database_url, "DATA_DIR": str(data_dir), "TIMEZONE": ZONE.key, "COOLDOWN_S": "0",
        "UNKNOWN_COOLDOWN_S": "0", "SNAPSHOTS": "false", "API_REQUESTS_PER_MINUTE": "1000000",
    }  # fmt: skip
    return own | {f"KIOSK_{name}": value for name, value in settings.items()}


def cut_and_kill(neighbours: Neighbours, processes: Sequence[Killable], chance: random.Random) -> None:
    """Cut everything off, kill one process, and go on, until it was done as often as it has to be."""
    for number in range(CUTS):
        goal = min(len(neighbours.web.received) + EVENTS // (CUTS * 2), EVENTS)
        wait_until(lambda: len(neighbours.web.received) >= goal, "it goes on", PATIENCE_S)  # noqa: B023
        neighbours.cut()
        killed = processes[number % len(processes)]
        if not killed.is_over():
            killed.kill()
        time.sleep(chance.uniform(0, LONGEST_CUT_S))
        neighbours.mend()


def changes_of(office: ReceivingOffice) -> int:
    stored = office.stored("web")
    return stored.position + office.receivers.waiting(stored)


def is_told(office: ReceivingOffice) -> bool:
    return all(one.position == changes_of(office) for one in office.receivers.list())


def check(neighbours: Neighbours, changes: int, done: Traffic) -> None:
    """Demand every number once more or less, in order, always with the same id, and what was answered or announced."""
    for told in (neighbours.told_web(), neighbours.told_mqtt(), neighbours.told_files()):
        ids = dict.fromkeys((int(str(one["number"])), one["id"]) for one in told)
        assert [number for number, _ in ids] == list(range(1, changes + 1))
    told = neighbours.told_web()
    assert {str(one) for one in trace_ids("door", EVENTS)} | done.announced <= {str(one["trace_id"]) for one in told}
    corrected = list(dict.fromkeys((one["number"], one["trace_id"]) for one in told if one["kind"] == "correction"))
    voided = [trace_id for _, trace_id in corrected if trace_id in done.voided]
    assert len(voided) == len(set(voided)) == len(done.voided) == VOIDED
    seen = list(dict.fromkeys(neighbours.told_terminals()))
    expected = [f"{occurred_at(one).astimezone(ZONE):%Y-%m-%d %H:%M:%S}" for one in range(EVENTS)]
    assert seen == [one for one in expected if one in set(seen)], "in the order in which they were written"
    missing = set(expected) - set(seen)
    assert missing <= set(expected[:VOIDED]), "only what was voided before it was told"


def report(kind: str, neighbours: Neighbours, changes: int, kills: dict[str, int], done: Traffic) -> None:
    waits_s = [one.at_s - _recorded_s(one.body) for one in neighbours.web.received]
    again = {
        "webhook": len(neighbours.told_web()) - changes,
        "mqtt": len(neighbours.told_mqtt()) - changes,
        "files": len(neighbours.told_files()) - changes,
        "adms": len(neighbours.told_terminals()) - len(set(neighbours.told_terminals())),
    }
    sys.stdout.write(
        f"\n{kind}: {changes} changes, {CUTS} cuts of all four, kills {kills}, {len(done.announced)} events announced "
        f"at the door: none lost, in order; sent again {again}; webhook told {median(waits_s):.2f} s after, "
        f"{max(waits_s):.1f} s at most\n"
    )


def _recorded_s(body: bytes) -> float:
    return datetime.fromisoformat(json.loads(body)["data"]["recorded_at"]).timestamp()
