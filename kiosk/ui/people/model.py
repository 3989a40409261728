"""The rows of the list of employees, filtered as one types."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kiosk.domain.case_folding import folded
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.admin.row_list import ROW_ROLE, Row
from kiosk.ui.people.person_labels import PersonLabels

_NO_PARENT = QModelIndex()


class EmployeeFilter(Enum):
    """Which employees the list shows."""

    ACTIVE = "active"
    NO_FACE = "no_face"
    INACTIVE = "inactive"
    ALL = "all"

    def matches(self, member: EmployeeSummary) -> bool:
        match self:
            case EmployeeFilter.ACTIVE:
                return member.person.is_active
            case EmployeeFilter.NO_FACE:
                return member.person.is_active and not member.is_recognised
            case EmployeeFilter.INACTIVE:
                return not member.person.is_active
            case EmployeeFilter.ALL:
                return True


# Each person with the text that is searched for them.
Searchable: TypeAlias = tuple[tuple[str, EmployeeSummary], ...]


def searchable(members: Iterable[EmployeeSummary]) -> Searchable:
    """Prepare employees for the search; slow for thousands, and allowed on any thread."""
    return tuple((_search_text(member), member) for member in members)


class PeopleModel(QAbstractListModel):
    """Filtering ten thousand people takes a millisecond or two, and only rows in sight are made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Searchable = ()
        self._matching: Searchable = ()
        self._shown: Searchable = ()
        self._words: list[str] = []
        self._filter = EmployeeFilter.ACTIVE

    @property
    def people(self) -> Searchable:
        """All employees, whether they are listed or not."""
        return self._all

    def show(self, people: Searchable) -> None:
        self._all = people
        self._apply_filter()
        self._narrow()

    def narrow(self, typed: str, filter_: EmployeeFilter) -> None:
        """List those in whose name, e-mail address, department or personnel number every typed word is found."""
        self._words = _comparable(typed).split()
        if filter_ is not self._filter:
            self._filter = filter_
            self._apply_filter()
        self._narrow()

    def summary_at(self, place: int) -> EmployeeSummary:
        return self._shown[place][1]

    def row_of_employee(self, employee_id: int) -> int | None:
        """Return the row of a person, None when they are not listed."""
        return next((place for place, (_, member) in enumerate(self._shown) if member.person.id == employee_id), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return row_of(self.summary_at(index.row()))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row_of(self.summary_at(index.row())).accessible_text
        return None

    def _apply_filter(self) -> None:
        matches = self._filter.matches
        self._matching = tuple(pair for pair in self._all if matches(pair[1]))

    def _narrow(self) -> None:
        found = self._matching
        for word in self._words:
            found = tuple(pair for pair in found if word in pair[0])
        self.beginResetModel()
        self._shown = found
        self.endResetModel()


def row_of(member: EmployeeSummary) -> Row:
    person = member.person
    second = " · ".join(part for part in (person.department, person.shown_email) if part)
    return Row(
        headline=person.full_name,
        second=second,
        face=person.full_name,
        badges=tuple(PersonLabels().marks(member)),
        is_faint=not person.is_active,
    )


def _comparable(text: str) -> str:
    """Fold case, and е for ё as people type it."""
    return folded(text).replace("ё", "е")


def _search_text(member: EmployeeSummary) -> str:
    person = member.person
    texts = (person.full_name, person.shown_email, person.department, person.external_id)
    return _comparable("\n".join(text for text in texts if text))
