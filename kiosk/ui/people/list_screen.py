"""The list of employees, searched as one types."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.people.backend import PersonBackend
from kiosk.ui.people.model import EmployeeFilter, PeopleModel, Searchable, searchable
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label, TextField


class PeopleScreen(AdminScreen):
    """All employees, read in the background; touching a row opens the employee."""

    def __init__(self, backend: PersonBackend, background: Background, events: EventsContext | None = None) -> None:
        """events: what the journal is made with; None for a list that does not lead to it."""
        super().__init__()
        self._events = events
        self._backend, self._background = backend, background
        self._is_loading = False
        self.model = PeopleModel(self)
        self.search, self.list, self.notice = TextField(), RowList(), Notice()
        self.search.brings_keyboard = False  # the list is what is wanted
        self.list.setModel(self.model)
        self._count, self.enroll = Label("soft"), Button("primary", "add")
        self._count.setWordWrap(False)
        self.add_to_head(self._count)
        self.add_to_head(self.enroll)
        self.filters = {filter_: Button("secondary") for filter_ in EmployeeFilter}
        self._choice = QButtonGroup(self)
        self._chips = QHBoxLayout()
        for button in self.filters.values():
            button.setCheckable(True)
            button.setProperty("snug", "true")
            self._choice.addButton(button)
            self._chips.addWidget(button)
        self.filters[EmployeeFilter.ACTIVE].setChecked(True)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.addWidget(self.search, 1)
        self._tools.addLayout(self._chips)
        self.body.addLayout(self._tools)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._go_to_list)
        self._choice.buttonToggled.connect(lambda _button, checked: self._narrow() if checked else None)
        self.list.chosen.connect(self._open)
        self.enroll.clicked.connect(lambda: self.opens.emit(EnrollScreen(self._backend, self._background)))
        self.notice.pressed.connect(self.load)

    def title(self) -> str:
        return self.tr("Employees")

    def entered(self) -> None:
        self.search.setFocus()
        self.load()

    def load(self) -> None:
        """Read the list."""
        if not self._is_loading:
            self._is_loading = True
            self._show_count()
            before = self.model.people
            self._background.run(self, lambda: self._changes(before), self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.search.setPlaceholderText(self.tr("Name, e-mail, department or number"))
        self.search.setAccessibleName(self.tr("Search"))
        self.list.setAccessibleName(self.tr("Employees"))
        self.enroll.setText(self.tr("Enroll"))
        names = {
            EmployeeFilter.ACTIVE: self.tr("Active"),
            EmployeeFilter.NO_FACE: self.tr("No face"),
            EmployeeFilter.INACTIVE: self.tr("Deactivated"),
            EmployeeFilter.ALL: self.tr("All"),
        }
        for filter_, button in self.filters.items():
            button.setText(names[filter_])
        self._show_count()

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        upright = scale.is_portrait
        self._tools.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(scale.px("s"))
        self._chips.setSpacing(scale.px("xs"))

    @property
    def _chosen_filter(self) -> EmployeeFilter:
        return next(filter_ for filter_, button in self.filters.items() if button.isChecked())

    def _narrow(self) -> None:
        self.model.narrow(self.search.text(), self._chosen_filter)
        self.list.scrollToTop()
        self._show_count()

    def _changes(self, before: Searchable) -> Searchable | None:
        """Return all employees, or None when nothing has changed; thousands are compared off the main thread."""
        people = searchable(self._backend.people())
        return None if people == before else people

    def _loaded(self, people: Searchable | None) -> None:
        self._is_loading = False
        self.notice.clear()
        if people is not None:
            self._show(people)
        self._show_count()

    def _show(self, people: Searchable) -> None:
        """Show other rows and keep the scroll position and the current row."""
        current = self.list.currentIndex()
        employee_id = self.model.summary_at(current.row()).person.id if current.isValid() else None
        scrolled = self.list.verticalScrollBar().value()
        self.model.show(people)
        self.list.verticalScrollBar().setValue(scrolled)
        place = None if employee_id is None else self.model.row_of_employee(employee_id)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))

    def _failed(self, _error: KioskError) -> None:
        self._is_loading = False
        self.notice.say("bad", self.tr("The database does not answer; the list may be out of date."), self.tr("Again"))
        self._show_count()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        self._count.setText(self.tr("%n person(s)", "", count))
        if self._is_loading:
            self.list.set_placeholder(self.tr("One moment…"))
        else:
            self.list.set_placeholder(self.tr("Nobody matches."))

    def _go_to_list(self) -> None:
        """Enter in the search field goes to the first row."""
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        member = self.model.summary_at(index.row())
        self.opens.emit(PersonScreen(self._backend, self._background, member, self._events))
