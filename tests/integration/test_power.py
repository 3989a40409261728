"""Restarting the machine and switching it off, asked of somebody who answers to logind's name on a real bus.

tests/device asks a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.core.power import PowerAccess, PowerAction, power_access, request_power
from kiosk.errors import PowerRefused
from support.private_bus import FakeLogind, private_bus


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


@pytest.mark.parametrize(
    ("answer", "access"),
    [
        ("yes", PowerAccess.ALLOWED),
        ("no", PowerAccess.FORBIDDEN),
        ("challenge", PowerAccess.FORBIDDEN),
        ("na", PowerAccess.ABSENT),
    ],
)
def test_logind_says_what_may_be_done(bus: str, answer: str, access: PowerAccess):
    with closing(FakeLogind(bus, {"Reboot": answer, "PowerOff": "no" if answer == "yes" else "yes"})):
        assert power_access(PowerAction.RESTART) is access
        assert power_access(PowerAction.SWITCH_OFF) is not access or answer == "no"


@pytest.mark.parametrize(("action", "method"), [(PowerAction.RESTART, "Reboot"), (PowerAction.SWITCH_OFF, "PowerOff")])
def test_what_is_allowed_is_done_without_a_question_of_the_system(bus: str, action: PowerAction, method: str):
    with closing(FakeLogind(bus, {"Reboot": "yes", "PowerOff": "yes"})) as logind:
        request_power(action)
        assert logind.calls == [(method, (False,))]


def test_what_is_not_allowed_is_refused_with_the_next_step(bus: str):
    with closing(FakeLogind(bus, {"Reboot": "challenge", "PowerOff": "challenge"})) as logind:
        with pytest.raises(
            PowerRefused, match=r"does not allow it .*InteractiveAuthorizationRequired.*install\.sh device"
        ):
            request_power(PowerAction.RESTART)
        assert logind.calls == []


def test_a_bus_without_logind_has_no_such_buttons(bus: str):
    assert bus
    assert power_access(PowerAction.RESTART) is PowerAccess.ABSENT


def test_a_machine_without_a_bus_has_none_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/missing")
    assert power_access(PowerAction.SWITCH_OFF) is PowerAccess.ABSENT
    with pytest.raises(PowerRefused, match="does not answer"):
        request_power(PowerAction.SWITCH_OFF)
