"""The employees in the database; each method is one transaction."""

from __future__ import annotations

from db import audit_log
from db.judged_pairs import pair_of, pairs_told_apart, record_judgement
from db.session import Database, Session
from kiosk.core.context import current_actor
from kiosk.employees import crud
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.results import PairJudgement
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate, normalized_email
from kiosk.errors import EmailTaken, EmployeeNotFound, ExternalIdTaken, InvalidInput

ACTIVE = Filter()


class EmployeeStore:
    """People are deactivated, never deleted; the audit log records each change with the current actor.

    Any thread may call it; every method raises StorageError when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, person: EmployeeCreate) -> Employee:
        """Create a person.

        Raises EmailTaken, ExternalIdTaken, also when two threads or processes create the same person at once.
        """
        with self._database.transaction() as session:
            employee = crud.create(session, person)
            audit_log.append(session, current_actor(), "create", f"employee:{employee.id}")
            return employee

    def get(self, employee_id: int) -> Employee | None:
        with self._database.reading() as session:
            return crud.find(session, employee_id)

    def get_by_email(self, email: str | None) -> Employee | None:
        """Return the person with this address, in any case; None also for None and for text that is no address."""
        if email is None:
            return None
        try:
            normalized = normalized_email(email)
        except ValueError:
            return None
        with self._database.reading() as session:
            return crud.find_by_email(session, normalized)

    def require_free(self, person: EmployeeCreate) -> None:
        """Raises EmailTaken or ExternalIdTaken when somebody, active or not, has what a new person is to have."""
        with self._database.reading() as session:
            if person.email is not None and crud.find_by_email(session, person.email) is not None:
                raise EmailTaken("another person, active or not, has this e-mail address")
            if person.external_id is not None and crud.find_by_external_id(session, person.external_id) is not None:
                raise ExternalIdTaken("another person, active or not, has this personnel number")

    def resolve(self, reference: str) -> Employee:
        """Return the person, active or not, whose id, personnel number or e-mail address was typed.

        `id:7` and `number:7` say which of two numbers is meant. Raises EmployeeNotFound, and InvalidInput for a number
        that is one person's id and another's personnel number.
        """
        typed = reference.strip()
        kind, _, value = typed.partition(":")
        with self._database.reading() as session:
            of_id = None if kind == "number" else _find_by_id(session, value if kind == "id" else typed)
            number = value if kind == "number" else typed
            of_number = None if kind == "id" else crud.find_by_external_id(session, number)
        if of_id is not None and of_number is not None and of_id != of_number:
            clash = f"{typed} is the id of one person and the personnel number of another"
            raise InvalidInput(f"{clash}; write id:{typed} or number:{typed}")
        employee = of_id or of_number or self.get_by_email(typed)
        if employee is None:
            raise EmployeeNotFound(f"{typed!r}; `kiosk employees list --all` shows everybody")
        return employee

    def update(self, employee_id: int, changes: EmployeeUpdate) -> Employee:
        """Raises EmployeeNotFound, EmailTaken, ExternalIdTaken."""
        with self._database.transaction() as session:
            employee = crud.update(session, employee_id, **changes.changes)
            audit_log.append(
                session, current_actor(), "edit", f"employee:{employee_id}", {"fields": list(changes.changes)}
            )
            return employee

    def deactivate(self, employee_id: int) -> Employee:
        """Deactivate a person; harmless for a deactivated one. Raises EmployeeNotFound."""
        return self._set_active(employee_id, False, "deactivate")

    def restore(self, employee_id: int) -> Employee:
        """Make a person active again; harmless for an active one. Raises EmployeeNotFound."""
        return self._set_active(employee_id, True, "restore")

    def judge_pair(self, first: int, second: int, keep: int | None = None) -> PairJudgement:
        """Record that two employees are two people, or, where one of the numbers is kept, one: deactivate the other.

        Returns what take_back_judgement wants. Raises InvalidInput for numbers that make no pair, EmployeeNotFound.
        """
        if first == second or keep not in (None, first, second):
            raise InvalidInput("give the numbers of two employees, and of them the one that stays")
        with self._database.transaction() as session:
            people = {employee_id: crud.find(session, employee_id) for employee_id in (first, second)}
            for employee_id, person in people.items():
                if person is None:
                    raise EmployeeNotFound(employee_id)
            were_two = pair_of(first, second) in pairs_told_apart(session)
            record_judgement(session, first, second, current_actor(), are_two=keep is None)
            given_up = None if keep is None else second if keep == first else first
            other = people.get(given_up or 0)
            if given_up is None or other is None or not other.is_active:
                return PairJudgement(first, second, were_two=were_two)
            crud.update(session, given_up, is_active=False)
            audit_log.append(session, current_actor(), "deactivate", f"employee:{given_up}")
            return PairJudgement(first, second, were_two=were_two, deactivated=given_up)

    def take_back_judgement(self, judgement: PairJudgement) -> None:
        """Let two employees be to each other what they were before a judgement."""
        first, second = judgement.first, judgement.second
        with self._database.transaction() as session:
            record_judgement(session, first, second, current_actor(), are_two=judgement.were_two)
            if judgement.deactivated is not None:
                crud.update(session, judgement.deactivated, is_active=True)
                audit_log.append(session, current_actor(), "restore", f"employee:{judgement.deactivated}")

    def list(
        self,
        which: Filter = ACTIVE,
        *,
        sort_by: SortBy = SortBy.ID,
        descending: bool = False,
        skip: int = 0,
        limit: int | None = None,
        after: int | None = None,
    ) -> tuple[Employee, ...]:
        """Return a page of the people whom `which` selects; see crud.list_people."""
        with self._database.reading() as session:
            return crud.list_people(
                session, which, sort_by=sort_by, descending=descending, skip=skip, limit=limit, after=after
            )

    def count(self, which: Filter = ACTIVE) -> int:
        with self._database.reading() as session:
            return crud.count(session, which)

    def _set_active(self, employee_id: int, is_active: bool, action: str) -> Employee:
        with self._database.transaction() as session:
            employee = crud.update(session, employee_id, is_active=is_active)
            audit_log.append(session, current_actor(), action, f"employee:{employee_id}")
            return employee


def _find_by_id(session: Session, typed: str) -> Employee | None:
    is_id = typed.isascii() and typed.isdecimal() and not typed.startswith("0")  # 00417 is a personnel number
    return crud.find(session, int(typed)) if is_id else None
