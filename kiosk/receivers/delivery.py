"""Delivers to one receiver: in order, again until it succeeds, and on from where it was."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from db.receivers import StoredReceiver
from kiosk.core.logger import log
from kiosk.domain.attendance_log import FeedEntry
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, InvalidInput, StorageError
from kiosk.receivers.change_signal import ChangeSignal
from kiosk.receivers.factory import ReceiverFactory
from kiosk.receivers.outbox import Outbox
from kiosk.receivers.port import DeliveryFailed, Receiver

LOOK_EVERY_S = 2.0
"""How soon commands such as pause and replay take effect."""
FIRST_RETRY_S, LAST_RETRY_S = 1.0, 60.0
LONGEST_RETRY_AFTER_S = 3600.0
COPIED = "database_copied"


class Delivery:
    """For the one thread that repeats step.

    Args:
        name: of the receiver.
        outbox: where its changes are.
        factory: makes the receiver as it is set up now.
        may_deliver: whether this device holds the receiver.
        changes: wakes it when there may be some.
        clock: the machine's.
    """

    def __init__(  # noqa: PLR0917
        self,
        name: str,
        outbox: Outbox,
        factory: ReceiverFactory,
        may_deliver: Callable[[], bool],
        changes: ChangeSignal,
        clock: Clock,
    ) -> None:
        self._name = name
        self._outbox = outbox
        self._factory = factory
        self._may_deliver = may_deliver
        self._changes = changes
        self._clock = clock
        self._receiver: Receiver | None = None
        self._version: object = None
        self._attempts = 0
        self._retry_s = self._idle_s = self._next_s = float("-inf")
        self._away = False

    def step(self) -> bool:
        """Deliver what waits, or wait for it, LOOK_EVERY_S at most; False when the receiver was removed."""
        seen = self._changes.count
        try:
            wait_s = self._look()
        except (StorageError, ConfigurationError) as error:
            if not self._away:
                log(logging.WARNING, "delivery.database_away", receiver=self._name, reason=error)
            self._away, wait_s = True, LOOK_EVERY_S
        else:
            self._away = False
        if wait_s is None:
            return False
        if wait_s > 0:
            self._changes.wait(seen, wait_s)
        return True

    def close(self) -> None:
        """Close the receiver; for the thread that steps."""
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.close()

    def _look(self) -> float | None:
        """Return how long to wait before the next look; None when the receiver was removed."""
        stored = self._outbox.find(self._name)
        if stored is None:
            return None
        if stored.is_paused or not self._may_deliver():
            self.close()
            return LOOK_EVERY_S
        now_s = self._clock.monotonic_s()
        if stored.retry_at is not None and now_s < self._retry_s:
            return min(LOOK_EVERY_S, self._retry_s - now_s)
        return self._guarded(stored)

    def _guarded(self, stored: StoredReceiver) -> float:
        try:
            return self._deliver(self._receiver_as(stored))
        except DeliveryFailed as failure:
            return self._fail(stored, failure)
        except (InvalidInput, ConfigurationError) as error:
            return self._fail(stored, DeliveryFailed("misconfigured", str(error)))
        except StorageError:
            raise
        except Exception:  # of a receiver: it must not take the others along
            log(logging.ERROR, "delivery.crashed", exc_info=True, receiver=self._name)
            self.close()
            return self._fail(stored, DeliveryFailed("crashed", "a fault of the program; its log has more"))

    def _receiver_as(self, stored: StoredReceiver) -> Receiver:
        version = self._factory.version_of(stored)
        if self._receiver is None or version != self._version:
            self.close()
            self._receiver, self._version = self._factory.build(stored), version
        return self._receiver

    def _deliver(self, receiver: Receiver) -> float:
        waiting = self._outbox.waiting(self._name, receiver.batch_size)
        if waiting is None:
            return LOOK_EVERY_S
        stored, page = waiting.receiver, waiting.page
        if page.epoch != stored.epoch:
            log(logging.WARNING, "delivery.paused", receiver=self._name, reason=COPIED)
            self._outbox.pause(stored, COPIED)
            return LOOK_EVERY_S
        now_s = self._clock.monotonic_s()
        if not page.entries:
            return self._rest(receiver, now_s)
        if len(page.entries) < receiver.batch_size and now_s < self._next_s:
            return min(LOOK_EVERY_S, self._next_s - now_s)
        self._hand_over(receiver, stored, page.entries)
        self._next_s = now_s + receiver.every_s
        self._idle_s = now_s + receiver.idle_every_s
        return 0.0

    def _rest(self, receiver: Receiver, now_s: float) -> float:
        if now_s >= self._idle_s:
            self._idle_s = now_s + receiver.idle_every_s
            receiver.idle()
            self._attempts = 0
        return min(LOOK_EVERY_S, max(0.0, self._idle_s - now_s))

    def _hand_over(self, receiver: Receiver, stored: StoredReceiver, entries: Sequence[FeedEntry]) -> None:
        try:
            receiver.deliver(entries)
        except DeliveryFailed as failure:
            if failure.delivered:
                self._outbox.advance(stored, entries[failure.delivered - 1].number)
                self._attempts = 0
            raise
        self._outbox.advance(stored, entries[-1].number)
        if self._attempts:
            log(logging.INFO, "delivery.resumed", receiver=self._name, position=entries[-1].number)
        self._attempts = 0

    def _fail(self, stored: StoredReceiver, failure: DeliveryFailed) -> float:
        self.close()
        if failure.pause:
            log(logging.WARNING, "delivery.paused", receiver=self._name, reason=failure.code)
            self._outbox.pause(stored, failure.code)
            return LOOK_EVERY_S
        wait_s = self._backoff_s(failure.retry_after_s)
        if not self._attempts:
            log(logging.WARNING, "delivery.failed", receiver=self._name, code=failure.code, reason=failure)
        self._attempts += 1
        self._retry_s = self._clock.monotonic_s() + wait_s
        current = self._outbox.find(self._name) or stored  # a part may have been delivered
        self._outbox.note_failure(current, failure.code, timedelta(seconds=wait_s))
        return min(LOOK_EVERY_S, wait_s)

    def _backoff_s(self, retry_after_s: float | None) -> float:
        """Return how long to leave the other side alone: longer each time, and never at the same time as others."""
        longest = min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(self._attempts, 10))
        jittered = longest * random.uniform(0.5, 1.0)  # noqa: S311  no secret
        return max(jittered, min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S))
