"""Personal numbers with their PINs, for those whom the camera does not know; the database keeps argon2id hashes.

A wrong attempt is counted before it is looked at, so that neither a second device nor pulling the plug gives one for
nothing. A number that nobody has costs as much time as a wrong PIN.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeAlias

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from db import audit_log
from db.employee_queries import lock_person
from db.models import EmployeeRow
from db.session import Database
from db.tables import CredentialRow
from kiosk.core.clock import SystemClock
from kiosk.core.context import current_actor
from kiosk.domain.credentials import PIN_PATTERN, PinCheck, is_too_simple
from kiosk.domain.ports import Clock
from kiosk.errors import EmployeeInactive, EmployeeNotFound, InvalidInput, StorageError

KIND = "pin"
# Drawn by chance: who knows one number cannot count on to the next, to try a common PIN with each.
NUMBER_DIGITS = 6
DRAWS = 20
# Seconds to wait after so many wrong attempts in a row; the last one holds for all that follow.
WAITS_S = (0, 0, 0, 30, 300, 900, 3600)

PinRow: TypeAlias = Row[int, int | None, str, int, datetime | None]
_UNTRACKED = {"synchronize_session": False}
_IS_VALID = (CredentialRow.kind == KIND, CredentialRow.revoked_at.is_(None))


class Pins:
    """Any thread may call any method; all raise StorageError."""

    def __init__(self, database: Database, clock: Clock | None = None, hasher: PasswordHasher | None = None) -> None:
        """hasher: argon2id with the parameters of RFC 9106 for little memory, unless told otherwise."""
        self._database = database
        self._clock = clock or SystemClock()
        self._hasher = hasher or PasswordHasher()

    def set(self, employee_id: int, pin: str) -> str:
        """Give a person a PIN and return their personal number, which stays the same with a new PIN.

        Raises InvalidInput for a PIN that is not four to eight digits or too simple, EmployeeNotFound,
        EmployeeInactive.
        """
        _require_fit(pin)
        secret_hash = self._hasher.hash(pin)
        with self._database.transaction() as session:
            active = lock_person(session, employee_id)
            if active is None:
                raise EmployeeNotFound(f"there is no employee {employee_id}")
            if not active:
                raise EmployeeInactive(f"employee {employee_id} has been deactivated; restore them first")
            number = _number_of(session, employee_id)
            if number is None:
                number = _free_number(session)
                row = {"kind": KIND, "name": number, "employee_id": employee_id, "secret_hash": secret_hash}
                session.execute(insert(CredentialRow).values(**row))
            else:
                where = (*_IS_VALID, CredentialRow.employee_id == employee_id)
                changes = {"secret_hash": secret_hash, "failed_attempts": 0, "locked_until": None}
                session.execute(update(CredentialRow).where(*where).values(**changes), execution_options=_UNTRACKED)
            audit_log.append(session, current_actor(), "pin_set", f"employee:{employee_id}")
        return number

    def remove(self, employee_id: int) -> bool:
        """Take a person's PIN away and return whether they had one; a new PIN comes with a new number.

        The hash goes too, for four digits are soon guessed from it. Raises EmployeeNotFound.
        """
        where = (*_IS_VALID, CredentialRow.employee_id == employee_id)
        changes = {"revoked_at": self._clock.now(), "secret_hash": ""}
        with self._database.transaction() as session:
            if lock_person(session, employee_id) is None:
                raise EmployeeNotFound(f"there is no employee {employee_id}")
            if _number_of(session, employee_id) is None:
                return False
            session.execute(update(CredentialRow).where(*where).values(**changes), execution_options=_UNTRACKED)
            audit_log.append(session, current_actor(), "pin_removed", f"employee:{employee_id}")
        return True

    def check(self, number: str, pin: str) -> PinCheck:
        """Tell whose number and PIN this is."""
        with self._database.transaction() as session:
            row = _locked_row(session, number)
            if row is not None:
                wait_s = self._wait_s(row.locked_until)
                if wait_s > 0:
                    return PinCheck(None, wait_s)
                wait_s = self._count(session, row)
        if row is None:
            self._is_right(self._nobodys_hash, pin)
            return PinCheck(None)
        if not self._is_right(row.secret_hash, pin):
            self._note_lock(row, wait_s)
            return PinCheck(None, wait_s)
        with self._database.transaction() as session:
            _set(session, row.id, failed_attempts=0, locked_until=None)
        return PinCheck(row.employee_id)

    @cached_property
    def _nobodys_hash(self) -> str:
        return self._hasher.hash(secrets.token_hex())

    def _wait_s(self, locked_until: datetime | None) -> float:
        """A clock that was set back does not lock anybody out for longer than the longest wait."""
        if locked_until is None:
            return 0.0
        return min((locked_until - self._clock.now()).total_seconds(), WAITS_S[-1])

    def _count(self, session: Session, row: PinRow) -> float:
        attempts = row.failed_attempts + 1
        wait_s = WAITS_S[min(attempts, len(WAITS_S)) - 1]
        until = self._clock.now() + timedelta(seconds=wait_s) if wait_s else None
        _set(session, row.id, failed_attempts=attempts, locked_until=until)
        return float(wait_s)

    def _note_lock(self, row: PinRow, wait_s: float) -> None:
        if wait_s > 0:
            details = {"attempts": row.failed_attempts + 1}
            with self._database.transaction() as session:
                audit_log.append(session, current_actor(), "pin_locked", f"employee:{row.employee_id}", details)

    def _is_right(self, secret_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(secret_hash, pin[:64])
        except InvalidHashError as error:
            raise StorageError(
                "a PIN in the database is damaged; set it anew with `kiosk employees set-pin`"
            ) from error
        except VerificationError:
            return False


def _require_fit(pin: str) -> None:
    if not PIN_PATTERN.fullmatch(pin):
        raise InvalidInput("a PIN is made of four to eight digits")
    if is_too_simple(pin):
        raise InvalidInput("a PIN like 1111 or 1234 is the first that anybody would try; choose another")


def _number_of(session: Session, employee_id: int) -> str | None:
    query = select(CredentialRow.name).where(*_IS_VALID, CredentialRow.employee_id == employee_id)
    return session.scalar(query.order_by(CredentialRow.id).limit(1))


def _free_number(session: Session) -> str:
    for _ in range(DRAWS):
        number = f"{secrets.randbelow(9 * 10 ** (NUMBER_DIGITS - 1)) + 10 ** (NUMBER_DIGITS - 1)}"
        taken = select(CredentialRow.id).where(*_IS_VALID, CredentialRow.name == number)
        if session.scalar(taken) is None:
            return number
    raise StorageError("no free personal number was found; try again")


def _locked_row(session: Session, number: str) -> PinRow | None:
    """Return the valid row of an active person, which others who look at it wait for."""
    query = (
        select(
            CredentialRow.id,
            CredentialRow.employee_id,
            CredentialRow.secret_hash,
            CredentialRow.failed_attempts,
            CredentialRow.locked_until,
        )
        .join(EmployeeRow, EmployeeRow.id == CredentialRow.employee_id)
        .where(*_IS_VALID, CredentialRow.name == number, EmployeeRow.is_active)
    )
    return session.execute(query.with_for_update(of=CredentialRow)).one_or_none()


def _set(session: Session, row_id: int, **values: object) -> None:
    session.execute(
        update(CredentialRow).where(CredentialRow.id == row_id).values(**values), execution_options=_UNTRACKED
    )
