"""Finding people over SCIM without reading everybody: who may match a filter that asks for one of them."""

from __future__ import annotations

from typing import Any

from scim2_models import ScimFilter
from scim2_models.path import CompareOperator, Comparison

from db import directory_accounts
from db.session import Session
from kiosk.domain.case_folding import folded
from kiosk.domain.directory_accounts import AccountSource
from kiosk.employees import crud
from kiosk.employees.schemas import Employee, normalized_email
from kiosk.employees.scim_users import ID_PREFIX, name_without_account

ONE_OF = ("username", "externalid", "id", "emails", "emails.value")


def candidates(session: Session, asked: ScimFilter[Any] | None) -> tuple[Employee, ...] | None:
    """Return who may match a filter: everybody who does is among them. None where everybody has to be looked at.

    Entra ID and Okta ask for one person at a time, by an attribute that is equal to a value.
    """
    node = None if asked is None else asked.ast
    if not isinstance(node, Comparison) or node.op != CompareOperator.eq or not isinstance(node.value, str):
        return None
    attribute = str(node.attr_path).rpartition(":")[2].casefold()
    if attribute not in ONE_OF:
        return None
    people = [*_by_number_or_address(session, node.value), *_by_account(session, node.value)]
    return tuple({person.id: person for person in people}.values())


def owners_of_name(session: Session, name: str) -> set[int | None]:
    """Return the numbers of the people whose userName it is, in any case, hidden ones too."""
    named = directory_accounts.find_by_account_name(session, AccountSource.SCIM, name)
    found = list(_by_number_or_address(session, name))
    accounts = directory_accounts.accounts_of(session, AccountSource.SCIM, [person.id for person in found])
    owners: set[int | None] = {
        person.id
        for person in found
        if person.id not in accounts and folded(name_without_account(person)) == folded(name)
    }
    return owners if named is None else owners | {named.employee_id}


def _by_number_or_address(session: Session, value: str) -> list[Employee]:
    number = value.casefold().removeprefix(ID_PREFIX)
    found = [
        crud.find(session, int(number)) if number.isascii() and number.isdecimal() else None,
        crud.find_by_external_id(session, value),
        crud.find_by_email(session, _address(value)),
    ]
    return [person for person in found if person is not None]


def _by_account(session: Session, value: str) -> list[Employee]:
    named = directory_accounts.find_by_account_name(session, AccountSource.SCIM, value)
    accounts = [
        *([named] if named else []),
        *directory_accounts.find_by_external_id(session, AccountSource.SCIM, value),
    ]
    found = (crud.find(session, account.employee_id) for account in accounts)
    return [person for person in found if person is not None]


def _address(value: str) -> str:
    try:
        return normalized_email(value)
    except ValueError:
        return value
