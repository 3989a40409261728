"""Turns a decision or a PIN into an event that is on disk before anybody is greeted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from kiosk.attendance.journal import Journal
from kiosk.attendance.last_events import LastEvents
from kiosk.attendance.last_sightings import LastSightings
from kiosk.attendance.rules import Allowed, LastEvent, Rules
from kiosk.attendance.stays import PlannedSpans
from kiosk.core.logger import log
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered, RegistrationOutcome
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import AttendanceEvent, Decision, DecisionStatus, EventMode, EventType, EventVoid, Image, Method
from kiosk.errors import StorageError


class Snapshots(Protocol):
    def save(self, image_bgr: Image, taken_at: datetime, trace_id: UUID) -> str | None:
        """Return the snapshot's path relative to the data directory, or None when it could not be kept."""


@dataclass(frozen=True, slots=True)
class AttendanceConfig:
    """How a door registers events.

    Attributes:
        kiosk_id: the device, as its events name it.
        rules: for employees.
        visitor_cooldown_s: minimum seconds between two events of unknown visitors.
        snapshots: whether a snapshot is kept with an employee's event.
        visitor_snapshots: whether a snapshot is kept with an unknown visitor's event.
        decision_records: whether what a decision rested on is kept with its event.
    """

    kiosk_id: str
    rules: Rules
    visitor_cooldown_s: float
    snapshots: bool
    visitor_snapshots: bool
    decision_records: bool


