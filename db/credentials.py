"""The credentials' rows: hashes of the administrator's password, of PINs and of access tokens.

Every function works within the caller's transaction. What the hashes are made of is kiosk.security's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import EmployeeRow
from db.tables import CredentialRow
from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.errors import RowRefused

ADMIN_NAME = "admin"
TokenRow: TypeAlias = Row[int, str, str | None, datetime, datetime | None, datetime | None]

_TOKEN_COLUMNS = (
    CredentialRow.id,
    CredentialRow.name,
    CredentialRow.scope,
    CredentialRow.created_at,
    CredentialRow.expires_at,
    CredentialRow.revoked_at,
)


class CredentialKind(StrEnum):
    ADMIN = "admin"
    PIN = "pin"
    TOKEN = "token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """A password's or a PIN's row.

    Attributes:
        credential_id: the row's number.
        name: the PIN number that goes with a PIN; ADMIN_NAME for the administrator's password.
        employee_id: whose PIN it is; None for the administrator's password.
        secret_hash: as kiosk.security made it.
    """

    credential_id: int
    name: str
    employee_id: int | None
    secret_hash: str


def lock_admin_password(session: Session) -> StoredSecret | None:
    """Return the administrator's password, None before one is set; others who lock it wait for the transaction."""
    return _lock(session, _secrets().where(*_valid(CredentialKind.ADMIN)))


def lock_pin(session: Session, pin_number: str) -> StoredSecret | None:
    """Return an active person's PIN, None when nobody has the number; others who lock it wait for the transaction."""
    person = (CredentialRow.name == pin_number, EmployeeRow.is_active)
    query = _secrets().join(EmployeeRow, EmployeeRow.id == CredentialRow.employee_id)
    return _lock(session, query.where(*_valid(CredentialKind.PIN), *person))


def has_admin_password(session: Session) -> bool:
    return session.scalar(select(CredentialRow.id).where(*_valid(CredentialKind.ADMIN))) is not None


def find_pin(session: Session, employee_id: int) -> StoredSecret | None:
    """Return a person's PIN, active or not; None without one."""
    query = _secrets().where(*_valid(CredentialKind.PIN), CredentialRow.employee_id == employee_id)
    row = session.execute(query.order_by(CredentialRow.id).limit(1)).one_or_none()
    return None if row is None else StoredSecret(*row)


def pin_numbers(session: Session, employee_id: int | None = None) -> dict[int, str]:
    """Return the PIN number of everybody who has a PIN, or of one person, by the employee's number."""
    query = select(CredentialRow.employee_id, CredentialRow.name).where(*_valid(CredentialKind.PIN))
    if employee_id is not None:
        query = query.where(CredentialRow.employee_id == employee_id)
    return {owner: number for owner, number in session.execute(query) if owner is not None}


def is_pin_number_free(session: Session, number: str) -> bool:
    query = select(CredentialRow.id).where(*_valid(CredentialKind.PIN), CredentialRow.name == number)
    return session.scalar(query) is None


def insert_admin_password(session: Session, secret_hash: str) -> None:
    """Raises RowRefused when there is one already, and then the transaction is of no use any more."""
    _insert(session, kind=CredentialKind.ADMIN, name=ADMIN_NAME, secret_hash=secret_hash)


def insert_pin(session: Session, employee_id: int, pin_number: str, secret_hash: str) -> None:
    row = {"name": pin_number, "employee_id": employee_id, "secret_hash": secret_hash}
    _insert(session, kind=CredentialKind.PIN, **row)


def replace_secret(session: Session, credential_id: int, secret_hash: str) -> None:
    """Put a new hash in the place of the old one."""
    _set(session, credential_id, secret_hash=secret_hash)


def revoke_pin(session: Session, credential_id: int, revoked_at: datetime) -> None:
    """Revoke a PIN and forget its hash, from which four digits are soon guessed; the number is free again."""
    # No two hashes may be alike, not even those that are none.
    _set(session, credential_id, revoked_at=revoked_at, secret_hash=f"removed:{credential_id}")


def insert_token(
    session: Session, name: str, scope: TokenScope, secret_hash: str, expires_at: datetime | None
) -> AccessToken:
    """Raises RowRefused for a name in use, and then the transaction is of no use any more."""
    values = {"name": name, "scope": scope, "secret_hash": secret_hash, "expires_at": expires_at}
    return _token(_insert(session, kind=CredentialKind.TOKEN, **values))


def list_tokens(session: Session) -> tuple[AccessToken, ...]:
    """Return all tokens, revoked and expired ones too, the oldest first."""
    query = select(*_TOKEN_COLUMNS).where(CredentialRow.kind == CredentialKind.TOKEN).order_by(CredentialRow.id)
    return tuple(_token(row) for row in session.execute(query))


def find_token(session: Session, secret_hash: str) -> AccessToken | None:
    """Return the token with this hash, valid or not."""
    is_it = (CredentialRow.kind == CredentialKind.TOKEN, CredentialRow.secret_hash == secret_hash)
    row = session.execute(select(*_TOKEN_COLUMNS).where(*is_it)).one_or_none()
    return None if row is None else _token(row)


def get_token(session: Session, token_id: int) -> AccessToken | None:
    """Return the token with this number, valid or not."""
    is_it = (CredentialRow.kind == CredentialKind.TOKEN, CredentialRow.id == token_id)
    row = session.execute(select(*_TOKEN_COLUMNS).where(*is_it)).one_or_none()
    return None if row is None else _token(row)


def revoke_token(session: Session, name: str, revoked_at: datetime) -> AccessToken | None:
    """Revoke the token of this name and return it; None when no token has the name, or only revoked ones."""
    valid = (*_valid(CredentialKind.TOKEN), CredentialRow.name == name)
    statement = update(CredentialRow).where(*valid).values(revoked_at=revoked_at).returning(*_TOKEN_COLUMNS)
    row = session.execute(statement).one_or_none()
    return None if row is None else _token(row)


def _valid(kind: CredentialKind) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CredentialRow.kind == kind, CredentialRow.revoked_at.is_(None)


def _secrets() -> Select[int, str, int | None, str]:
    """The columns of StoredSecret, in its order."""
    return select(
        CredentialRow.id,
        CredentialRow.name,
        CredentialRow.employee_id,
        CredentialRow.secret_hash,
    )


def _lock(session: Session, query: Select[int, str, int | None, str]) -> StoredSecret | None:
    row = session.execute(query.with_for_update(of=CredentialRow)).one_or_none()
    return None if row is None else StoredSecret(*row)


def _insert(session: Session, **values: Any) -> TokenRow:
    try:
        return session.execute(insert(CredentialRow).values(**values).returning(*_TOKEN_COLUMNS)).one()
    except IntegrityError as error:
        raise RowRefused("there is such a credential already") from error


def _set(session: Session, credential_id: int, **values: object) -> None:
    statement = update(CredentialRow).where(CredentialRow.id == credential_id).values(**values)
    session.execute(statement)


def _token(row: TokenRow) -> AccessToken:
    return AccessToken(row.id, row.name, TokenScope(str(row.scope)), row.created_at, row.expires_at, row.revoked_at)
