"""How wrong passwords and PINs slow down the next attempt: by secret and by device, never for longer than a minute.

Whoever is told to wait is compared when the wait is over, however many attempts were wrong: nobody can keep anybody
else out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db import throttling
from db.credentials import CredentialKind
from db.session import Session
from db.throttling import ALL_SUBJECTS, StoredThrottling


@dataclass(frozen=True, slots=True)
class ThrottlingPolicy:
    """What wrong attempts cost.

    Attributes:
        waits_s: seconds to wait after the first, second, ... wrong attempt; the last one holds from then on.
        forgets_one_in_s: seconds after which one wrong attempt less counts.
    """

    waits_s: tuple[float, ...]
    forgets_one_in_s: float

    def one_more(self, forgotten_at: datetime, now: datetime) -> datetime:
        """Return from when on all wrong attempts are forgotten, after another one at this moment."""
        most = now + self._forgets_one_in * (len(self.waits_s) - 1)
        return min(max(forgotten_at, now), most) + self._forgets_one_in

    def one_less(self, forgotten_at: datetime, now: datetime) -> datetime:
        return max(forgotten_at - self._forgets_one_in, now)

    def attempts(self, forgotten_at: datetime, now: datetime) -> int:
        """Return how many wrong attempts still count; no more than make a difference."""
        count = math.ceil((forgotten_at - now) / self._forgets_one_in)
        return max(0, min(count, len(self.waits_s)))

    def wait_s(self, attempts: int) -> float:
        """Return how long to wait after so many wrong attempts, 1 or more."""
        return float(self.waits_s[min(attempts, len(self.waits_s)) - 1])

    @property
    def longest_wait(self) -> timedelta:
        return timedelta(seconds=self.waits_s[-1])

    @property
    def _forgets_one_in(self) -> timedelta:
        return timedelta(seconds=self.forgets_one_in_s)


SECRET_POLICY = ThrottlingPolicy((0, 0, 5, 15, 30, 60), forgets_one_in_s=600)
# Many people use one device, and each may slip.
DEVICE_POLICY = ThrottlingPolicy((0, 0, 0, 0, 0, 5, 15, 30, 60), forgets_one_in_s=300)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, counted before it is compared.

    Attributes:
        is_locked: it may not be compared; it has not been counted either.
        wait_s: seconds before the next one is compared, should this one be wrong or locked.
        count: how many wrong attempts at the secret count, this one too.
    """

    is_locked: bool
    wait_s: float
    count: int = 0


class Throttle:
    """Counts wrong attempts at one kind of secret on one device, within the caller's transaction.

    Attempts at one secret count on all devices together, and only the device on which a wrong one was made has to
    wait: nobody at another door is held up by it.
    """

    def __init__(self, kind: CredentialKind, device: str) -> None:
        """device: name of the device, by which attempts are counted."""
        self.kind = kind
        self._device = device

    def count(self, session: Session, subject: str, now: datetime) -> Attempt:
        """Count an attempt at a secret as a wrong one, unless this device has to wait.

        subject: which secret, ALL_SUBJECTS where there is one alone.
        """
        rows = throttling.lock(session, self.kind, subject, self._device, now)
        mine = [row for row in rows if row.device == self._device]
        remaining_s = max(self._remaining_s(session, row, now) for row in mine)
        if remaining_s > 0:
            return Attempt(True, remaining_s)
        elsewhere = sum(SECRET_POLICY.attempts(row.forgotten_at, now) for row in rows if row.device != self._device)
        counts = {row.subject: self._add(session, row, subject, elsewhere, now) for row in mine}
        waits_s = [_policy(each, subject).wait_s(count) for each, count in counts.items()]
        return Attempt(False, max(waits_s), counts[subject])

    def remaining_s(self, session: Session, now: datetime) -> float:
        """Return for how long this device compares no secret of the kind at all, 0 for not a moment; count nothing."""
        locked_until = throttling.locked_until(session, self.kind, ALL_SUBJECTS, self._device)
        return 0.0 if locked_until is None else _until_s(min(locked_until, now + SECRET_POLICY.longest_wait), now)

    def forget(self, session: Session, subject: str, now: datetime) -> None:
        """Let the wrong attempts at a secret count no more, after a right one; those at others on this device stay."""
        rows = throttling.lock(session, self.kind, subject, self._device, now)
        throttling.forget(session, self.kind, subject)
        for row in _of_all(rows, self._device, but=subject):
            forgotten_at = DEVICE_POLICY.one_less(row.forgotten_at, now)
            throttling.save(session, self.kind, replace(row, forgotten_at=forgotten_at, locked_until=now))

    def _add(self, session: Session, row: StoredThrottling, subject: str, elsewhere: int, now: datetime) -> int:
        policy = _policy(row.subject, subject)
        forgotten_at = policy.one_more(row.forgotten_at, now)
        count = policy.attempts(forgotten_at, now) + (elsewhere if row.subject == subject else 0)
        locked_until = now + timedelta(seconds=policy.wait_s(count))
        throttling.save(session, self.kind, replace(row, forgotten_at=forgotten_at, locked_until=locked_until))
        return count

    def _remaining_s(self, session: Session, row: StoredThrottling, now: datetime) -> float:
        """Return how long a row still locks; a clock that was set back makes no lock longer than the longest wait."""
        latest = now + SECRET_POLICY.longest_wait
        if row.locked_until > latest:
            row = replace(row, locked_until=latest)
            throttling.save(session, self.kind, row)
        return _until_s(row.locked_until, now)


def _until_s(moment: datetime, now: datetime) -> float:
    return max(0.0, (moment - now).total_seconds())


def _policy(of: str, subject: str) -> ThrottlingPolicy:
    return SECRET_POLICY if of == subject else DEVICE_POLICY


def _of_all(rows: Sequence[StoredThrottling], device: str, *, but: str) -> list[StoredThrottling]:
    return [row for row in rows if row.device == device and row.subject == ALL_SUBJECTS != but]
