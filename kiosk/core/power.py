"""Restarting the machine and switching it off, by systemd-logind over the system's D-Bus.

Source: org.freedesktop.login1(5). Who may is decided by polkit; assets/device/60-kiosk-power.rules allows it to the
kiosk's user on a device.
"""

from __future__ import annotations

import logging
from enum import StrEnum

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.io.blocking import open_dbus_connection

from kiosk.core.logger import log
from kiosk.errors import PowerRefused

LOGIND = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
ANSWERS_WITHIN_S = 5.0
# Without a bus, without logind on it, or without an answer; a refusal comes as DBusErrorResponse.
_UNREACHABLE = (OSError, AuthenticationError, EOFError, KeyError, ValueError)


class PowerAction(StrEnum):
    """What can be done with the machine; the values are logind's methods."""

    RESTART = "Reboot"
    SWITCH_OFF = "PowerOff"


class PowerAccess(StrEnum):
    """Whether this process may do it.

    FORBIDDEN: polkit does not allow it without a password. ABSENT: nothing on this machine answers to logind's name.
    """

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"


def power_access(action: PowerAction) -> PowerAccess:
    """Ask logind whether this process may restart the machine or switch it off; may wait some seconds."""
    try:
        (answer,) = _call(f"Can{action.value}", "", ())
    except (*_UNREACHABLE, DBusErrorResponse):
        return PowerAccess.ABSENT
    if answer == "na":
        return PowerAccess.ABSENT
    return PowerAccess.ALLOWED if answer == "yes" else PowerAccess.FORBIDDEN


def request_power(action: PowerAction) -> None:
    """Have the machine restarted or switched off; systemd ends the kiosk first. Raises PowerRefused."""
    log(logging.WARNING, "power.requested", action=action.value)
    try:
        _call(action.value, "b", (False,))
    except DBusErrorResponse as error:
        raise PowerRefused(f"the system does not allow it ({error.name}); run: sudo ./install.sh device") from error
    except _UNREACHABLE as error:
        raise PowerRefused("systemd-logind does not answer; restart or switch off the machine by hand") from error


def _call(method: str, signature: str, arguments: tuple[bool, ...]) -> tuple[object, ...]:
    with open_dbus_connection(bus="SYSTEM", auth_timeout=ANSWERS_WITHIN_S) as connection:
        message = new_method_call(LOGIND, method, signature or None, arguments)
        reply = connection.send_and_get_reply(message, timeout=ANSWERS_WITHIN_S)
        if reply.header.message_type.name == "error":
            raise DBusErrorResponse(reply)
        body: tuple[object, ...] = reply.body
        return body
