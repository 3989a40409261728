"""Texts about receivers, in the language that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject

from kiosk.ui.admin.row_list import Badge, Row
from kiosk.ui.language import date_text, time_text
from kiosk.ui.receivers.backend import ReceiverState, ReceiverSummary

ICONS: Mapping[str, str] = {"webhook": "globe", "files": "folder"}


def kind_text(kind: str) -> str:
    """Return what a kind is called; one that has no name here keeps its own."""
    names = {
        "webhook": QCoreApplication.translate("Receivers", "Webhook"),
        "mqtt": "MQTT",
        "adms": QCoreApplication.translate("Receivers", "Terminal protocol (ADMS)"),
        "files": QCoreApplication.translate("Receivers", "Files in a folder"),
    }
    return names.get(kind, kind)


def state_badge(state: ReceiverState) -> Badge:
    match state:
        case ReceiverState.WELL:
            return Badge(QCoreApplication.translate("Receivers", "Works"), "good")
        case ReceiverState.NEW:
            return Badge(QCoreApplication.translate("Receivers", "New"), "good")
        case ReceiverState.FAILING:
            return Badge(QCoreApplication.translate("Receivers", "Fails"), "bad")
        case ReceiverState.PAUSED:
            return Badge(QCoreApplication.translate("Receivers", "Paused"), "advice")
        case ReceiverState.UNATTENDED:
            return Badge(QCoreApplication.translate("Receivers", "Nobody tells it"), "bad")


def moment_text(at: datetime | None, zone: ZoneInfo) -> str:
    """Return a moment with its day; a dash for none."""
    return "—" if at is None else f"{date_text(at, zone)}, {time_text(at, zone)}"


class ReceiverLabels(QObject):
    """Texts with plurals; a QObject, since only a QObject's tr knows them."""

    def waiting(self, count: int) -> str:
        return self.tr("%n change(s) wait", "", count) if count else self.tr("nothing waits")

    def row(self, one: ReceiverSummary) -> Row:
        """Return what a receiver's row shows."""
        parts = [kind_text(one.kind), self.waiting(one.waiting)]
        if one.error is not None:
            parts.append(error_text(one.error))
        badge = state_badge(one.state)
        return Row(one.name, " · ".join(parts), icon=ICONS.get(one.kind, "swap"), badges=(badge,))


def error_text(code: str) -> str:
    """Return in words what failed, and what helps."""
    if code.startswith("http_"):
        sentence = QCoreApplication.translate("Receivers", "The other system answers with error {number}.")
        return sentence.format(number=code.removeprefix("http_"))
    return _SENTENCES.get(code, _other)()


def _other() -> str:
    return QCoreApplication.translate("Receivers", "It did not work; the log of kiosk-deliver says why.")


_SENTENCES = {
    "address_refused": lambda: QCoreApplication.translate(
        "Receivers", "The address is in the office's own network; it can be allowed by command (allow_local)."
    ),
    "bad_answer": lambda: QCoreApplication.translate("Receivers", "The other system answers what is no such answer."),
    "broker_refused": lambda: QCoreApplication.translate("Receivers", "The broker refuses the connection."),
    "certificate": lambda: QCoreApplication.translate(
        "Receivers", "The other system's certificate does not hold; nothing is told to it."
    ),
    "connection_lost": lambda: QCoreApplication.translate("Receivers", "The other system broke off the connection."),
    "database_copied": lambda: QCoreApplication.translate(
        "Receivers", "The database was restored or copied; let it go on if this device is to tell it."
    ),
    "disk_full": lambda: QCoreApplication.translate("Receivers", "The folder's disk is full."),
    "folder_missing": lambda: QCoreApplication.translate("Receivers", "The folder is not there."),
    "gone": lambda: QCoreApplication.translate("Receivers", "The other system wants no more messages."),
    "message_refused": lambda: QCoreApplication.translate("Receivers", "The broker takes no messages of this topic."),
    "misconfigured": lambda: QCoreApplication.translate(
        "Receivers", "Something is set wrongly; kiosk receivers test says what."
    ),
    "no_answer": lambda: QCoreApplication.translate("Receivers", "The other system does not answer."),
    "not_admitted": lambda: QCoreApplication.translate(
        "Receivers", "The other system does not admit this terminal; enter its serial number there."
    ),
    "not_confirmed": lambda: QCoreApplication.translate("Receivers", "The other system did not say that it took it."),
    "password_refused": lambda: QCoreApplication.translate("Receivers", "Name or password is refused."),
    "redirected": lambda: QCoreApplication.translate(
        "Receivers", "The other system sends elsewhere, which is not followed; mend the address."
    ),
    "timeout": lambda: QCoreApplication.translate("Receivers", "The other system did not answer in time."),
    "tls": lambda: QCoreApplication.translate("Receivers", "No encrypted connection came about."),
    "unreachable": lambda: QCoreApplication.translate("Receivers", "The other system cannot be reached."),
    "write_refused": lambda: QCoreApplication.translate("Receivers", "The kiosk may not write into the folder."),
}
"""Code of what failed -> a function that says it."""
