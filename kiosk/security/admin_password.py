"""The password that opens the administrator's screens."""

from __future__ import annotations

from argon2 import PasswordHasher

from db import audit_log, credentials
from db.credentials import CredentialKind
from db.session import Database
from db.throttling import ALL_SUBJECTS
from kiosk.core.context import current_actor
from kiosk.domain.credentials import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, PasswordCheck
from kiosk.domain.ports import Clock
from kiosk.errors import EasilyGuessed, InvalidInput, RowRefused
from kiosk.security.guessing import is_guessed_early
from kiosk.security.secret_verifier import Outcome, SecretVerifier, Verification
from kiosk.security.throttling import Throttle

SET = "admin_password_set"
DAMAGED = "the administrator's password in the database is damaged; set it anew with `kiosk admin set-password`"


class AdminPassword:
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
        self._verifier = SecretVerifier(database, Throttle(CredentialKind.ADMIN, device), DAMAGED, clock, hasher)

    def is_set(self) -> bool:
        with self._database.reading() as session:
            return credentials.has_admin_password(session)

    def was_ever_set(self) -> bool:
        """Whether the audit log knows of a password, also of one whose row has been deleted by hand."""
        with self._database.reading() as session:
            return any(audit_log.entries_of(session, (SET,)))

    def choose(self, password: str) -> None:
        """Set the first password. Raises InvalidInput for one that is not fit, and when there is one already."""
        _require_fit(password)
        secret_hash = self._verifier.hash(password)
        with self._database.transaction() as session:
            try:
                credentials.insert_admin_password(session, secret_hash)
            except RowRefused as error:
                raise InvalidInput("there is an administrator's password already") from error
            audit_log.append(session, current_actor(), SET)

    def replace(self, password: str) -> None:
        """Set the password, whether there is one or not, and end a lock. Raises InvalidInput for one that is not fit.

        The present one is not asked for: the caller has to see to it that whoever asks has the right to.
        """
        _require_fit(password)
        secret_hash = self._verifier.hash(password)
        with self._database.transaction() as session:
            present = credentials.lock_admin_password(session)
            if present is None:
                credentials.insert_admin_password(session, secret_hash)
            else:
                credentials.replace_secret(session, present.credential_id, secret_hash)
            self._verifier.forget_attempts(session, ALL_SUBJECTS)
            replaced = {"replaced": present is not None}
            audit_log.append(session, current_actor(), SET, None, replaced)

    def change(self, present: str, password: str) -> PasswordCheck:
        """Replace the present password, when it is the right one.

        Raises InvalidInput for a new one that is not fit, and when none has been chosen.
        """
        _require_fit(password)
        verification = self._verify(present)
        if verification.outcome is Outcome.RIGHT:
            self.replace(password)
        return _result(verification)

    def check(self, password: str) -> PasswordCheck:
        """Tell whether this is the password. Raises InvalidInput when none has been chosen."""
        verification = self._verify(password)
        if verification.outcome is Outcome.RIGHT:
            with self._database.transaction() as session:
                audit_log.append(session, current_actor(), "admin_opened")
        return _result(verification)

    def remaining_s(self) -> float:
        """Return in how many seconds this device checks the next password, 0 for now."""
        return self._verifier.remaining_s()

    def _verify(self, password: str) -> Verification:
        verification = self._verifier.verify(credentials.lock_admin_password, ALL_SUBJECTS, password)
        if verification.secret is None:
            raise InvalidInput("no administrator's password has been chosen yet")
        if verification.outcome is Outcome.WRONG:
            attempts = {"attempts": verification.failed_attempts}
            with self._database.transaction() as session:
                audit_log.append(session, current_actor(), "admin_refused", None, attempts)
        return verification


def _result(verification: Verification) -> PasswordCheck:
    return PasswordCheck(verification.outcome is Outcome.RIGHT, verification.wait_s)


def _require_fit(password: str) -> None:
    if not PASSWORD_MIN_LENGTH <= len(password) <= PASSWORD_MAX_LENGTH:
        raise InvalidInput(f"the password needs {PASSWORD_MIN_LENGTH} to {PASSWORD_MAX_LENGTH} characters")
    if is_guessed_early(password):
        raise EasilyGuessed("this password is among the first that anybody would try; three words in a row are better")
