"""What a directory elsewhere, such as Entra ID or an LDAP server, calls a person of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountSource(StrEnum):
    """From where an account comes: sent over SCIM, or fetched over LDAP."""

    SCIM = "scim"
    LDAP = "ldap"


@dataclass(frozen=True, slots=True)
class DirectoryAccount:
    """A person as a directory has them, beside the employee.

    Attributes:
        employee_id: whose account it is.
        source: where it comes from; a person has one account of each source at the most.
        account_name: SCIM's userName, or the name that somebody logs in with.
        external_id: the directory's own identifier; None without one.
        employee_number: the personnel number, where the directory tells it apart from external_id.
        display_name: the full name; None where the directory sends only its parts.
        formatted_name: the full name in another place; SCIM has two.
        given_name: the first name.
        family_name: the last name.
        email_type: what the directory calls the e-mail address, such as "work".
        email_is_primary: whether it calls the address the first one.
        removed_at: since when the directory does not have the account any more, aware UTC; None while it has it.
        updated_at: when the account was last changed, aware UTC; None before it is stored.
    """

    employee_id: int
    source: AccountSource
    account_name: str
    external_id: str | None = None
    employee_number: str | None = None
    display_name: str | None = None
    formatted_name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    email_type: str | None = None
    email_is_primary: bool | None = None
    removed_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def full_name(self) -> str:
        """The name that the person is given at the kiosk; the account's name where the directory has no other."""
        parts = " ".join(filter(None, (self.given_name, self.family_name)))
        return self.display_name or self.formatted_name or parts or self.account_name

    @property
    def personnel_number(self) -> str | None:
        return self.employee_number or self.external_id
