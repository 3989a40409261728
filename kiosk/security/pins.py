"""PIN numbers with their PINs, for those whom the camera does not recognise."""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher

from db import audit_log, credentials
from db.credentials import CredentialKind
from db.employee_queries import lock_active_employee, lock_employee
from db.session import Database, Session
from kiosk.core.clock import SystemClock
from kiosk.core.context import current_actor
from kiosk.domain.credentials import PIN_PATTERN, PinCheck
from kiosk.domain.ports import Clock
from kiosk.errors import EasilyGuessed, InvalidInput, StorageError
from kiosk.security.guessing import is_pin_guessed_early
from kiosk.security.secret_verifier import Outcome, SecretVerifier, Verification
from kiosk.security.throttling import Throttle

DAMAGED = "a PIN in the database is damaged; set it anew with `kiosk employees set-pin`"
# Random: who knows one number cannot infer the next, to try a common PIN with each.
NUMBER_DIGITS = 6
MAX_DRAWS = 20
SUBJECT_DIGITS = 3  # hexadecimal ones


class Pins:
    """Any thread may call any method; all raise StorageError."""

    def __init__(
        self,
        database: Database,
        clock: Clock | None = None,
        hasher: PasswordHasher | None = None,
        *,
        device: str = "",
    ) -> None:
        """clock, hasher: see SecretVerifier. device: where attempts are made, see Throttle."""
        self._database = database
        self._clock = clock or SystemClock()
        self._verifier = SecretVerifier(database, Throttle(CredentialKind.PIN, device), DAMAGED, self._clock, hasher)

    def set(self, employee_id: int, pin: str) -> str:
        """Give a person a PIN and return their PIN number, which stays the same with a new PIN.

        Raises InvalidInput for a PIN that is not six to eight digits, EasilyGuessed, EmployeeNotFound,
        EmployeeInactive.
        """
        _require_fit(pin)
        secret_hash = self._verifier.hash(pin)
        with self._database.transaction() as session:
            lock_active_employee(session, employee_id)
            present = credentials.find_pin(session, employee_id)
            number = _free_number(session) if present is None else present.name
            if present is None:
                credentials.insert_pin(session, employee_id, number, secret_hash)
            else:
                credentials.replace_secret(session, present.credential_id, secret_hash)
            self._verifier.forget_attempts(session, _subject(number))
            audit_log.append(session, current_actor(), "pin_set", f"employee:{employee_id}")
        return number

    def remove(self, employee_id: int) -> bool:
        """Take a person's PIN away and return whether they had one; a new PIN comes with a new number.

        Raises EmployeeNotFound.
        """
        with self._database.transaction() as session:
            lock_employee(session, employee_id)
            present = credentials.find_pin(session, employee_id)
            if present is None:
                return False
            credentials.revoke_pin(session, present.credential_id, self._clock.now())
            audit_log.append(session, current_actor(), "pin_removed", f"employee:{employee_id}")
        return True

    def check(self, number: str, pin: str) -> PinCheck:
        """Tell whose number and PIN this is; a number that nobody has is answered like a wrong PIN, and as late."""
        verification = self._verifier.verify(
            lambda session: credentials.lock_pin(session, number), _subject(number), pin
        )
        if verification.outcome is Outcome.RIGHT and verification.secret is not None:
            return PinCheck(verification.secret.employee_id)
        if verification.outcome is Outcome.WRONG and verification.wait_s > 0:
            self._record_lock(verification)
        return PinCheck(None, verification.wait_s)

    def remaining_s(self) -> float:
        """Return in how many seconds this device checks the next PIN, whosever it is; 0 for now."""
        return self._verifier.remaining_s()

    def _record_lock(self, verification: Verification) -> None:
        secret, attempts = verification.secret, {"attempts": verification.failed_attempts}
        subject = None if secret is None else f"employee:{secret.employee_id}"
        with self._database.transaction() as session:
            audit_log.append(session, current_actor(), "pin_locked", subject, attempts)


def _subject(number: str) -> str:
    """Return what attempts at a number are counted by.

    One of a few thousand values: what somebody typed, perhaps a PIN in the wrong field, cannot be told from it, and
    typing ever new numbers fills no table.
    """
    return hashlib.sha256(number.encode()).hexdigest()[:SUBJECT_DIGITS]


def _require_fit(pin: str) -> None:
    if not PIN_PATTERN.fullmatch(pin):
        raise InvalidInput("a PIN is made of six to eight digits")
    if is_pin_guessed_early(pin):
        raise EasilyGuessed("a PIN like 111111, 123456 or a date is the first that anybody would try; choose another")


def _free_number(session: Session) -> str:
    for _ in range(MAX_DRAWS):
        number = f"{secrets.randbelow(9 * 10 ** (NUMBER_DIGITS - 1)) + 10 ** (NUMBER_DIGITS - 1)}"
        if credentials.is_pin_number_free(session, number):
            return number
    raise StorageError("no free PIN number was found; try again")
