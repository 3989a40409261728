"""The administrator's password; the database keeps its argon2id hash and counts the wrong attempts."""

from __future__ import annotations

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import audit_log
from db.session import Database
from db.tables import CredentialRow
from kiosk.core.clock import SystemClock
from kiosk.core.context import current_actor
from kiosk.domain.credentials import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, PasswordCheck
from kiosk.domain.ports import Clock
from kiosk.errors import InvalidInput, StorageError

KIND = "admin"
NAME = "admin"
# Seconds to wait after so many wrong attempts in a row; the last one holds for all that follow.
WAITS_S = (0, 0, 5, 30, 300, 900, 3600)

_IS_VALID = (CredentialRow.kind == KIND, CredentialRow.name == NAME, CredentialRow.revoked_at.is_(None))


class AdminPassword:
    """Any thread may call any method; all raise StorageError. A wrong attempt is counted before it is looked at, so
    that neither a second thread nor pulling the plug gives one for nothing."""

    def __init__(self, database: Database, clock: Clock | None = None, hasher: PasswordHasher | None = None) -> None:
        """hasher: argon2id with the parameters of RFC 9106 for little memory, unless told otherwise."""
        self._database = database
        self._clock = clock or SystemClock()
        self._hasher = hasher or PasswordHasher()

    def is_set(self) -> bool:
        with self._database.reading() as session:
            return session.scalar(select(CredentialRow.id).where(*_IS_VALID)) is not None

    def choose(self, password: str) -> None:
        """Set the first password. Raises InvalidInput for one too short or long, and when there is one already."""
        _require_fit(password)
        secret_hash = self._hasher.hash(password)
        with self._database.transaction() as session:
            _insert(session, secret_hash)
            audit_log.append(session, current_actor(), "admin_password_set")

    def replace(self, password: str) -> None:
        """Set the password, whether there is one or not, and end a lock. Raises InvalidInput for one too short or long.

        It does not ask for the present one: whoever calls it has to have the right to.
        """
        _require_fit(password)
        secret_hash = self._hasher.hash(password)
        with self._database.transaction() as session:
            row = _locked_row(session)
            if row is None:
                _insert(session, secret_hash)
            else:
                _set(session, row.id, secret_hash=secret_hash, failed_attempts=0, locked_until=None)
            audit_log.append(session, current_actor(), "admin_password_set", None, {"replaced": row is not None})

    def change(self, present: str, password: str) -> PasswordCheck:
        """Replace the present password, when it is the right one.

        Raises InvalidInput for a new one too short or long, and when none has been chosen.
        """
        _require_fit(password)
        attempt, _ = self._compare(present)
        if attempt.accepted:
            self.replace(password)
        return attempt

    def check(self, password: str) -> PasswordCheck:
        """Tell whether this is the password. Raises InvalidInput when none has been chosen."""
        attempt, row_id = self._compare(password)
        if attempt.accepted:
            with self._database.transaction() as session:
                _set(session, row_id, failed_attempts=0, locked_until=None)
                audit_log.append(session, current_actor(), "admin_opened")
        return attempt

    def _compare(self, password: str) -> tuple[PasswordCheck, int]:
        """Return what came of it, counted as a wrong attempt for now, and the password's row."""
        with self._database.transaction() as session:
            row = _locked_row(session)
            if row is None:
                raise InvalidInput("no administrator's password has been chosen yet")
            wait_s = self._wait_s(row.locked_until)
            if wait_s > 0:
                return PasswordCheck(False, wait_s), row.id
            wait_s = self._count(session, row.id, row.failed_attempts + 1)
        if not self._is_right(row.secret_hash, password):
            self._note("admin_refused", {"attempts": row.failed_attempts + 1})
            return PasswordCheck(False, wait_s), row.id
        return PasswordCheck(True), row.id

    def _wait_s(self, locked_until: datetime | None) -> float:
        """A clock that was set back does not lock anybody out for longer than the longest wait."""
        if locked_until is None:
            return 0.0
        return min((locked_until - self._clock.now()).total_seconds(), WAITS_S[-1])

    def _count(self, session: Session, row_id: int, attempts: int) -> float:
        wait_s = WAITS_S[min(attempts, len(WAITS_S)) - 1]
        until = self._clock.now() + timedelta(seconds=wait_s) if wait_s else None
        _set(session, row_id, failed_attempts=attempts, locked_until=until)
        return float(wait_s)

    def _is_right(self, secret_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(secret_hash, password[: PASSWORD_MAX_LENGTH + 1])
        except InvalidHashError as error:
            raise StorageError("the administrator's password in the database is damaged") from error
        except VerificationError:
            return False

    def _note(self, action: str, details: audit_log.Details) -> None:
        with self._database.transaction() as session:
            audit_log.append(session, current_actor(), action, None, details)


def _require_fit(password: str) -> None:
    if not PASSWORD_MIN_LENGTH <= len(password) <= PASSWORD_MAX_LENGTH:
        raise InvalidInput(f"the password needs {PASSWORD_MIN_LENGTH} to {PASSWORD_MAX_LENGTH} characters")


def _insert(session: Session, secret_hash: str) -> None:
    try:
        session.execute(insert(CredentialRow).values(kind=KIND, name=NAME, secret_hash=secret_hash))
    except IntegrityError as error:
        raise InvalidInput("there is an administrator's password already") from error


def _locked_row(session: Session) -> Row[int, str, int, datetime | None] | None:
    """Return the password's row, which others who look at it wait for."""
    query = select(
        CredentialRow.id, CredentialRow.secret_hash, CredentialRow.failed_attempts, CredentialRow.locked_until
    )
    return session.execute(query.where(*_IS_VALID).with_for_update()).one_or_none()


def _set(session: Session, row_id: int, **values: object) -> None:
    session.execute(
        update(CredentialRow).where(CredentialRow.id == row_id).values(**values),
        execution_options={"synchronize_session": False},
    )
