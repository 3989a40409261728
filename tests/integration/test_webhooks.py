"""Webhooks: signed as Standard Webhooks says, with the same id however often; and whatever the other side does."""

from __future__ import annotations

import base64
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from db.session import Database
from kiosk.errors import InvalidInput
from kiosk.receivers import http_post, webhook
from kiosk.receivers.http_post import HttpPoster, HttpTarget
from kiosk.receivers.port import DeliveryFailed
from kiosk.receivers.public_address import is_public
from support.builders import event
from support.certificates import Authority
from support.database_rows import add_person
from support.receivers import ReceivingOffice, hurry, receiving_office, wait_until
from support.webhook_server import WebhookServer, drip, hang, pour, raw_server, webhook_server

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
OTHER_SECRET = "whsec_" + base64.b64encode(b"o" * 32).decode()
LOCAL = {"allow_local": "true", "allow_http": "true"}


@pytest.fixture(autouse=True)
def without_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> ReceivingOffice:
    add_person(database, "Anna")
    return receiving_office(database, tmp_path / "receivers")


@pytest.fixture
def office_on_sqlite(sqlite_url: str, open_database: Callable[[str], Database], tmp_path: Path) -> ReceivingOffice:
    database = open_database(sqlite_url)
    add_person(database, "Anna")
    return receiving_office(database, tmp_path / "receivers")


@pytest.fixture
def server() -> Iterator[WebhookServer]:
    with webhook_server() as running:
        yield running


def add(office: ReceivingOffice, url: str, **secrets: str) -> None:
    office.add("payroll", "webhook", {"secret": SECRET, **secrets}, url=url, **LOCAL)


def test_messages_are_signed_and_in_order(office: ReceivingOffice, server: WebhookServer) -> None:
    add(office, server.url)
    office.record(*(event() for _ in range(25)))
    with office.delivering():
        wait_until(lambda: len(server.received) == 25, "all messages arrive")
        wait_until(lambda: office.stored("payroll").position == 25, "the position is noted")
    for number, one in enumerate(server.received, start=1):
        message = Webhook(SECRET).verify(one.body, one.headers)
        assert (message["type"], message["data"]["number"]) == ("attendance.insert", number)
        assert message["data"]["id"] == one.headers["webhook-id"]
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER_SECRET).verify(server.received[0].body, server.received[0].headers)


def test_both_secrets_hold_while_one_is_exchanged(office_on_sqlite: ReceivingOffice, server: WebhookServer) -> None:
    office = office_on_sqlite
    add(office, server.url)
    office.record(event())
    with office.delivering():
        wait_until(lambda: len(server.received) == 1, "the first message arrives")
        office.receivers.set_secrets("payroll", {"secret": OTHER_SECRET, "previous_secret": SECRET})
        office.record(event())
        wait_until(lambda: len(server.received) == 2, "the second message arrives")
    for secret in (SECRET, OTHER_SECRET):
        Webhook(secret).verify(server.received[1].body, server.received[1].headers)


def test_an_id_stays_the_same_through_retries_and_a_replay(office: ReceivingOffice, server: WebhookServer) -> None:
    add(office, server.url)
    server.status = 500
    office.record(event(), event())
    with office.delivering():
        wait_until(lambda: len(server.received) >= 2, "it is tried again")
        assert office.stored("payroll").error == "http_500"
        server.status = 200
        wait_until(lambda: office.stored("payroll").position == 2, "both are delivered")
        first = len(server.received)
        office.receivers.replay("payroll", 1)
        wait_until(lambda: len(server.received) == first + 2, "both are delivered again")
    *retries, last, again_first, again_last = server.ids
    assert len({*retries, again_first}) == 1
    assert last == again_last != again_first


def test_retry_after_is_heeded(office_on_sqlite: ReceivingOffice, server: WebhookServer) -> None:
    office = office_on_sqlite
    add(office, server.url)
    server.status, server.headers = 429, {"Retry-After": "3"}
    office.record(event())
    with office.delivering():
        wait_until(lambda: server.received, "the first attempt is made")
        first_s = time.monotonic()
        wait_until(lambda: len(server.received) == 2, "the second attempt is made")
    assert time.monotonic() - first_s > 2.5


def test_gone_pauses(office_on_sqlite: ReceivingOffice, server: WebhookServer) -> None:
    office = office_on_sqlite
    add(office, server.url)
    server.status = 410
    office.record(event())
    with office.delivering():
        wait_until(lambda: office.stored("payroll").is_paused, "it is paused")
        server.status = 200
        office.receivers.resume("payroll")
        wait_until(lambda: office.stored("payroll").position == 1, "resumed, it goes on")
    assert len(server.received) == 2


def test_the_test_says_what_was_answered(office_on_sqlite: ReceivingOffice, server: WebhookServer) -> None:
    add(office_on_sqlite, server.url, authorization="Bearer abc")
    assert "204" in office_on_sqlite.receivers.test("payroll")
    (one,) = server.received
    assert Webhook(SECRET).verify(one.body, one.headers)["type"] == "test"
    assert one.headers["authorization"] == "Bearer abc"


