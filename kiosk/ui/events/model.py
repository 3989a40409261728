"""The rows of today's events, and of who is in."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import Method
from kiosk.ui.admin.row_list import ROW_ROLE, Badge, Row
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import time_text

_NO_PARENT = QModelIndex()


class EventsModel(QAbstractListModel):
    """Events, one a row."""

    def __init__(self, zone: ZoneInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.entries: Sequence[LogEntry] = ()

    def show(self, entries: Sequence[LogEntry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def entry_at(self, place: int) -> LogEntry:
        return self.entries[place]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return row_of(self.entries[index.row()], self._zone)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row_of(self.entries[index.row()], self._zone).accessible_text
        return None


def row_of(entry: LogEntry, zone: ZoneInfo) -> Row:
    style = event_style(entry.event_type)
    marks = (Badge(QCoreApplication.translate("Event", "Does not count"), "bad"),) if entry.voided else ()
    return Row(
        headline=name_of(entry),
        second=" · ".join((style.name, method_text(entry), entry.kiosk_id)),
        lead=time_text(entry.timestamp, zone),
        icon=style.icon,
        icon_colour=style.colour,
        badges=marks,
        is_faint=entry.voided,
        is_struck_out=entry.voided,
    )


def name_of(entry: LogEntry) -> str:
    return entry.full_name or QCoreApplication.translate("Event", "Unknown visitor")


def method_text(entry: LogEntry) -> str:
    """Return how somebody was identified, for a face with its similarity."""
    words = {
        Method.FACE: QCoreApplication.translate("Event", "by face"),
        Method.PIN: QCoreApplication.translate("Event", "by PIN"),
        Method.MANUAL: QCoreApplication.translate("Event", "by hand"),
        Method.API: QCoreApplication.translate("Event", "by another system"),
    }
    if entry.method is Method.FACE and entry.confidence is not None:
        similarity = f"{entry.confidence:.2f}".replace(".", QLocale().decimalPoint())
        return QCoreApplication.translate("Event", "by face, similarity {similarity}").format(similarity=similarity)
    return words[entry.method]
