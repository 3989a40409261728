"""Registers recognised people as attendance events and notifies listeners."""

from __future__ import annotations

from collections import deque
from uuid import UUID

from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.domain.frame_result import Announcement, FrameListener, FrameResult, Observation
from kiosk.domain.registration import Registered, RegistrationOutcome
from kiosk.domain.rejections import RejectedFace
from kiosk.domain.types import AttendanceEvent, Decision, DecisionStatus, Method


class EventDispatcher:
    """Registers new decisions; called by the recognition thread with every frame's result."""

    def __init__(self, attendance: EventRegistrar) -> None:
        self._attendance = attendance
        self._listeners: list[FrameListener] = []
        # A face that is taken for unknown, doubtful and unknown again is still one visitor.
        self._visitor_tracks: deque[int] = deque(maxlen=100)
        self._recognised: deque[tuple[UUID | None, RejectedFace]] = deque(maxlen=100)

    def listen(self, listener: FrameListener) -> None:
        """Add a listener for every frame; it is called on the recognition thread and must not block."""
        self._listeners.append(listener)

    def __call__(self, result: FrameResult) -> None:
        announcements = tuple(
            Announcement(result, observation, observation.decision, self._register(result, observation))
            for observation in result.observations
            if observation.is_new and observation.decision is not None
        )
        for announcement in announcements:
            self._remember(announcement)
        for observation in result.observations:
            decision = observation.decision
            if decision is not None and decision.employee_id is not None:
                self._attendance.saw(decision.employee_id, result.frame.taken_at, result.frame.monotonic_s)
        for listener in self._listeners:
            listener(result, announcements)

    def face_of(self, event: AttendanceEvent) -> RejectedFace | None:
        """Return the face that was recognised for an event, or else the person's latest; any thread may call it.

        None where no face was compared, or too long ago.
        """
        latest = tuple(reversed(self._recognised))
        of_event = next((face for trace_id, face in latest if trace_id == event.trace_id), None)
        if of_event is not None or event.method is Method.PIN:
            return of_event
        return next((face for _, face in latest if face.employee_id == event.employee_id), None)

    def _remember(self, announcement: Announcement) -> None:
        """Keep the face of somebody who was recognised, in case they say that they are somebody else."""
        seen, employee_id = announcement.observation, announcement.decision.employee_id
        if employee_id is None or seen.probe is None:
            return
        outcome = announcement.outcome
        trace_id = outcome.event.trace_id if isinstance(outcome, Registered) else None
        at_s = announcement.result.frame.monotonic_s
        self._recognised.append((trace_id, RejectedFace(employee_id, seen.track_id, seen.box_xyxy, seen.probe, at_s)))

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
