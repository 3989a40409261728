"""What becomes of each person when the office's people are fetched from a directory, and doing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from db import audit_log, directory_accounts
from db.session import Database, Session
from kiosk.core.context import current_actor
from kiosk.domain.directory_accounts import AccountSource, DirectoryAccount
from kiosk.employees import crud
from kiosk.employees.crud import Filter
from kiosk.employees.ldap_directory import DirectoryPerson
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.errors import InvalidInput, KioskError

MOST_DEACTIVATED = 0.2
SOURCE = AccountSource.LDAP


class PullFate(StrEnum):
    """What becomes of a person."""

    ADD = "add"
    CHANGE = "change"
    RESTORE = "restore"
    DEACTIVATE = "deactivate"
    MISSING = "missing"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PullStep:
    """What is to be done about one person.

    Attributes:
        name: the account's name, or the person's where the directory does not have them.
        employee_id: None for somebody new.
        person: as the directory has them; None for somebody who is missing there.
        values: what is to be another, by the employee's column.
        reason: why nothing is done; empty where something is.
    """

    fate: PullFate
    name: str
    employee_id: int | None
    person: DirectoryPerson | None = None
    values: Mapping[str, str | None] | None = None
    reason: str = ""

    @property
    def told(self) -> str:
        """What is done about the person, or why nothing, in words."""
        return self.reason or ", ".join(
            sorted(name.replace("external_id", "personnel number") for name in self.values or ())
        )


class DirectoryPull:
    """Compares a directory with the employees. Every method raises StorageError.

    Who was once fetched is known again by the directory's own identifier; else the personnel number decides, then the
    e-mail address. What the directory has no value of stays as it is. Whoever was deactivated at the kiosk is not
    restored: only those whom the directory had deactivated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, people: Iterable[DirectoryPerson], *, deactivate_missing: bool) -> tuple[PullStep, ...]:
        """Return what is to be done, in the directory's order, those who are missing there last.

        Raises InvalidInput for a directory in which nobody was found: then nothing may be concluded from it.
        """
        with self._database.reading() as session:
            known = _Known(session)
        steps = [known.step(person) for person in people]
        if not steps:
            raise InvalidInput(
                "the directory has answered, and nobody was found: check base and filter; nothing is changed"
            )
        fate = PullFate.DEACTIVATE if deactivate_missing else PullFate.MISSING
        reason = "" if deactivate_missing else "not in the directory; --deactivate-missing deactivates"
        gone = (PullStep(fate, person.full_name, person.id, reason=reason) for person in known.unmatched())
        return (*steps, *gone)

    def require_few(self, steps: Sequence[PullStep], most: float = MOST_DEACTIVATED) -> None:
        """Raise InvalidInput when more than this share of those who were fetched would be deactivated at once."""
        deactivated = sum(step.fate is PullFate.DEACTIVATE for step in steps)
        with self._database.reading() as session:
            accounts = directory_accounts.all_accounts(session, SOURCE)
        if deactivated > max(1, most * len(accounts)):
            raise InvalidInput(
                f"{deactivated} of {len(accounts)} people would be deactivated, more than {most:.0%}; nothing is "
                "changed. If that is right, say --however-many"
            )

    def apply(self, steps: Iterable[PullStep]) -> tuple[PullStep, ...]:
        """Do it, each step by itself, and return what became of it: what the database refuses is told as refused."""
        return tuple(self._done(step) for step in steps)

    def _done(self, step: PullStep) -> PullStep:
        if step.fate in (PullFate.MISSING, PullFate.REFUSED):
            return step
        try:
            with self._database.transaction() as session:
                _do(session, step)
        except KioskError as error:
            return replace(step, fate=PullFate.REFUSED, reason=str(error))
        return step


class _Known:
    """The employees and their accounts, when the comparison began."""

    def __init__(self, session: Session) -> None:
        self._people = {person.id: person for person in crud.list_people(session, Filter(active=None))}
        accounts = directory_accounts.all_accounts(session, SOURCE)
        self._accounts = {account.employee_id: account for account in accounts}
        self._by_identifier = {account.external_id: account.employee_id for account in accounts}
        self._by_number = {person.external_id: person.id for person in self._people.values() if person.external_id}
        self._by_email = {person.email: person.id for person in self._people.values()}
        self._owners = _Owners(self._people.values())
        self._taken: dict[int, str] = {}

    def step(self, person: DirectoryPerson) -> PullStep:
        """Return what becomes of somebody whom the directory has."""
        name = person.account_name
        try:
            values = _values(person)
        except InvalidInput as error:
            return PullStep(PullFate.REFUSED, name, None, person, reason=str(error))
        employee_id = self._find(person, values)
        if employee_id is None:
            step = self._new(person, values)
            return self._checked(step, None) if step.fate is PullFate.ADD else step
        if employee_id in self._taken:
            reason = f"the same person as {self._taken[employee_id]}, by personnel number or address"
            return PullStep(PullFate.REFUSED, name, None, person, reason=reason)
        self._taken[employee_id] = name
        employee, account = self._people[employee_id], self._accounts.get(employee_id)
        changed = {name: value for name, value in values.items() if value != _current(employee, name)}
        step = PullStep(_fate(person, employee, account, bool(changed)), name, employee_id, person, changed)
        return self._checked(step, employee)

    def unmatched(self) -> list[Employee]:
        """Return active people who were fetched once and were not in the directory now."""
        gone = sorted(set(self._accounts) - set(self._taken))
        return [self._people[number] for number in gone if self._people[number].is_active]

    def _checked(self, step: PullStep, employee: Employee | None) -> PullStep:
        """Return a step, or its refusal where it gives somebody what another person has by then."""
        taken = self._owners.give(step, employee)
        return step if not taken else replace(step, fate=PullFate.REFUSED, values=None, reason=taken)

    def _find(self, person: DirectoryPerson, values: Mapping[str, str | None]) -> int | None:
        known = self._by_identifier.get(person.identifier)
        if known is None:
            known = self._by_number.get(values.get("external_id") or "")
        return self._by_email.get(values.get("email") or "") if known is None else known

    @staticmethod
    def _new(person: DirectoryPerson, values: Mapping[str, str | None]) -> PullStep:
        if not person.is_active:
            return PullStep(
                PullFate.UNCHANGED, person.account_name, None, person, reason="disabled, and not at the kiosk"
            )
        return PullStep(PullFate.ADD, person.account_name, None, person, values)


