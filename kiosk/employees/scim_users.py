"""From an employee and their account in a directory to a SCIM user, and back."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

from scim2_models import InvalidValueException, Meta

from kiosk.domain.directory_accounts import AccountSource, DirectoryAccount
from kiosk.employees.schemas import Employee
from kiosk.employees.scim_schema import EmailAddress, EnterpriseUser, NameParts, OfficeUser

RESOURCE_TYPE = "User"
ID_PREFIX = "employee-"


def user_of(person: Employee, account: DirectoryAccount | None) -> OfficeUser:
    """Return a person as SCIM shows them.

    What the kiosk was told since, such as another name, wins over what the directory had sent.
    """
    names = account if account is not None and account.full_name == person.full_name else None
    user = OfficeUser(
        id=str(person.id),
        external_id=_external_id(person, account),
        user_name=name_without_account(person) if account is None else account.account_name,
        name=_name(person, names),
        display_name=person.full_name if names is None else names.display_name,
        nick_name=person.called,
        title=person.position,
        active=person.is_active,
        emails=[_address(person, account)] if person.has_email else None,
    )
    extension = EnterpriseUser(employee_number=_employee_number(person, account), department=person.department)
    if extension.employee_number is not None or extension.department is not None:
        user[EnterpriseUser] = extension
    changed_at = (person.updated_at, *((account.updated_at,) if account is not None and account.updated_at else ()))
    user.meta = Meta(
        resource_type=RESOURCE_TYPE,
        created=person.created_at,
        last_modified=max(changed_at),
        version=_version(user),
    )
    return user


def name_without_account(person: Employee) -> str:
    """Return the userName of somebody whom no directory has named: e-mail address, personnel number, or employee-ID."""
    return person.shown_email or person.external_id or f"{ID_PREFIX}{person.id}"


def account_of(user: OfficeUser, employee_id: int) -> DirectoryAccount:
    """Return what the directory says of a person. Raises InvalidValueException for a userName without a letter."""
    name, extension, address = user.name or NameParts(), _extension(user), _first_address(user)
    if not (user.user_name or "").strip():
        raise InvalidValueException(detail="userName is needed")
    return DirectoryAccount(
        employee_id=employee_id,
        source=AccountSource.SCIM,
        account_name=cast(str, user.user_name),
        external_id=user.external_id or None,
        employee_number=extension.employee_number or None,
        display_name=user.display_name or None,
        formatted_name=name.formatted or None,
        given_name=name.given_name or None,
        family_name=name.family_name or None,
        email_type=address.type,
        email_is_primary=address.primary,
    )


def columns_of(user: OfficeUser) -> dict[str, str | None]:
    """Return what the kiosk keeps of a user with the employee, by the column's name.

    A directory that says nothing of nicknames leaves what people are called at the door as it is.
    """
    account = account_of(user, 0)
    called = {"called": user.nick_name} if "nick_name" in user.model_fields_set else {}
    return called | {
        "full_name": account.full_name,
        "email": _first_address(user).value,
        "department": _extension(user).department,
        "position": user.title,
        "external_id": account.personnel_number,
    }


def _external_id(person: Employee, account: DirectoryAccount | None) -> str | None:
    """The directory's own identifier where it tells it apart from the personnel number; else the personnel number."""
    if account is not None and account.employee_number is not None:
        return account.external_id
    return person.external_id


def _employee_number(person: Employee, account: DirectoryAccount | None) -> str | None:
    if account is not None and account.employee_number is None and account.external_id == person.external_id:
        return None  # it was sent as externalId alone
    return person.external_id


def _name(person: Employee, names: DirectoryAccount | None) -> NameParts | None:
    if names is None:
        return NameParts(formatted=person.full_name)
    name = NameParts(formatted=names.formatted_name, family_name=names.family_name, given_name=names.given_name)
    return name if any((name.formatted, name.family_name, name.given_name)) else None


def _extension(user: OfficeUser) -> EnterpriseUser:
    return user[EnterpriseUser] or EnterpriseUser()


def _address(person: Employee, account: DirectoryAccount | None) -> EmailAddress:
    if account is None:
        return EmailAddress(value=person.email, type="work", primary=True)
    return EmailAddress(value=person.email, type=account.email_type, primary=account.email_is_primary)


def _first_address(user: OfficeUser) -> EmailAddress:
    """Return the address that is said to be the first, else the one for work, else any; an empty one without."""
    addresses = [address for address in user.emails or () if address.value]
    addresses.sort(key=lambda address: (not address.primary, address.type != "work"))
    return addresses[0] if addresses else EmailAddress()


def _version(user: OfficeUser) -> str:
    content: dict[str, Any] = user.model_dump()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    return f'W/"{digest[:16]}"'
