"""Hashes passwords and PINs, verifies them and counts wrong attempts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from db import throttling
from db.credentials import StoredSecret
from db.session import Database, Session
from kiosk.core.clock import SystemClock
from kiosk.domain.ports import Clock
from kiosk.errors import StorageError
from kiosk.security.throttling import Throttle

LONGEST_HASHED = 129  # one more than a password may have: a longer text is wrong, and only keeps the hash busy


class Outcome(Enum):
    """RIGHT or WRONG after a comparison; LOCKED without one."""

    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of one attempt.

    Attributes:
        outcome: RIGHT, WRONG or LOCKED.
        secret: the row that was compared with; None when there is none, and then the outcome is never RIGHT.
        wait_s: seconds before the next attempt is compared, 0 for none.
        failed_attempts: how many wrong attempts count, this one too, should it be WRONG.
    """

    outcome: Outcome
    secret: StoredSecret | None
    wait_s: float = 0.0
    failed_attempts: int = 0


class SecretVerifier:
    """Any thread may call any method.

    An attempt counts as a wrong one before it is compared, so that neither a second thread or device nor a power cut
    gives one for nothing.
    """

    def __init__(
        self,
        database: Database,
        throttle: Throttle,
        damaged: str,
        clock: Clock | None = None,
        hasher: PasswordHasher | None = None,
    ) -> None:
        """Make a verifier of one kind of secret.

        Args:
            database: where the hashes are.
            throttle: counts wrong attempts.
            damaged: the sentence of the StorageError for a hash that is none.
            clock: the machine's by default.
            hasher: argon2id with the parameters of RFC 9106, section 4, for little memory, by default.
        """
        self._database = database
        self._throttle = throttle
        self._damaged = damaged
        self._clock = clock or SystemClock()
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

    def hash(self, text: str) -> str:
        return self._hasher.hash(text)

    def verify(self, find: Callable[[Session], StoredSecret | None], subject: str, text: str) -> Verification:
        """Compare a text with the secret that find returns, unless the attempt has to wait.

        A secret that does not exist is counted, waited for and compared like one that does, so that neither the
        answer nor its time tells which it is. subject: as in Throttle.count. Raises StorageError.
        """
        nobodys_hash = self._nobodys_hash
        with self._database.transaction() as session:
            secret = find(session)
            attempt = self._throttle.count(session, subject, self._clock.now())
        if attempt.is_locked:
            return Verification(Outcome.LOCKED, secret, attempt.wait_s)
        matches = self._matches(nobodys_hash if secret is None else secret.secret_hash, text)
        if secret is None or not matches:
            return Verification(Outcome.WRONG, secret, attempt.wait_s, attempt.count)
        with self._database.transaction() as session:
            self._throttle.forget(session, subject, self._clock.now())
        return Verification(Outcome.RIGHT, secret)

    def remaining_s(self) -> float:
        """Return in how many seconds this device compares again, 0 for now. Raises StorageError."""
        with self._database.reading() as session:
            return self._throttle.remaining_s(session, self._clock.now())

    def forget_attempts(self, session: Session, subject: str) -> None:
        """Let the wrong attempts at a secret count no more, within the caller's transaction."""
        throttling.forget(session, self._throttle.kind, subject)

    @cached_property
    def _nobodys_hash(self) -> str:
        return self._hasher.hash(secrets.token_hex())

    def _matches(self, secret_hash: str, text: str) -> bool:
        try:
            return self._hasher.verify(secret_hash, text[:LONGEST_HASHED])
        except InvalidHashError as error:
            raise StorageError(self._damaged) from error
        except VerificationError:
            return False
