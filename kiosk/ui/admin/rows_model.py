"""The model of a long list: only rows in sight are made, and the view hears of a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kiosk.ui.admin.row_list import ROW_ROLE, Row

T = TypeVar("T")
_NO_PARENT = QModelIndex()
# Laying 10,000 rows out at once takes 30 ms of the main thread; a page takes half a millisecond.
PAGE_ROWS = 200


class RowsModel(QAbstractListModel, Generic[T]):
    """Items of any kind, one a row; the view fetches more of them as it is scrolled."""

    def __init__(self, row_of: Callable[[T], Row], parent: QObject | None = None) -> None:
        """row_of: returns what an item's row shows, in the language that is shown."""
        super().__init__(parent)
        self._row_of = row_of
        self.items: Sequence[T] = ()
        self._fetched = 0

    def show(self, items: Sequence[T]) -> None:
        """Show other items; as many rows stay fetched, so that the view can keep its place."""
        self.beginResetModel()
        self.items, self._fetched = items, min(len(items), max(PAGE_ROWS, self._fetched))
        self.endResetModel()

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> bool:
        return not parent.isValid() and self._fetched < len(self.items)

    def fetchMore(self, _parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> None:
        more = min(PAGE_ROWS, len(self.items) - self._fetched)
        self.beginInsertRows(QModelIndex(), self._fetched, self._fetched + more - 1)
        self._fetched += more
        self.endInsertRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._fetched

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES:
            return None
        row = self._row_of(self.items[index.row()])
        return row if role == ROW_ROLE else row.accessible_text


_ROLES = (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
