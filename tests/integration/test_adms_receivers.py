"""Tests for the ADMS receiver with published systems that receive terminals, as they are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db import audit_log
from db.session import Database
from kiosk.domain.types import EventType
from kiosk.employees.store import EmployeeStore
from kiosk.receivers.port import DeliveryFailed
from support.fakes import MORNING
from support.mosquitto import wait_until
from support.receiver_context import entries, entry, make_context, make_receiver
from support.terminal_receivers import PublishedReceiver, commands_as_json, fingerprint, tungsten

BERLIN = ZoneInfo("Europe/Berlin")
CHANGES_OF_SUMMER_TIME = (
    ("2025-03-30T00:59:59", "2025-03-30 01:59:59"),
    ("2025-03-30T01:00:00", "2025-03-30 03:00:00"),
    ("2025-10-26T00:30:00", "2025-10-26 02:30:00"),
    ("2025-10-26T01:31:00", "2025-10-26 02:31:00"),
    ("2025-10-26T02:00:00", "2025-10-26 03:00:00"),
)
TUNGSTEN_ROWS = "SELECT punched_at FROM tungsten_hr_punches WHERE person = ? ORDER BY id"
FINGERPRINT_ROWS = (
    "SELECT device_local_time, raw_state, verify_mode, punched_at FROM fingerprint_attendance_punch "
    "WHERE raw_pin = ? ORDER BY id"
)


@pytest.fixture
def office(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    """For what does not depend on the kind of database."""
    return open_database(sqlite_url)


@pytest.fixture(scope="module")
def tungsten_hr(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedReceiver]:
    yield from started(tungsten(tmp_path_factory.mktemp("tungsten")))


@pytest.fixture(scope="module")
def fingerprint_attendance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedReceiver]:
    yield from started(fingerprint(tmp_path_factory.mktemp("fingerprint"), BERLIN.key))


def started(receiver: PublishedReceiver) -> Iterator[PublishedReceiver]:
    receiver.start()
    yield receiver
    receiver.kill()


def test_a_published_hr_system_takes_attendance_over_both_changes_of_summer_time(
    tungsten_hr: PublishedReceiver, office: Database, tmp_path: Path
) -> None:
    number = "T417"
    receiver = make_receiver("adms", make_context(office, tmp_path / "state", BERLIN), options(tungsten_hr))
    told = [
        entry(at=datetime.fromisoformat(at).replace(tzinfo=UTC), external_id=number) for at, _ in CHANGES_OF_SUMMER_TIME
    ]
    receiver.deliver(told)
    receiver.deliver(told)  # as after an answer that was lost
    receiver.close()
    found = [row[0].removesuffix(".000000") for row in tungsten_hr.rows(TUNGSTEN_ROWS, number)]
    assert found == [local for _, local in CHANGES_OF_SUMMER_TIME]


def test_a_published_application_takes_attendance_over_both_changes_of_summer_time(
    fingerprint_attendance: PublishedReceiver, office: Database, tmp_path: Path
) -> None:
    number = "F417"
    context = make_context(office, tmp_path / "state", BERLIN)
    receiver = make_receiver("adms", context, options(fingerprint_attendance))
    kinds = (EventType.ENTRY, EventType.EXIT)
    told = [
        entry(at=datetime.fromisoformat(at).replace(tzinfo=UTC), event_type=kinds[place % 2], external_id=number)
        for place, (at, _) in enumerate(CHANGES_OF_SUMMER_TIME)
    ]
    receiver.deliver(told)
    receiver.deliver(told)
    receiver.close()
    rows = fingerprint_attendance.rows(FINGERPRINT_ROWS, number)
    assert [row[0] for row in rows] == [local for _, local in CHANGES_OF_SUMMER_TIME]
    assert [row[1] for row in rows] == ["0", "1", "0", "1", "0"]
    assert {row[2] for row in rows} == {15}
    # The other side takes them right but for one of the doubled hour's: times have no offset in this protocol.
    expected = [at.replace("T", " ") for at, _ in CHANGES_OF_SUMMER_TIME]
    wrong = [place for place, row in enumerate(rows) if row[3] != expected[place]]
    assert len(wrong) == 1 and wrong[0] in {2, 3}


def test_the_other_sides_time_zone_is_noticed(
    fingerprint_attendance: PublishedReceiver, office: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    receiver = make_receiver("adms", make_context(office, tmp_path / "state"), options(fingerprint_attendance))
    assert "another time zone for it than Europe/Moscow" in receiver.test()
    receiver.close()
    assert "adms.other_time_zone" in caplog.text


def test_a_terminal_that_is_switched_off_there_is_not_admitted(
    tungsten_hr: PublishedReceiver, office: Database, tmp_path: Path
) -> None:
    given = options(tungsten_hr) | {"serial": "off"}
    receiver = make_receiver("adms", make_context(office, tmp_path / "state"), given)
    receiver.test()
    for is_active in (False, True):
        update = "UPDATE tungsten_hr_devices SET is_active = ? WHERE serial_number = ?"
        tungsten_hr.rows(update, is_active, given["serial"])
        if is_active:
            receiver.deliver(entries(1))
        else:
            with pytest.raises(DeliveryFailed, match="does not admit") as failed:
                receiver.deliver(entries(1))
            assert failed.value.code == "not_admitted"
    receiver.close()


def test_commands_are_refused_and_people_come_in_when_allowed(
    fingerprint_attendance: PublishedReceiver, database: Database, tmp_path: Path
) -> None:
    serial, number = f"C{database.engine.dialect.name}", f"9{len(database.engine.dialect.name)}"
    given = options(fingerprint_attendance) | {"serial": serial}
    context = make_context(database, tmp_path / "state", BERLIN)
    fingerprint_attendance.rows("DELETE FROM fingerprint_attendance_devicecommand")
    fingerprint_attendance.rows("UPDATE fingerprint_attendance_device SET serial_number = ? WHERE id = 1", serial)
    fingerprint_attendance.rows("DELETE FROM fingerprint_attendance_device WHERE id > 1")
    fingerprint_attendance.run(
        commands_as_json(
            ("reboot", {}),
            ("clear_logs", {}),
            ("clear_data", {}),
            ("raw", {"command": "SHELL cat /etc/passwd"}),
            ("enroll_fingerprint", {"pin": number, "finger_index": 1}),
            ("query_users", {}),
            ("add_user", {"pin": number, "name": "Vera Orlova", "password": "4711"}),
        )
    )
    for people, code in ((False, -1002), (True, 0)):
        receiver = make_receiver("adms", context, given | {"people": people})
        receiver.idle()
        receiver.close()
        commands = fingerprint_attendance.rows(
            "SELECT command_type, return_code FROM fingerprint_attendance_devicecommand ORDER BY id"
        )
        assert [one for one in commands if one[0] != "add_user" and one[1] != -1002] == []
        assert commands[-1] == ("add_user", code)
        if not people:
            fingerprint_attendance.run(commands_as_json(("add_user", {"pin": number, "name": "Vera Orlova"})))
    assert [person.full_name for person in EmployeeStore(database).list()] == ["Vera Orlova"]
    with database.reading() as session:
        refused = [one for one in audit_log.entries(session) if one.action == "command_refused"]
    assert {one.subject for one in refused} == {"receiver:office"}
    told = " ".join(one.details for one in refused)
    assert all(verb in told for verb in ("REBOOT", "CLEAR", "SHELL", "ENROLL", "DATA"))
    assert not any(secret in told for secret in ("passwd", "4711", "Vera"))


def test_nothing_is_lost_when_the_other_side_is_killed(office: Database, tmp_path: Path) -> None:
    other = tungsten(tmp_path)
    other.start()
    receiver = make_receiver("adms", make_context(office, tmp_path / "state"), options(other))
    waiting, failures, kills = entries(200, at=MORNING), 0, [100]
    while waiting:
        killing = threading.Timer(0.05, other.kill)
        if kills and len(waiting) <= kills[0]:
            kills.pop(0)
            killing.start()
        try:
            receiver.deliver(waiting[:50])
            waiting = waiting[50:]
        except DeliveryFailed:
            failures += 1
            receiver.close()
            killing.join()
            other.start()
            receiver = make_receiver("adms", make_context(office, tmp_path / "state"), options(other))
    receiver.close()
    wait_until(lambda: len(other.rows(TUNGSTEN_ROWS, "00417")) >= 200)
    other.kill()
    assert failures == 1
    found = [row[0] for row in other.rows(TUNGSTEN_ROWS, "00417")]
    assert found == sorted(set(found)) and len(found) == 200


def options(receiver: PublishedReceiver) -> dict[str, object]:
    return {"url": receiver.url, "serial": "K1"}
