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

from db import credentials
from db.credentials import StoredSecret
from db.session import Database, Session
from kiosk.core.clock import SystemClock
from kiosk.domain.ports import Clock
from kiosk.errors import StorageError
from kiosk.security.throttling import ThrottlingPolicy

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
        secret: the row as it was before the attempt.
        wait_s: seconds before the next attempt is compared, 0 for none.
    """

    outcome: Outcome
    secret: StoredSecret
    wait_s: float = 0.0

    @property
    def failed_attempts(self) -> int:
        """How many attempts in a row were wrong, this one too, should it be WRONG."""
        return self.secret.failed_attempts + 1


class SecretVerifier:
    """Any thread may call any method.

    An attempt counts as a wrong one before it is compared, so that neither a second thread or device nor a power cut
    gives one for nothing; forget_attempts() is for a right one.
    """

    def __init__(
        self,
        database: Database,
        policy: ThrottlingPolicy,
        damaged: str,
        clock: Clock | None = None,
        hasher: PasswordHasher | None = None,
    ) -> None:
        """Make a verifier of one kind of secret.

        Args:
            database: where the hashes are.
            policy: how long wrong attempts lock.
            damaged: the sentence of the StorageError for a hash that is none.
            clock: the machine's by default.
            hasher: argon2id with the parameters of RFC 9106, section 4, for little memory, by default.
        """
        self._database = database
        self._policy = policy
        self._damaged = damaged
        self._clock = clock or SystemClock()
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

    def hash(self, text: str) -> str:
        return self._hasher.hash(text)

    def verify(self, lock: Callable[[Session], StoredSecret | None], text: str) -> Verification | None:
        """Compare a text with the secret that lock finds, unless that is locked; None when it finds none.

        Finding none takes as long as a comparison, so that the time tells nothing. Raises StorageError.
        """
        with self._database.transaction() as session:
            secret, now = lock(session), self._clock.now()
            if secret is not None:
                remaining_s = self._policy.remaining_s(secret.locked_until, now)
                if remaining_s > 0:
                    return Verification(Outcome.LOCKED, secret, remaining_s)
                count = secret.failed_attempts + 1
                locked_until = self._policy.locked_until(count, now)
                credentials.set_failed_attempts(session, secret.credential_id, count, locked_until)
        if secret is None:
            self._matches(self._nobodys_hash, text)
            return None
        if self._matches(secret.secret_hash, text):
            return Verification(Outcome.RIGHT, secret)
        return Verification(Outcome.WRONG, secret, self._policy.wait_s(count))

    def forget_attempts(self, session: Session, secret: StoredSecret) -> None:
        """Let the wrong attempts count no more, within the caller's transaction."""
        credentials.set_failed_attempts(session, secret.credential_id, 0)

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
