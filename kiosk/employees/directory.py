"""The list of all employees: who can be recognised, who has to be enrolled again, who has a PIN."""

from __future__ import annotations

from db.credentials import pin_numbers
from db.session import Database
from db.templates import TemplateCount, template_counts
from kiosk.employees import crud
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.results import EmployeeSummary
from kiosk.employees.schemas import Employee
from kiosk.errors import EmployeeNotFound


class EmployeeDirectory:
    """Reads the list from the database. Any thread may call it; every method raises StorageError.

    Args:
        database: of the office.
        model_version: of the embedder in use.
    """

    def __init__(self, database: Database, model_version: str) -> None:
        self._database = database
        self._model_version = model_version

    def members(self) -> tuple[EmployeeSummary, ...]:
        """Return everybody, active or not, by name."""
        with self._database.reading() as session:
            people = crud.list_people(session, Filter(active=None), sort_by=SortBy.NAME)
            templates, numbers = template_counts(session, self._model_version), pin_numbers(session)
        return tuple(_member(person, templates, numbers) for person in people)

    def member(self, employee_id: int) -> EmployeeSummary:
        """Raises EmployeeNotFound."""
        with self._database.reading() as session:
            person = crud.find(session, employee_id)
            if person is None:
                raise EmployeeNotFound(employee_id)
            templates = template_counts(session, self._model_version, employee_id)
            return _member(person, templates, pin_numbers(session, employee_id))


def _member(person: Employee, templates: dict[int, TemplateCount], numbers: dict[int, str]) -> EmployeeSummary:
    count = templates.get(person.id, TemplateCount())
    return EmployeeSummary(person, count.usable, count.outdated, numbers.get(person.id))
