"""Choosing one of a few things by touch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel


class ChoiceScreen(AdminScreen):
    """Closes when one is chosen.

    Signals:
        chosen: the value of the one that was touched.
    """

    chosen = Signal(object)

    def __init__(self, title: str, choices: Sequence[tuple[object, str, str]], present: object = None) -> None:
        """Args:
        title: what is asked.
        choices: the value, the text and the icon of each.
        present: the value that is chosen already.
        """
        self._asked, self._present = title, present
        super().__init__()
        self.model, self.list = RowsModel[tuple[object, str, str]](self._row, self), RowList()
        self.list.setModel(self.model)
        self.list.chosen.connect(self._choose)
        self.body.addWidget(self.list, 1)
        self.model.show(tuple(choices))

    def title(self) -> str:
        return self._asked

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(self.title())

    def _row(self, choice: tuple[object, str, str]) -> Row:
        value, text, icon = choice
        marks = (Badge(self.tr("Shown"), "good"),) if value == self._present else ()
        return Row(text, icon=icon, badges=marks)

    def _choose(self, index: QModelIndex) -> None:
        value, _, _ = self.model.items[index.row()]
        self.closed.emit()
        self.chosen.emit(value)
