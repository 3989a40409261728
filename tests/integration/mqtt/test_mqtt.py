"""Tests for the MQTT receiver with a real broker."""

from __future__ import annotations

import json
import signal
import socket
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from db.attendance_log import DatabaseAttendanceLog
from db.consents import record_consent
from db.models import EmployeeRow
from db.session import Database
from kiosk.core.context import LOCAL
from kiosk.domain.types import EventType
from kiosk.monitoring.health import HealthCheck, HealthGrade
from kiosk.receivers import mqtt_connection
from kiosk.receivers.port import DeliveryFailed, ReceiverContext
from kiosk.security.audit_recorder import AuditRecorder
from support.builders import event
from support.database_rows import add_person
from support.fakes import MORNING
from support.mosquitto import Listener, Mosquitto, listening, retained, running_broker, wait_until
from support.mqtt_receivers import connected, numbers
from support.receiver_context import entries, make_context


def enter(database: Database, name: str, number: str | None = None) -> int:
    """Let a new person come in; return their id."""
    person = add_person(database, name)
    with database.transaction() as session:
        session.execute(update(EmployeeRow).where(EmployeeRow.id == person).values(external_id=number))
    DatabaseAttendanceLog(database).record([event(person, EventType.ENTRY, MORNING - timedelta(minutes=1))])
    return person


def test_events_and_the_state_reach_whoever_listens(
    broker: Mosquitto, database: Database, version: str, tmp_path: Path
) -> None:
    context = make_context(database, tmp_path / "state")
    enter(database, "Anna")
    receiver = connected(broker, context, version=version)
    with listening(broker.port) as listener:
        receiver.deliver(entries(3, first=41))
        wait_until(lambda: "office/health" in listener.latest())
        told = [json.loads(payload) for payload in listener.payloads("office/event")]
        assert [one["number"] for one in told] == [41, 42, 43]
        assert [one["id"].rpartition("-")[2] for one in told] == ["41", "42", "43"]
        assert told[0]["event"]["employee_id"] == 5 and "full_name" not in told[0]["event"]
        receiver.close()
        wait_until(lambda: listener.latest()["office/availability"] == b"offline")
    kept = retained(broker.port)
    assert kept["office/people_in"] == b"1"
    assert json.loads(kept["office/last_event"])["event_type"] == "entry"
    assert json.loads(kept["office/health"]) == {"state": "ok", "faults": {}}
    assert "office/event" not in kept  # nobody gets an old event for a new one
    assert sum(topic.startswith("homeassistant/") for topic in kept) == 3
    assert not [topic for topic in kept if topic.startswith("office/presence")]


def test_a_kiosk_that_is_gone_is_offline(
    broker: Mosquitto, context: ReceiverContext, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt_connection, "KEEPALIVE_S", 1)  # the broker waits for one and a half of it
    receiver = connected(broker, context, version=version)
    receiver.idle()
    assert retained(broker.port)["office/availability"] == b"online"
    connection = receiver._connection  # type: ignore[attr-defined]
    connection._client._sock.shutdown(socket.SHUT_RDWR)  # as when the cable is drawn
    wait_until(lambda: retained(broker.port)["office/availability"] == b"offline")
    receiver.idle()
    assert retained(broker.port)["office/availability"] == b"online"
    receiver.close()


def test_the_doors_faults_are_shown(broker: Mosquitto, database_on_sqlite: Database, tmp_path: Path) -> None:
    checks = (HealthCheck("camera", HealthGrade.DEGRADED, "lost"), HealthCheck("disk", HealthGrade.FAILED, "full"))
    receiver = connected(broker, make_context(database_on_sqlite, tmp_path / "state", checks=checks))
    receiver.idle()
    receiver.close()
    expected = {"state": "failed", "faults": {"camera": "lost", "disk": "full"}}
    assert json.loads(retained(broker.port)["office/health"]) == expected


def test_presence_goes_when_it_is_no_longer_to_be_shown(
    broker: Mosquitto, database: Database, version: str, tmp_path: Path
) -> None:
    context = make_context(database, tmp_path / "state")
    people = [
        enter(database, "Anna", "00417"),
        enter(database, "Boris"),
        enter(database, "Vera"),
        enter(database, "Eva"),
    ]
    anna, boris, vera, eva = people
    wanted = {"version": version, "presence": True, "people": "number"}

    def shown(**options: Any) -> set[str]:
        receiver = connected(broker, context, **options)
        receiver.idle()
        receiver.close()
        return {topic for topic in retained(broker.port) if topic.startswith("office/presence/")}

    topics = {one: f"office/presence/id/{one}" for one in people} | {anna: "office/presence/number/00417"}
    assert shown(**wanted) == set(topics.values())
    with database.transaction() as session:
        session.execute(update(EmployeeRow).where(EmployeeRow.id == boris).values(is_active=False))
        record_consent(session, eva, "1", LOCAL)
    for erased in (vera, eva):  # and Eva has agreed anew
        AuditRecorder(database).record("erase", f"employee:{erased}")
    assert shown(**wanted) == {topics[anna], topics[eva]}
    assert shown(**wanted | {"people": "id"}) == {f"office/presence/id/{anna}", topics[eva]}
    assert shown(version=version) == set()


def test_discovery_is_taken_back(broker: Mosquitto, context: ReceiverContext) -> None:
    for wanted in (True, False):
        receiver = connected(broker, context, discovery=wanted)
        receiver.idle()
        receiver.close()
        assert any(topic.startswith("homeassistant/") for topic in retained(broker.port)) is wanted


def test_a_broker_that_does_not_confirm_in_time(
    broker: Mosquitto, context: ReceiverContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = connected(broker, context)
    receiver.deliver(entries(1))
    monkeypatch.setattr(mqtt_connection, "PUBLISH_S", 0.4)
    monkeypatch.setattr(mqtt_connection, "GOODBYE_S", 0.1)
    with broker.stopped():
        with pytest.raises(DeliveryFailed) as failed:
            receiver.deliver(entries(5))
        receiver.close()
    assert (failed.value.code, failed.value.delivered) == ("timeout", 0)


def test_nothing_is_lost_when_the_broker_is_killed(context: ReceiverContext, version: str, tmp_path: Path) -> None:
    """What the broker has not confirmed is delivered again, with the same id.

    What it has confirmed and not yet passed on, a killed broker may forget by itself: it is killed before it reads.
    """
    waiting, failures, kills = entries(1500), 0, [1200, 700, 300]
    at_once = ["allow_anonymous true", "max_inflight_messages 0"]
    with running_broker(tmp_path / "broker", at_once) as broker, listening(broker.port) as listener:
        receiver = connected(broker, context, version=version)
        while waiting:
            killing = threading.Timer(0.05, broker.kill)
            if kills and len(waiting) <= kills[0]:
                kills.pop(0)
                wait_until(partial(has_heard, listener, 1500 - len(waiting)))
                broker.send(signal.SIGSTOP)
                killing.start()
            try:
                receiver.deliver(waiting[:100])
                delivered = 100
            except DeliveryFailed as failed:
                failures, delivered = failures + 1, failed.delivered
                receiver.close()
                killing.join()
                broker.start()
                listener.await_subscription()
            waiting = waiting[delivered:]
        wait_until(lambda: len(set(numbers(listener.payloads("office/event")))) >= 1500)
        receiver.close()
    heard = list(dict.fromkeys(numbers(listener.payloads("office/event"))))
    assert failures == 3
    assert heard == list(range(1, 1501))


def has_heard(listener: Listener, count: int) -> bool:
    return len(listener.payloads("office/event")) >= count
