"""Whether the desktop asks for less motion, as its portal says; a kiosk without a desktop has none to ask."""

from __future__ import annotations

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_TIMEOUT_MS = 200


def less_motion_is_wanted() -> bool:
    """Return whether animations are switched off in the desktop's settings; False where nothing answers."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    question = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "ReadOne",
    )
    question.setAutoStartService(False)
    question.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = bus.call(question, timeout=_TIMEOUT_MS)
    return answer.type() is QDBusMessage.MessageType.ReplyMessage and answer.arguments() == [False]
