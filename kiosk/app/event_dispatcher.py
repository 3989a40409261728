"""Registers recognised people as attendance events and notifies listeners."""

from __future__ import annotations

from collections import deque

from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.domain.frame_result import Announcement, FrameListener, FrameResult, Observation
from kiosk.domain.registration import RegistrationOutcome
from kiosk.domain.types import Decision, DecisionStatus


class EventDispatcher:
    """Registers new decisions; called by the recognition thread with every frame's result."""

    def __init__(self, attendance: EventRegistrar) -> None:
        self._attendance = attendance
        self._listeners: list[FrameListener] = []
        # A face that is taken for unknown, doubtful and unknown again is still one visitor.
        self._visitor_tracks: deque[int] = deque(maxlen=100)

    def listen(self, listener: FrameListener) -> None:
        """Add a listener for every frame; it is called on the recognition thread and must not block."""
        self._listeners.append(listener)

    def __call__(self, result: FrameResult) -> None:
        announcements = tuple(
            Announcement(result, observation, observation.decision, self._register(result, observation))
            for observation in result.observations
            if observation.is_new and observation.decision is not None
        )
        for observation in result.observations:
            decision = observation.decision
            if decision is not None and decision.employee_id is not None:
                self._attendance.saw(decision.employee_id, result.frame.taken_at, result.frame.monotonic_s)
        for listener in self._listeners:
            listener(result, announcements)

    def _register(self, result: FrameResult, observation: Observation) -> RegistrationOutcome | None:
        decision = observation.decision
        if decision is None or not self._is_event(decision, observation.track_id):
            return None
        frame = result.frame
        return self._attendance.register(decision, frame.taken_at, frame.monotonic_s, frame.image_bgr)

    def _is_event(self, decision: Decision, track_id: int) -> bool:
        if decision.status is DecisionStatus.MATCH:
            return True
        if decision.status is not DecisionStatus.UNKNOWN or track_id in self._visitor_tracks:
            return False
        self._visitor_tracks.append(track_id)
        return True