class _Owners:
    """Whose each personnel number and address is, as the steps go on."""

    COLUMNS: ClassVar = {"external_id": "personnel number", "email": "e-mail address"}

    def __init__(self, people: Iterable[Employee]) -> None:
        self._owners: dict[tuple[str, str], str] = {}
        for person in people:
            for column in self.COLUMNS:
                if value := _current(person, column):
                    self._owners[column, value] = _owner(person)

    def give(self, step: PullStep, employee: Employee | None) -> str:
        """Give somebody the numbers and addresses of a step; return why that cannot be, and nothing where it can."""
        own = step.name if employee is None else _owner(employee)
        given = {column: value for column, value in (step.values or {}).items() if column in self.COLUMNS and value}
        for column, value in given.items():
            owner = self._owners.get((column, value), own)
            if owner != own:
                return f"{owner} has this {self.COLUMNS[column]}"
        for column, value in given.items():
            if employee is not None:
                self._owners.pop((column, _current(employee, column) or ""), None)
            self._owners[column, value] = own
        return ""


def _owner(person: Employee) -> str:
    return f"employee {person.id}"


def _fate(person: DirectoryPerson, employee: Employee, account: DirectoryAccount | None, has_changes: bool) -> PullFate:
    if employee.is_active and not person.is_active:
        return PullFate.DEACTIVATE
    if person.is_active and not employee.is_active and account is not None and account.removed_at is not None:
        return PullFate.RESTORE
    return PullFate.CHANGE if has_changes else PullFate.UNCHANGED


def _values(person: DirectoryPerson) -> dict[str, str | None]:
    """Return what the directory says, by the employee's column and checked. Raises InvalidInput."""
    given = {
        "full_name": person.full_name or person.account_name,
        "email": person.email,
        "department": person.department,
        "position": person.position,
        "external_id": person.personnel_number,
    }
    return EmployeeUpdate.checked(**{name: value for name, value in given.items() if value is not None}).changes


def _current(employee: Employee, name: str) -> str | None:
    value: str | None = employee.shown_email if name == "email" else getattr(employee, name)
    return value


def _do(session: Session, step: PullStep) -> None:
    employee_id, values = step.employee_id, dict(step.values or {})
    if step.fate is PullFate.ADD:
        employee_id = crud.create(session, EmployeeCreate.checked(**values)).id
        audit_log.append(session, current_actor(), "create", f"employee:{employee_id}")
    if employee_id is None:
        return  # disabled there, and never known here
    if values and step.fate is not PullFate.ADD:
        crud.update(session, employee_id, **values)
        audit_log.append(session, current_actor(), "edit", f"employee:{employee_id}", {"fields": sorted(values)})
    if step.fate in (PullFate.DEACTIVATE, PullFate.RESTORE):
        crud.update(session, employee_id, is_active=step.fate is PullFate.RESTORE)
        audit_log.append(session, current_actor(), step.fate, f"employee:{employee_id}")
    _remember(session, employee_id, step)


def _remember(session: Session, employee_id: int, step: PullStep) -> None:
    """Keep by what the directory knows the person, and since when it does not want them recognised."""
    is_off = step.fate is PullFate.DEACTIVATE
    if step.person is None:
        directory_accounts.mark_removed(session, SOURCE, employee_id, datetime.now(UTC))
        return
    before = directory_accounts.accounts_of(session, SOURCE, [employee_id]).get(employee_id)
    removed_at = None if before is None or step.person.is_active else before.removed_at
    account = DirectoryAccount(
        employee_id=employee_id,
        source=SOURCE,
        account_name=step.person.account_name,
        external_id=step.person.identifier,
        removed_at=datetime.now(UTC) if is_off else removed_at,
    )
    directory_accounts.save_account(session, account)