@pytest.mark.parametrize(
    ("talk", "code", "at_least_s"),
    [
        pytest.param(hang, "timeout", 0.9, id="hangs"),
        pytest.param(drip, "timeout", 0.9, id="drips"),
        pytest.param(lambda connection: connection.sendall(b"220 mail\r\n\r\n"), "no_answer", 0.0, id="no HTTP"),
        pytest.param(lambda _: None, "connection_lost", 0.0, id="closes"),
    ],
)
def test_a_bad_server_costs_no_more_than_the_limit(
    talk: Callable[[socket.socket], None], code: str, at_least_s: float
) -> None:
    with raw_server(talk) as url:
        began_s = time.monotonic()
        with pytest.raises(DeliveryFailed) as failed:
            HttpPoster(HttpTarget(url, local_too=True), 1.0).post(b"{}", {})
        took_s = time.monotonic() - began_s
    assert failed.value.code == code
    assert at_least_s <= took_s < 3


def test_no_more_is_read_than_is_needed() -> None:
    with raw_server(pour) as url:
        poster = HttpPoster(HttpTarget(url, local_too=True), 5.0)
        began_s = time.monotonic()
        assert poster.post(b"{}", {}).status == 200
        assert time.monotonic() - began_s < 3


def test_redirects_are_not_followed(office_on_sqlite: ReceivingOffice, server: WebhookServer) -> None:
    with webhook_server() as other:
        server.status, server.headers = 307, {"Location": other.url}
        add(office_on_sqlite, server.url)
        with pytest.raises(DeliveryFailed, match="sends elsewhere"):
            office_on_sqlite.receivers.test("payroll")
        assert other.received == []


def test_certificates_are_verified(office_on_sqlite: ReceivingOffice, tmp_path: Path) -> None:
    office, authority = office_on_sqlite, Authority(tmp_path)
    with webhook_server(authority.issue("payroll")) as server:
        add(office, server.url)
        with pytest.raises(DeliveryFailed) as failed:
            office.receivers.test("payroll")
        assert failed.value.code == "certificate"
        assert server.received == []
        office.receivers.set("payroll", {"authorities": str(authority.ca)})
        assert "204" in office.receivers.test("payroll")


def test_a_certificate_of_another_host_does_not_hold(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with webhook_server(authority.issue("payroll", "payroll.test")) as server, pytest.raises(DeliveryFailed) as failed:
        HttpPoster(HttpTarget(server.url, local_too=True, authorities=authority.ca), 5.0).post(b"", {})
    assert failed.value.code == "certificate"


def test_this_network_is_refused_by_what_is_connected_to(
    server: WebhookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.url.rpartition(":")[2].partition("/")[0])
    monkeypatch.setattr(  # a name that leads here, as whoever owns it can have it
        socket,
        "getaddrinfo",
        lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )
    with pytest.raises(DeliveryFailed) as failed:
        HttpPoster(HttpTarget(f"http://payroll.example:{port}/", local_too=False), 5.0).post(b"{}", {})
    assert failed.value.code == "address_refused"
    assert server.received == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2a00:1450:4010:c0b::71", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.20.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("options", "secrets", "said"),
    [
        pytest.param({}, {"secret": SECRET}, "needs its address", id="no url"),
        pytest.param({"url": "https://h.test/"}, {}, "needs a secret", id="no secret"),
        pytest.param({"url": "https://h.test/"}, {"secret": "short"}, "24 to 64 bytes", id="short secret"),
        pytest.param({"url": "http://h.test/"}, {"secret": SECRET}, "allow_http", id="http"),
        pytest.param({"url": "ftp://h.test/"}, {"secret": SECRET}, "begins with https", id="ftp"),
        pytest.param({"url": "https://u:p4ssword@h.test/"}, {"secret": SECRET}, "authorization=FILE", id="password"),
        pytest.param({"url": "https://[h.test/"}, {"secret": SECRET}, "no address", id="no address"),
        pytest.param({"url": "https://h.test/"}, {"secret": SECRET, "authorization": "a\nb"}, "one line", id="lines"),
        pytest.param(
            {"url": "https://h.test/"}, {"secret": SECRET, "pin": "1"}, "no secret called", id="unknown secret"
        ),
    ],
)
def test_what_cannot_be_is_refused_without_repeating_it(
    office_on_sqlite: ReceivingOffice, options: dict[str, str], secrets: dict[str, str], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        office_on_sqlite.receivers.add("payroll", "webhook", options, secrets, None)
    assert "p4ssword" not in str(refused.value)
    assert office_on_sqlite.receivers.list() == ()


def test_a_connection_is_kept_and_opened_again_when_the_server_closed_it(server: WebhookServer) -> None:
    poster = HttpPoster(HttpTarget(server.url, local_too=True), 5.0)
    assert [poster.post(b"{}", {}).status for _ in range(2)] == [204, 204]
    kept = poster._connection
    assert kept is not None
    kept.sock.shutdown(socket.SHUT_RDWR)
    assert poster.post(b"{}", {}).status == 204
    assert poster._connection is not kept
    poster.close()


def test_limits_are_those_that_are_documented() -> None:
    assert (webhook.LIMIT_S, http_post.MOST_ANSWER_BYTES) == (10.0, 16 * 1024)
