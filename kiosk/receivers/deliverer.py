"""Delivers to all receivers of this device, each in a thread of its own, so that none waits for another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from db.feed import FeedSignal
from db.receivers import StoredReceiver
from kiosk.core.logger import log
from kiosk.core.systemd import READY, STOPPING, WATCHDOG, notify
from kiosk.core.worker import Worker
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, StorageError
from kiosk.receivers.change_signal import ChangeSignal
from kiosk.receivers.delivery import Delivery
from kiosk.receivers.factory import ReceiverFactory
from kiosk.receivers.outbox import HELD_FOR, Outbox

LOOK_EVERY_S = 2.0
HOLD_EVERY_S = HELD_FOR.total_seconds() / 3
SAFELY_HELD_S = HELD_FOR.total_seconds() / 2
"""After so long without prolonging it a device delivers no more: another one may soon begin."""
SIGNAL_S = 1.0
STOP_S = 5.0
STUCK_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class RunningDelivery:
    delivery: Delivery
    worker: Worker


class Deliverer:
    """The deliveries of one process.

    Args:
        outbox: of the office, for this device.
        signal: tells of changes.
        factory: makes the receivers.
        clock: the machine's.
    """

    def __init__(self, outbox: Outbox, signal: FeedSignal, factory: ReceiverFactory, clock: Clock) -> None:
        self._outbox = outbox
        self._signal = signal
        self._factory = factory
        self._clock = clock
        self._changes = ChangeSignal()
        self._finished = threading.Event()
        self._running: dict[str, RunningDelivery] = {}
        self._held_until_s: dict[int, float] = {}
        self._hold_due_s = float("-inf")
        self._following = Worker("changes", self._follow, cleanup=signal.close)
        self._overseeing = Worker("receivers", self._oversee)

    def run(self) -> None:
        """Deliver until request_stop; what is being delivered is finished, within STOP_S."""
        self._following.start()
        self._overseeing.start()
        notify(READY)
        log(logging.INFO, "delivery.started")
        while not self._finished.wait(0.5):
            if not self._stuck():
                notify(WATCHDOG)
        notify(STOPPING)
        self._stop()
        log(logging.INFO, "delivery.stopped")

    def request_stop(self) -> None:
        """Make run return soon; may be called from a signal handler."""
        self._finished.set()

    def _follow(self) -> bool:
        try:
            if self._signal.wait(SIGNAL_S):
                self._changes.announce()
        except (StorageError, ConfigurationError):
            self._following.wait(SIGNAL_S)  # the deliveries say that the database is away
        return True

    def _oversee(self) -> bool:
        try:
            self._hold_and_start()
        except (StorageError, ConfigurationError) as error:
            log(logging.DEBUG, "delivery.not_looked_at", reason=error)
        self._overseeing.wait(LOOK_EVERY_S)
        return True

    def _hold_and_start(self) -> None:
        own = [one for one in self._outbox.receivers() if self._factory.local.has(one.name)]
        for name in [name for name, running in self._running.items() if not running.worker.alive]:
            del self._running[name]
        now_s = self._clock.monotonic_s()
        is_new = any(one.id not in self._held_until_s for one in own)
        if own and (is_new or now_s >= self._hold_due_s):
            self._outbox.ensure_epoch()
            held = self._outbox.hold([one.id for one in own])
            self._held_until_s = {one.id: now_s + (SAFELY_HELD_S if one.id in held else 0.0) for one in own}
            self._hold_due_s = now_s + HOLD_EVERY_S
        for one in own:
            if one.name not in self._running:
                self._start(one)

    def _start(self, stored: StoredReceiver) -> None:
        delivery = Delivery(
            stored.name, self._outbox, self._factory, self._may_deliver_to(stored.id), self._changes, self._clock
        )
        worker = Worker(f"deliver {stored.name}", delivery.step, cleanup=delivery.close)
        self._running[stored.name] = RunningDelivery(delivery, worker)
        worker.start()

    def _may_deliver_to(self, receiver_id: int) -> Callable[[], bool]:
        return lambda: self._clock.monotonic_s() < self._held_until_s.get(receiver_id, float("-inf"))

    def _stuck(self) -> bool:
        """Tell whether what all deliveries need hangs; a receiver that hangs harms only itself."""
        beats = (self._following.beat_s, self._overseeing.beat_s)
        return any(beat_s is not None and self._clock.awake_s() - beat_s > STUCK_AFTER_S for beat_s in beats)

    def _stop(self) -> None:
        workers = [running.worker for running in self._running.values()]
        for worker in (self._overseeing, self._following, *workers):
            worker.request_stop()
        self._changes.announce()
        for worker in (self._overseeing, self._following, *workers):
            worker.join(STOP_S)
        try:
            self._outbox.release()
        except StorageError as error:
            log(logging.WARNING, "delivery.database_away", reason=error)