class EventRegistrar:
    """Applies the rules and writes the journal. Any thread may call any method."""

    def __init__(self, config: AttendanceConfig, journal: Journal, snapshots: Snapshots) -> None:
        self._config = config
        self._journal = journal
        self._snapshots = snapshots
        self._lock = threading.Lock()
        self._last_events = LastEvents(journal.events())
        self._last_sightings = LastSightings()
        self._rules = config.rules
        # One unknown visitor cannot be told from the next, so their events do not alternate.
        visitor_mode = EventMode.EXIT_ONLY if config.rules.mode is EventMode.EXIT_ONLY else EventMode.ENTRY_ONLY
        self._visitor_rules = Rules(visitor_mode, config.visitor_cooldown_s, config.rules.stays)

    def register(
        self, decision: Decision, taken_at: datetime, monotonic_s: float, snapshot_bgr: Image | None = None
    ) -> RegistrationOutcome:
        """Write the event of a recognised employee or an unknown visitor; Registered means that it is on disk.

        Args:
            decision: a match, or an unknown visitor, who is registered once a track.
            taken_at: when the frame was taken that was decided on; aware UTC.
            monotonic_s: the same moment on the monotonic clock.
            snapshot_bgr: (H, W, 3) uint8; kept if the configuration says so.

        Raises:
            ValueError: the decision is neither a match nor an unknown visitor.
        """
        if decision.status not in (DecisionStatus.MATCH, DecisionStatus.UNKNOWN):
            raise ValueError(f"{decision.status} is not an event")
        rules = self._rules if decision.status is DecisionStatus.MATCH else self._visitor_rules

        def event(event_type: EventType) -> AttendanceEvent:
            return self._event(decision, event_type, taken_at, snapshot_bgr)

        with self._lock:
            last = self._last_events.last(decision.employee_id)
            due = rules.next_event(last, taken_at, monotonic_s, self._last_sightings.of(last))
            return self._write(due, monotonic_s, event)

    def saw(self, employee_id: int, at: datetime, monotonic_s: float) -> None:
        """Take note that somebody recognised is in view: their cooldown runs from the last sighting."""
        with self._lock:
            last = self._last_events.last(employee_id)
            if last is not None and self._rules.is_within_cooldown(
                last, at, monotonic_s, self._last_sightings.of(last)
            ):
                self._last_sightings.note(last, at, monotonic_s)

    def register_pin(self, employee_id: int, at: datetime, monotonic_s: float) -> RegistrationOutcome:
        """Write the event of an employee who gave their number and PIN; as register, without a face.

        Having been seen does not matter: whoever stays in view can leave by their PIN.
        """

        def event(event_type: EventType) -> AttendanceEvent:
            kiosk_id = self._config.kiosk_id
            return AttendanceEvent(uuid4(), employee_id, event_type, at, None, kiosk_id, method=Method.PIN)

        with self._lock:
            due = self._rules.next_event(self._last_events.last(employee_id), at, monotonic_s)
            return self._write(due, monotonic_s, event)

    def register_opposite(self, last: AttendanceEvent, at: datetime, monotonic_s: float) -> RegistrationOutcome:
        """Write the event that follows a person's last one, by hand and without a cooldown.

        AlreadyRegistered when another event came meanwhile.
        """
        employee_id, kiosk_id = last.employee_id, self._config.kiosk_id
        event_type = self._rules.mode.only_type or last.event_type.opposite
        with self._lock:
            latest = self._last_events.last(employee_id)
            if latest is not None and latest.event.trace_id != last.trace_id:
                return AlreadyRegistered(latest.event)
            event = AttendanceEvent(uuid4(), employee_id, event_type, at, None, kiosk_id, method=Method.MANUAL)
            return self._write(Allowed(event_type), monotonic_s, lambda _: event)

    def unsaved_sightings(self) -> tuple[Sighting, ...]:
        """Return when people who are in were last seen here, as far as it has not been saved."""
        with self._lock:
            return self._last_sightings.unsaved(self._config.kiosk_id)

    def mark_sightings_saved(self, sightings: Iterable[Sighting]) -> None:
        with self._lock:
            self._last_sightings.mark_saved(sightings)

    def take_over_sightings(self, sightings: Iterable[Sighting]) -> None:
        """Take over when people were seen at other doors, or here before a restart."""
        with self._lock:
            self._last_sightings.take_over(sightings)

    def _write(
        self,
        due: Allowed | AlreadyRegistered,
        monotonic_s: float,
        make_event: Callable[[EventType], AttendanceEvent],
    ) -> RegistrationOutcome:
        """Write the event that is due; the caller holds the lock."""
        if isinstance(due, AlreadyRegistered):
            return due
        event = make_event(due.event_type)
        try:
            self._journal.append(event)
        except StorageError as error:
            log(logging.WARNING, "event.not_registered", trace_id=event.trace_id, reason=error)
            return NotRegistered(str(error))
        self._last_events.add(LastEvent(event, monotonic_s))
        log(
            logging.INFO,
            "event.registered",
            trace_id=event.trace_id,
            employee_id=event.employee_id,
            event_type=event.event_type,
        )
        return Registered(event)

    def update_from_database(self, latest_events: Iterable[AttendanceEvent]) -> None:
        """Take over the database's latest event of each employee: other devices and the office write there, too."""
        with self._lock:
            self._last_events.update_from_database(latest_events, self._journal.is_pending)

    def give_reason(self, event: AttendanceEvent, reason: str) -> RegistrationOutcome:
        """Write why somebody left, once the exit is registered; Registered means that it is on disk.

        Raises ValueError for an event that is no exit.
        """
        if event.event_type is not EventType.EXIT:
            raise ValueError("a reason goes with an exit")
        explained = replace(event, reason=reason)
        with self._lock:
            try:
                self._journal.append(explained)
            except StorageError as error:
                log(logging.WARNING, "event.not_registered", trace_id=event.trace_id, reason=error)
                return NotRegistered(str(error))
            self._last_events.explain(explained)
        log(logging.INFO, "event.reason_given", trace_id=event.trace_id, employee_id=event.employee_id)
        return Registered(explained)

    def take_back(self, event: AttendanceEvent, void: EventVoid) -> RegistrationOutcome:
        """Write that an event of this door does not count; Registered means that it is on disk.

        What stood before it stands again, as far as it is known here.
        """
        voided = replace(event, void=void)
        with self._lock:
            try:
                self._journal.append(voided)
            except StorageError as error:
                log(logging.WARNING, "event.not_registered", trace_id=event.trace_id, reason=error)
                return NotRegistered(str(error))
            self._last_events.take_back(event)
        log(logging.INFO, "event.taken_back", trace_id=event.trace_id, employee_id=event.employee_id)
        return Registered(voided)

    def use_plans(self, plans: PlannedSpans) -> None:
        """Take over what people are planned to work, from which follows how long a stay may last."""
        with self._lock:
            self._rules = replace(self._rules, stays=replace(self._rules.stays, plans=plans))

    def _event(
        self, decision: Decision, event_type: EventType, taken_at: datetime, snapshot_bgr: Image | None
    ) -> AttendanceEvent:
        trace_id = uuid4()
        return AttendanceEvent(
            trace_id=trace_id,
            employee_id=decision.employee_id,
            event_type=event_type,
            occurred_at=taken_at,
            confidence=decision.similarity,
            kiosk_id=self._config.kiosk_id,
            photo_path=self._keep_snapshot(decision, taken_at, trace_id, snapshot_bgr),
            decision=decision.record if self._config.decision_records else None,
        )

    def _keep_snapshot(
        self, decision: Decision, taken_at: datetime, trace_id: UUID, snapshot_bgr: Image | None
    ) -> str | None:
        known = decision.status is DecisionStatus.MATCH
        wanted = self._config.snapshots if known else self._config.visitor_snapshots
        if not wanted or snapshot_bgr is None:
            return None
        try:
            return self._snapshots.save(snapshot_bgr, taken_at, trace_id)
        except Exception:  # whatever is wrong with a picture, the event counts
            log(logging.ERROR, "snapshot.failed", exc_info=True, trace_id=trace_id)
            return None
