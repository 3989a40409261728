"""Choosing somebody from all employees, searched as one types."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.employees.results import EmployeeSummary
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import ROW_ROLE, RowList
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.people.model import EmployeeFilter, PeopleModel, Searchable, row_of, searchable
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, TextField


class StaffModel(PeopleModel):
    """The rows say who people are, and nothing of faces and PINs."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        if not index.isValid():
            return None
        row = replace(row_of(self.summary_at(index.row())), badges=())
        return row if role == ROW_ROLE else super().data(index, role)


class StaffScreen(AdminScreen):
    """Closes when somebody is chosen.

    Signals:
        chosen: the EmployeeSummary; None for everybody.
    """

    chosen = Signal(object)

    def __init__(self, context: EventsContext, title: str, *, offers_everybody: bool = False) -> None:
        """title: what is asked. offers_everybody: not to choose one is a choice."""
        self._asked = title
        super().__init__()
        self._context = context
        self._is_loading = True
        self.model = StaffModel(self)
        self.model.narrow("", EmployeeFilter.ALL)
        self.search, self.list, self.notice = TextField(), RowList(), Notice()
        self.search.brings_keyboard = False  # the list is what is wanted
        self.everybody = Button("secondary", "people")
        if not offers_everybody:
            self.everybody.hide()
        self.list.setModel(self.model)
        self._tools = QHBoxLayout()
        self._tools.addWidget(self.search, 1)
        self._tools.addWidget(self.everybody)
        self.body.addLayout(self._tools)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)
        self.search.textChanged.connect(lambda text: self.model.narrow(text, EmployeeFilter.ALL))
        self.search.returnPressed.connect(self._go_to_list)
        self.list.chosen.connect(lambda index: self._choose(self.model.summary_at(index.row())))
        self.everybody.clicked.connect(lambda: self._choose(None))
        self.notice.pressed.connect(self.load)

    def title(self) -> str:
        return self._asked

    def entered(self) -> None:
        self.search.setFocus()
        self.load()

    def load(self) -> None:
        """Read everybody's names."""
        self._is_loading = True
        backend = self._context.backend
        self._context.background.run(self, lambda: searchable(backend.people()), self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.search.setPlaceholderText(self.tr("Name, department or number"))
        self.search.setAccessibleName(self.tr("Search"))
        self.list.setAccessibleName(self.tr("Employees"))
        self.everybody.setText(self.tr("Everybody"))
        self._say_nothing()

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._tools.setSpacing(scale.px("s"))

    def _say_nothing(self) -> None:
        nobody = self.tr("One moment…") if self._is_loading else self.tr("Nobody matches.")
        self.list.set_placeholder(nobody)

    def _loaded(self, people: Searchable) -> None:
        self._is_loading = False
        self.notice.clear()
        self.model.show(people)
        self._say_nothing()

    def _failed(self, _error: KioskError) -> None:
        self._is_loading = False
        self.notice.say("bad", self.tr("The database does not answer. Try again."), self.tr("Again"))
        self._say_nothing()

    def _go_to_list(self) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, member: EmployeeSummary | None) -> None:
        self.closed.emit()
        self.chosen.emit(member)
