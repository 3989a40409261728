"""Tests for how the MQTT receiver and a real broker get to trust each other."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import InvalidInput
from kiosk.receivers import mqtt_connection
from kiosk.receivers.port import DeliveryFailed, ReceiverContext
from support.certificates import Authority
from support.mosquitto import Mosquitto, password_file, running_broker
from support.mqtt_receivers import connected, failure_of
from support.receiver_context import entries, make_receiver


@pytest.mark.parametrize(
    ("access", "code"),
    [
        pytest.param({"username": "kiosk", "password": "right"}, None, id="right"),
        pytest.param({"username": "kiosk", "password": "wrong"}, "password_refused", id="wrong password"),
        pytest.param({}, "password_refused", id="none"),
    ],
)
def test_passwords(
    access: dict[str, str], code: str | None, version: str, context: ReceiverContext, tmp_path: Path
) -> None:
    with running_broker(tmp_path / "broker", [f"password_file {password_file(tmp_path)}"]) as broker:
        receiver = connected(broker, context, version=version, **access)
        if code is None:
            receiver.deliver(entries(1))
        else:
            with pytest.raises(DeliveryFailed) as failed:
                receiver.deliver(entries(1))
            assert failed.value.code == code
            assert "wrong" not in str(failed.value)
        receiver.close()


def test_a_broker_that_refuses_messages_says_so(context: ReceiverContext, tmp_path: Path) -> None:
    """As MQTT 5 lets it; with 3.1.1 a broker can only drop them."""
    rules = tmp_path / "rules"
    rules.write_text("user kiosk\ntopic write office/#\ntopic write homeassistant/#\n")
    settings = [f"password_file {password_file(tmp_path)}", f"acl_file {rules}"]
    access = {"username": "kiosk", "password": "right"}
    with running_broker(tmp_path / "broker", settings) as broker:
        allowed = connected(broker, context, **access)
        allowed.deliver(entries(1))
        allowed.close()
        refused = connected(broker, context, topic="elsewhere", **access)
        with pytest.raises(DeliveryFailed) as failed:
            refused.deliver(entries(1))
        refused.close()
    assert failed.value.code == "message_refused"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def tls_broker(authority: Authority, tmp_path: Path) -> Iterator[Mosquitto]:
    own = authority.issue("broker")
    settings = [f"cafile {authority.ca}", f"certfile {own.certificate}", f"keyfile {own.key}"]
    with running_broker(
        tmp_path / "broker", [*settings, "require_certificate true", "use_identity_as_username true"]
    ) as it:
        yield it


def tls(authority: Authority, name: str = "kiosk") -> dict[str, Any]:
    own = authority.issue(name)
    return {"tls": True, "ca": authority.ca, "certificate": own.certificate, "key": own.key}


def test_certificates_of_both_sides(
    tls_broker: Mosquitto, authority: Authority, context: ReceiverContext, version: str
) -> None:
    receiver = connected(tls_broker, context, version=version, **tls(authority))
    receiver.deliver(entries(2))
    assert "connected to 127.0.0.1 by MQTT" in receiver.test()
    receiver.close()


def test_a_broker_of_another_authority_is_not_talked_to(
    tls_broker: Mosquitto, authority: Authority, context: ReceiverContext, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    receiver = connected(tls_broker, context, **tls(authority) | {"ca": other.ca})
    assert failure_of(receiver) == "certificate"


def test_a_broker_with_another_name_is_not_talked_to(
    authority: Authority, context: ReceiverContext, tmp_path: Path
) -> None:
    own = authority.issue("broker", "192.0.2.1")
    settings = [f"certfile {own.certificate}", f"keyfile {own.key}", "allow_anonymous true"]
    with running_broker(tmp_path / "broker", settings) as broker:
        assert failure_of(connected(broker, context, tls=True, ca=authority.ca)) == "certificate"


def test_without_a_certificate_of_its_own_the_kiosk_is_not_let_in(
    tls_broker: Mosquitto, authority: Authority, context: ReceiverContext
) -> None:
    code = failure_of(connected(tls_broker, context, tls=True, ca=authority.ca))
    assert code in {"connection_lost", "tls"}  # TLS 1.3 tells a client only after it has begun to talk


def test_a_broker_that_is_away_a_silent_one_and_one_without_tls(
    broker: Mosquitto, context: ReceiverContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt_connection, "ANSWER_S", 0.3)
    monkeypatch.setattr(mqtt_connection, "CONNECT_S", 1.0)
    assert failure_of(connected(broker, context, tls=True)) in {"tls", "unreachable"}  # as it breaks off
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert failure_of(connected(broker, context, port=port)) == "no_answer"
    assert failure_of(connected(broker, context, port=port)) == "unreachable"
    assert failure_of(connected(broker, context, host="no-such-host.invalid")) == "unreachable"


@pytest.mark.parametrize(
    ("options", "secrets", "word"),
    [
        pytest.param({"tls": False, "ca": "/etc/ca.pem"}, {}, "tls", id="ca without TLS"),
        pytest.param({"certificate": "/etc/kiosk.crt"}, {}, "belong together", id="certificate without key"),
        pytest.param({"ca": "/no/such/file"}, {}, "cannot be read", id="no such file"),
        pytest.param({}, {"password": "x"}, "username", id="password without a name"),
    ],
)
def test_options_that_do_not_go_together(
    options: dict[str, Any], secrets: dict[str, str], word: str, context: ReceiverContext
) -> None:
    with pytest.raises(InvalidInput, match=word):
        make_receiver("mqtt", context, {"host": "broker.test", **options}, **secrets)


def test_a_key_that_others_can_read_is_refused(authority: Authority, context: ReceiverContext) -> None:
    options = tls(authority)
    options["key"].chmod(0o644)
    with pytest.raises(InvalidInput, match="chmod 600"):
        make_receiver("mqtt", context, {"host": "broker.test", **options})


def test_no_log_line_and_no_sentence_holds_the_password(
    broker: Mosquitto, context: ReceiverContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver = connected(broker, context, username="kiosk", password="s3cret-word")  # noqa: S106  of a test
    assert "s3cret-word" not in receiver.test() + caplog.text
    receiver.close()
