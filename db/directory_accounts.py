"""What directories elsewhere call people; every function works within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.tables import DirectoryAccountRow
from kiosk.domain.case_folding import folded
from kiosk.domain.directory_accounts import AccountSource, DirectoryAccount
from kiosk.errors import RowRefused

_FIELDS = tuple(field.name for field in fields(DirectoryAccount))
_COLUMNS = tuple(getattr(DirectoryAccountRow, name) for name in _FIELDS)


def accounts_of(session: Session, source: AccountSource, employee_ids: Sequence[int]) -> dict[int, DirectoryAccount]:
    """Return these people's accounts of one source, by the employee's number; some may have none."""
    found = _accounts(session, _of(source).where(DirectoryAccountRow.employee_id.in_(employee_ids)))
    return {account.employee_id: account for account in found}


def all_accounts(session: Session, source: AccountSource) -> tuple[DirectoryAccount, ...]:
    return _accounts(session, _of(source).order_by(DirectoryAccountRow.employee_id))


def find_by_account_name(session: Session, source: AccountSource, name: str) -> DirectoryAccount | None:
    """Return the account of this name, in any case."""
    return next(iter(_accounts(session, _of(source).where(DirectoryAccountRow.folded_name == folded(name)))), None)


def find_by_external_id(session: Session, source: AccountSource, external_id: str) -> tuple[DirectoryAccount, ...]:
    """Return the accounts that the directory knows by this identifier."""
    return _accounts(session, _of(source).where(DirectoryAccountRow.external_id == external_id))


def save_account(session: Session, account: DirectoryAccount) -> bool:
    """Store an account, the first or instead of the person's earlier one; return whether anything is another.

    Raises RowRefused for a name that somebody else's account of the source has; the transaction is of no use then.
    """
    before = accounts_of(session, account.source, [account.employee_id]).get(account.employee_id)
    values = {name: getattr(account, name) for name in _FIELDS if name != "updated_at"}
    if before is not None and all(getattr(before, name) == value for name, value in values.items()):
        return False
    values["folded_name"] = folded(account.account_name)
    its_row = (
        DirectoryAccountRow.employee_id == account.employee_id,
        DirectoryAccountRow.source == account.source,
    )
    statement = insert(DirectoryAccountRow) if before is None else update(DirectoryAccountRow).where(*its_row)
    try:
        session.execute(statement.values(**values))
    except IntegrityError as error:
        raise RowRefused("another account has this name already") from error
    return True


def mark_removed(session: Session, source: AccountSource, employee_id: int, removed_at: datetime | None) -> None:
    """Say since when the directory does not have a person's account any more; None for one that it has."""
    its_row = (DirectoryAccountRow.employee_id == employee_id, DirectoryAccountRow.source == source)
    session.execute(update(DirectoryAccountRow).where(*its_row).values(removed_at=removed_at))


def _of(source: AccountSource) -> Select[Any]:
    return select(*_COLUMNS).where(DirectoryAccountRow.source == source)


def _accounts(session: Session, query: Select[Any]) -> tuple[DirectoryAccount, ...]:
    rows = (dict(zip(_FIELDS, row, strict=True)) for row in session.execute(query))
    return tuple(DirectoryAccount(**row | {"source": AccountSource(row["source"])}) for row in rows)
