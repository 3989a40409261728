"""The employees as the SCIM server reads and writes them; each method is one transaction."""

# ruff: noqa: ARG002  there is one type of resource, and it is always read whole

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from scim2_models import (
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from db import audit_log, directory_accounts
from db.session import Database, Session
from kiosk.core.context import current_actor
from kiosk.domain.directory_accounts import AccountSource, DirectoryAccount
from kiosk.employees import crud
from kiosk.employees.crud import Filter
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.employees.scim_schema import OfficeUser
from kiosk.employees.scim_search import candidates, owners_of_name
from kiosk.employees.scim_users import account_of, columns_of, user_of
from kiosk.errors import EmailTaken, ExternalIdTaken, InvalidInput, RowRefused

PEOPLE_AT_ONCE = 500
EVERYBODY = Filter(active=None)


class ScimUsers(ScimStorage):
    """People are deactivated, never deleted: whoever was deleted over SCIM is hidden until somebody restores them.

    The audit log records each change with the current actor. Every method raises StorageError, beside SCIM's own
    exceptions.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        with self._database.reading() as session:
            return user_of(*_visible(session, resource_id))

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        first, stop = search_request.start_index_0 or 0, search_request.stop_index_0
        with self._database.reading() as session:
            matching = _matching(session, search_request)
            if search_request.sort_by is None:
                return _page(matching, first, stop)
            keys = [(_sort_key(search_request, user), cast(str, user.id)) for user in matching]
            descending = search_request.sort_order == SearchRequest.SortOrder.descending
            keys.sort(key=lambda pair: pair[0], reverse=descending)
            users: list[Resource[Any]] = [user_of(*_visible(session, user_id)) for _, user_id in keys[first:stop]]
            return SearchPage(len(keys), users)

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Add a person; somebody who was deleted over SCIM and has the same number, address or name comes back."""
        user = cast(OfficeUser, resource)
        with _translated(), self._database.transaction() as session:
            gone = _hidden_match(session, user)
            if gone is not None:
                return _write(session, gone, user, is_active=user.active is not False)
            _require_free_name(session, user, None)
            person = crud.create(session, EmployeeCreate.checked(**columns_of(user)))
            audit_log.append(session, current_actor(), "create", f"employee:{person.id}")
            directory_accounts.save_account(session, account_of(user, person.id))
            if user.active is False:
                _set_active(session, person, False)
            return user_of(*_visible(session, str(person.id)))

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        user = cast(OfficeUser, resource)
        with _translated(), self._database.transaction() as session:
            person, _ = _expected(session, cast(str, user.id), expected_version)
            is_active = person.is_active if user.active is None else user.active
            return _write(session, person, user, is_active=is_active)

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        """Deactivate a person and hide them from SCIM; their face stays until somebody erases it."""
        with _translated(), self._database.transaction() as session:
            person, account = _expected(session, resource_id, expected_version)
            account = account or account_of(user_of(person, None), person.id)
            _set_active(session, person, False)
            directory_accounts.save_account(session, replace(account, removed_at=datetime.now(UTC)))


def _write(session: Session, person: Employee, user: OfficeUser, *, is_active: bool) -> Resource[Any]:
    """Give a person what a user says, and return them as they are then."""
    _require_free_name(session, user, person.id)
    values = EmployeeUpdate.checked(**columns_of(user)).changes
    changed = sorted(name for name, value in values.items() if value != _current(person, name))
    crud.update(session, person.id, **{name: values[name] for name in changed})
    account_changed = directory_accounts.save_account(session, account_of(user, person.id))
    if changed or account_changed:
        fields = [*changed, *(["directory_account"] if account_changed else [])]
        audit_log.append(session, current_actor(), "edit", f"employee:{person.id}", {"fields": fields})
    if is_active != person.is_active:
        _set_active(session, person, is_active)
    return user_of(*_visible(session, str(person.id)))


def _current(person: Employee, name: str) -> str | None:
    value: str | None = person.shown_email if name == "email" else getattr(person, name)
    return value


def _set_active(session: Session, person: Employee, is_active: bool) -> None:
    if person.is_active is not is_active:
        crud.update(session, person.id, is_active=is_active)
        audit_log.append(session, current_actor(), "restore" if is_active else "deactivate", f"employee:{person.id}")


def _visible(session: Session, resource_id: str) -> tuple[Employee, DirectoryAccount | None]:
    """Return a person with their account. Raises NotFoundException, also for somebody who was deleted over SCIM."""
    number = int(resource_id) if resource_id.isascii() and resource_id.isdecimal() else 0
    person = crud.find(session, number)
    account = directory_accounts.accounts_of(session, AccountSource.SCIM, [number]).get(number) if person else None
    if person is None or _is_hidden(person, account):
        raise NotFoundException(detail="nobody has this id")
    return person, account


def _expected(
    session: Session, resource_id: str, expected_version: str | None
) -> tuple[Employee, DirectoryAccount | None]:
    """Return a person whom no other transaction changes meanwhile, if they are as the caller knows them."""
    crud.lock(session, _visible(session, resource_id)[0].id)
    person, account = _visible(session, resource_id)
    meta = user_of(person, account).meta
    if expected_version is not None and (meta is None or meta.version != expected_version):
        raise PreconditionFailedException(detail="somebody has changed this person meanwhile; read them again")
    return person, account


def _is_hidden(person: Employee, account: DirectoryAccount | None) -> bool:
    return account is not None and account.removed_at is not None and not person.is_active


def _hidden_match(session: Session, user: OfficeUser) -> Employee | None:
    """Return somebody who was deleted over SCIM and whom a new user is; None where there is nobody."""
    columns = EmployeeCreate.checked(**columns_of(user))
    account = directory_accounts.find_by_account_name(session, AccountSource.SCIM, user.user_name or "")
    found = [
        crud.find(session, account.employee_id) if account else None,
        crud.find_by_external_id(session, columns.external_id) if columns.external_id else None,
        crud.find_by_email(session, columns.email) if columns.email else None,
    ]
    people = {person.id: person for person in found if person is not None}
    accounts = directory_accounts.accounts_of(session, AccountSource.SCIM, list(people))
    hidden = [person for person in people.values() if _is_hidden(person, accounts.get(person.id))]
    return hidden[0] if len(hidden) == len(people) == 1 else None


def _require_free_name(session: Session, user: OfficeUser, employee_id: int | None) -> None:
    others = owners_of_name(session, user.user_name or "") - {employee_id}
    if others:
        raise UniquenessException(attribute="userName", detail="another person, active or not, has this userName")


def _matching(session: Session, request: SearchRequest[Any]) -> Iterator[OfficeUser]:
    chosen = candidates(session, request.filter)
    for people in _everybody(session) if chosen is None else (chosen,):
        accounts = directory_accounts.accounts_of(session, AccountSource.SCIM, [person.id for person in people])
        for person in people:
            account = accounts.get(person.id)
            if not _is_hidden(person, account):
                user = user_of(person, account)
                if request.filter is None or request.filter.match(user):
                    yield user


def _everybody(session: Session) -> Iterator[tuple[Employee, ...]]:
    after: int | None = None
    while people := crud.list_people(session, EVERYBODY, limit=PEOPLE_AT_ONCE, after=after):
        yield people
        after = people[-1].id


def _page(users: Iterable[OfficeUser], first: int, stop: int | None) -> SearchPage:
    total, page = 0, []
    for user in users:
        if total >= first and (stop is None or total < stop):
            page.append(user)
        total += 1
    return SearchPage(total, list(page))


def _sort_key(request: SearchRequest[Any], user: OfficeUser) -> tuple[bool, Any]:
    value = request.sort_value(user)
    return value is None, "" if value is None else value


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (EmailTaken, ExternalIdTaken) as error:
        raise UniquenessException(detail=str(error)) from error
    except RowRefused as error:
        raise UniquenessException(detail="another person has this userName") from error
    except InvalidInput as error:
        raise InvalidValueException(detail=str(error)) from error
