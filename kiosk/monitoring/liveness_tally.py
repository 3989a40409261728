"""Counts what visits said of live people by their end, and what before the camera is no visitor at all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.core.logger import log
from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.domain.liveness import LivenessAssessment, LivenessMode
from kiosk.domain.registration import Registered
from kiosk.domain.tracking import LOST_AFTER_S
from kiosk.monitoring.status import LivenessReport


@dataclass(slots=True)
class _WatchedVisit:
    seen_s: float
    assessment: LivenessAssessment
    trace_id: UUID | None = None


class LivenessTally:
    """A FrameListener; report may be read by any thread."""

    def __init__(self, mode: LivenessMode) -> None:
        self._mode = mode
        self._visits: dict[int, _WatchedVisit] = {}
        self._verdicts: Counter[str] = Counter()
        self.report = LivenessReport(mode=mode, visits={}, furniture=0)

    def __call__(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        at_s = result.frame.monotonic_s
        for observation in result.observations:
            if observation.liveness is None:
                continue
            visit = self._visits.setdefault(observation.track_id, _WatchedVisit(at_s, observation.liveness))
            if observation.liveness.is_furniture and not visit.assessment.is_furniture:
                log(logging.WARNING, "liveness.furniture", track_id=observation.track_id)
            visit.seen_s, visit.assessment = at_s, observation.liveness
        for announcement in announcements:
            seen = self._visits.get(announcement.observation.track_id)
            if seen is not None and isinstance(announcement.outcome, Registered):
                seen.trace_id = announcement.outcome.event.trace_id
        gone = [track_id for track_id, visit in self._visits.items() if at_s - visit.seen_s > LOST_AFTER_S]
        for track_id in gone:
            self._end(self._visits.pop(track_id))
        furniture = sum(visit.assessment.is_furniture for visit in self._visits.values())
        if gone or furniture != self.report.furniture:
            self.report = LivenessReport(mode=self._mode, visits=dict(self._verdicts), furniture=furniture)

    def _end(self, visit: _WatchedVisit) -> None:
        """Count a visit that led to an event; the others are people who pass by."""
        if visit.trace_id is None:
            return
        assessment = visit.assessment
        self._verdicts[assessment.verdict.value] += 1
        log(
            logging.INFO,
            "liveness.assessed",
            trace_id=visit.trace_id,
            verdict=assessment.verdict.value,
            reasons=",".join(assessment.reasons),
            co_motion=assessment.co_motion,
            motions=assessment.motions,
            seen_s=round(assessment.seen_s, 1),
        )
