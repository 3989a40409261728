"""Tests for what the ADMS receiver uploads, and what it does about answers that are none."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db import audit_log
from db.session import Database
from kiosk.core.clock import elapsed_s
from kiosk.domain.attendance_log import ChangeKind, FeedEntry
from kiosk.domain.types import EventType
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import InvalidInput
from kiosk.receivers import adms_connection
from kiosk.receivers.adms_connection import MOST_ANSWERED_BYTES
from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext
from support.builders import event
from support.certificates import Authority
from support.receiver_context import entries, entry, make_context, make_receiver
from support.receivers import receiving_office
from support.receivers import wait_until as wait_until_that
from support.terminal_receivers import GREETING, Answer, ScriptedReceiver, scripted_receiver


@pytest.fixture
def other() -> Iterator[ScriptedReceiver]:
    with scripted_receiver() as started:
        yield started


@pytest.fixture
def context(sqlite_url: str, open_database: Callable[[str], Database], tmp_path: Path) -> ReceiverContext:
    return make_context(open_database(sqlite_url), tmp_path / "state")


def terminal(other: ScriptedReceiver, context: ReceiverContext, key: str | None = None, **options: Any) -> Receiver:
    secrets = {} if key is None else {"key": key}
    return make_receiver("adms", context, {"url": other.url, "serial": "K1", **options}, **secrets)


def test_it_greets_uploads_and_asks_for_commands_as_a_terminal_does(
    other: ScriptedReceiver, context: ReceiverContext
) -> None:
    receiver = terminal(other, context)
    receiver.deliver([entry(41), entry(42, event_type=EventType.EXIT)])
    receiver.close()
    pages = [(page, told.get("SN")) for page, told, _ in other.asked]
    assert pages == [("GET cdata", "K1"), ("POST cdata", "K1"), ("GET getrequest", "K1")]
    assert other.asked[0][1]["options"] == "all"
    assert other.asked[1][1] == {"SN": "K1", "table": "ATTLOG", "Stamp": "42"}
    lines = other.uploads()[0].splitlines()
    assert [line.split("\t")[0] for line in lines] == ["00417", "00417"]
    assert [line.split("\t")[2] for line in lines] == ["0", "1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(entry(), (True, None), id="event"),
        pytest.param(entry(voided=True), (False, None), id="voided before it was told"),
        pytest.param(entry(kind=ChangeKind.CORRECTION, voided=True), (False, "adms.not_expressible"), id="void"),
        pytest.param(entry(kind=ChangeKind.CORRECTION), (False, None), id="remark on an event"),
        pytest.param(entry(kind=ChangeKind.UNDO), (True, None), id="void taken back"),
        pytest.param(entry(kind=ChangeKind.ALTERATION), (True, None), id="altered by hand"),
        pytest.param(entry(kind=ChangeKind.ERASURE, employee_id=None), (False, "adms.not_expressible"), id="erasure"),
        pytest.param(entry(kind=ChangeKind.DELETION, deleted=True), (False, "adms.not_expressible"), id="deletion"),
        pytest.param(entry(deleted=True), (False, None), id="deleted before it was told"),
        pytest.param(entry(employee_id=None, external_id=None), (False, None), id="unknown visitor"),
        pytest.param(entry(external_id=None), (False, "adms.no_number"), id="no personnel number"),
        pytest.param(entry(external_id="7\t1"), (False, "adms.no_number"), id="number that breaks the line"),
    ],
)
def test_what_can_be_said(
    change: FeedEntry,
    said: tuple[bool, str | None],
    other: ScriptedReceiver,
    context: ReceiverContext,
    caplog: pytest.LogCaptureFixture,
) -> None:
    uploaded, event_name = said
    receiver = terminal(other, context)
    receiver.deliver([change])
    receiver.close()
    assert bool(other.uploads()) is uploaded
    assert [record.getMessage().split()[0] for record in caplog.records] == ([] if event_name is None else [event_name])
    assert "Anna" not in caplog.text


def test_people_by_id(other: ScriptedReceiver, context: ReceiverContext) -> None:
    receiver = terminal(other, context, pin="id")
    receiver.deliver([entry(external_id=None, employee_id=5)])
    receiver.close()
    assert other.uploads()[0].startswith("5\t")


def test_names_are_told_before_the_events_that_need_them_and_once(
    other: ScriptedReceiver, context: ReceiverContext
) -> None:
    receiver = terminal(other, context, tell_people=True)
    receiver.deliver(entries(2))
    receiver.deliver(entries(2, first=3))
    receiver.close()
    tables = [told["table"] for page, told, _ in other.asked if page == "POST cdata"]
    assert tables == ["OPERLOG", "ATTLOG", "ATTLOG"]
    assert other.uploads("OPERLOG")[0].startswith("USER PIN=00417\tName=Anna Petrova\tPri=0\tPasswd=\t")


def test_names_stay_here_unless_that_is_wanted(other: ScriptedReceiver, context: ReceiverContext) -> None:
    receiver = terminal(other, context)
    receiver.deliver(entries(2))
    receiver.close()
    assert "Anna" not in str(other.asked)


@pytest.mark.parametrize(
    ("page", "answer", "code"),
    [
        pytest.param("POST cdata", Answer("", 500), "http_500", id="500"),
        pytest.param("POST cdata", Answer("", 404), "http_404", id="404"),
        pytest.param("POST cdata", Answer("", 403), "not_admitted", id="wrong serial number"),
        pytest.param("GET cdata", Answer("UNKNOWN DEVICE", 401), "not_admitted", id="wrong key"),
        pytest.param("POST cdata", Answer("ERROR"), "not_confirmed", id="not OK"),
        pytest.param("POST cdata", Answer(""), "not_confirmed", id="empty"),
        pytest.param("GET cdata", Answer("<html>It works!</html>"), "bad_answer", id="some web server"),
        pytest.param("GET cdata", Answer("\x00\ufffd" * 100), "bad_answer", id="noise"),
        pytest.param("GET getrequest", Answer("<html>"), "bad_answer", id="no commands"),
        pytest.param(
            "POST cdata", Answer("", 302, (("Location", "http://127.0.0.1:1/"),)), "redirected", id="redirect"
        ),
        pytest.param("POST cdata", Answer("OK", ends=False), "bad_answer", id="gigabytes"),
    ],
)
def test_answers_that_are_none(
    page: str, answer: Answer, code: str, other: ScriptedReceiver, context: ReceiverContext
) -> None:
    other.answers[page] = answer
    receiver = terminal(other, context, key="s3cret-word")
    began_s = elapsed_s()
    with pytest.raises(DeliveryFailed) as failed:
        receiver.deliver(entries(3))
    receiver.close()
    assert failed.value.code == code
    assert failed.value.delivered == 0
    assert "s3cret-word" not in str(failed.value) and "127.0.0.1" not in str(failed.value)
    assert elapsed_s() - began_s < adms_connection.ANSWER_S


def test_the_other_side_says_how_long_to_wait(other: ScriptedReceiver, context: ReceiverContext) -> None:
    receiver = terminal(other, context)
    waits = []
    for headers in ((), (("Retry-After", "120"),)):
        other.answers["POST cdata"] = Answer("", 503, headers)
        with pytest.raises(DeliveryFailed) as failed:
            receiver.deliver(entries(1))
        waits.append(failed.value.retry_after_s)
    receiver.close()
    assert waits == [30.0, 120.0]  # ErrorDelay of the greeting, without a header


def test_it_collects_when_it_is_told_to(other: ScriptedReceiver, context: ReceiverContext) -> None:
    other.answers["GET cdata"] = Answer(f"{GREETING}Realtime=0\nTransInterval=2\n")
    receiver = terminal(other, context)
    receiver.deliver(entries(1))
    receiver.close()
    assert (receiver.every_s, receiver.idle_every_s) == (120.0, 5.0)


def test_one_that_is_away_and_one_that_is_silent(
    context: ReceiverContext, monkeypatch: pytest.MonkeyPatch, other: ScriptedReceiver
) -> None:
    monkeypatch.setattr(adms_connection, "READ_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert failure_of(terminal(other, context, url=url)) == "timeout"
    assert failure_of(terminal(other, context, url=url)) == "unreachable"


def test_a_certificate_of_another_authority_is_not_accepted(context: ReceiverContext, tmp_path: Path) -> None:
    right, wrong = Authority(tmp_path), Authority(tmp_path, "other")
    with scripted_receiver(right.issue("hr")) as other:
        receiver = terminal(other, context, ca=right.ca)
        receiver.deliver(entries(1))
        receiver.close()
        assert len(other.uploads()) == 1
        assert failure_of(terminal(other, context, ca=wrong.ca)) == "certificate"
        assert failure_of(terminal(other, context)) == "certificate"


def test_the_key_goes_into_the_parameter_that_the_other_side_reads(
    other: ScriptedReceiver, context: ReceiverContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver = terminal(other, context, key="s3cret-word", key_parameter="token")
    receiver.deliver(entries(1))
    receiver.close()
    assert {told["token"] for _, told, _ in other.asked} == {"s3cret-word"}
    assert "s3cret-word" not in "".join(record.getMessage() for record in caplog.records if record.name == "kiosk")


@pytest.mark.parametrize("text", ["SHELL id", "REBOOT", "CLEAR DATA", "ENROLL_FP PIN=1", "DATA DELETE USERINFO PIN=1"])
def test_a_command_is_refused_and_audited_once_it_is_answered(
    text: str, other: ScriptedReceiver, context: ReceiverContext
) -> None:
    other.answers["GET getrequest"] = Answer(f"C:31:{text}\n")
    receiver = terminal(other, context, people=True)
    receiver.idle()
    receiver.close()
    verb = text.split(maxsplit=1)[0]
    assert [body for page, _, body in other.asked if page == "POST devicecmd"] == [f"ID=31&Return=-1002&CMD={verb}"]
    assert [one.details for one in audited(context.database)] == [f'{{"command": "{verb}", "returned": -1002}}']


@pytest.mark.parametrize(
    ("fields", "code", "name"),
    [
        pytest.param("PIN=00417\tName=Anna Orlova\tPri=14\tPasswd=1", 0, "Anna Orlova", id="known: renamed"),
        pytest.param("PIN=00417\tName=", -1, "Anna Petrova", id="without a name"),
        pytest.param("Name=Nobody", -1, "Anna Petrova", id="without a number"),
        pytest.param(f"PIN=00417\tName={'x' * 300}", -1, "Anna Petrova", id="too long"),
    ],
)
def test_people_are_renamed_and_get_nothing_else(
    fields: str, code: int, name: str, other: ScriptedReceiver, context: ReceiverContext
) -> None:
    people = EmployeeStore(context.database)
    before = people.create(EmployeeCreate.checked(full_name="Anna Petrova", external_id="00417"))
    people.deactivate(before.id)
    other.answers["GET getrequest"] = Answer(f"C:1:DATA UPDATE USERINFO {fields}\n")
    receiver = terminal(other, context, people=True)
    receiver.idle()
    receiver.close()
    after = people.get(before.id)
    assert after is not None and (after.full_name, after.is_active) == (name, False)
    assert other.asked[-1][2] == f"ID=1&Return={code}&CMD=DATA"


def test_the_position_moves_on_ok_alone(other: ScriptedReceiver, context: ReceiverContext, tmp_path: Path) -> None:
    """Through the deliverer, which tries again and goes on from where it was."""
    office = receiving_office(context.database, tmp_path / "receivers")
    EmployeeStore(context.database).create(EmployeeCreate.checked(full_name="Anna", external_id="00417"))
    office.add("hr", "adms", url=other.url, serial="K1")
    other.answers["GET cdata"] = Answer(GREETING.replace("ErrorDelay=30", "ErrorDelay=1"))
    other.answers["POST cdata"] = Answer("", 500)
    office.record(event(), event())
    with office.delivering():
        wait_until_that(lambda: office.stored("hr").error == "http_500", "the failure is known")
        assert office.stored("hr").position == 0
        del other.answers["POST cdata"]
        wait_until_that(lambda: office.stored("hr").position == 2, "it is told after all")
    assert len({upload for upload in other.uploads()}) == 1


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"people": True, "pin": "id"}, id="ids chosen by others"),
        pytest.param({"ca": "authority.pem"}, id="no whole path"),
    ],
)
def test_options_that_do_not_go_together(
    options: dict[str, Any], other: ScriptedReceiver, context: ReceiverContext
) -> None:
    with pytest.raises(InvalidInput):
        terminal(other, context, **options)


def test_a_long_answer_that_ends_is_too_long_as_well(other: ScriptedReceiver, context: ReceiverContext) -> None:
    other.answers["POST cdata"] = Answer("OK" + " " * MOST_ANSWERED_BYTES)
    assert failure_of(terminal(other, context)) == "bad_answer"


def failure_of(receiver: Receiver) -> str:
    with pytest.raises(DeliveryFailed) as failed:
        receiver.deliver(entries(1))
    receiver.close()
    return failed.value.code


def audited(database: Database) -> list[audit_log.AuditEntry]:
    with database.reading() as session:
        return [one for one in audit_log.entries(session) if one.action == "command_refused"]
