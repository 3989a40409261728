"""One face followed through the frames, by motion alone; whether it stays the same face is decision.py's question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, product
from math import hypot, log

from kiosk.core.decision import Evidence
from kiosk.core.types import Box, FaceDetection

LOST_AFTER_S = 0.7
# A walker crosses about one face width in 100 ms; a face's centre farther from where it was expected is another's.
MAX_STEP_FACES = 1.2
MAX_GROWTH = log(2.0)


@dataclass(slots=True, eq=False)
class Track:
    """A face that is being followed; detection is its latest."""

    id: int
    detection: FaceDetection
    first_seen_s: float
    last_seen_s: float
    evidence: Evidence = field(default_factory=Evidence)
    velocity_xy: tuple[float, float] = (0.0, 0.0)

    def move(self, detection: FaceDetection, at_s: float) -> None:
        elapsed_s = at_s - self.last_seen_s
        if elapsed_s > 0:
            (x, y), (new_x, new_y) = _centre(self.detection.box_xyxy), _centre(detection.box_xyxy)
            self.velocity_xy = ((new_x - x) / elapsed_s, (new_y - y) / elapsed_s)
        self.detection = detection
        self.last_seen_s = at_s

    def cost(self, detection: FaceDetection, at_s: float) -> float:
        """Return how unlikely this detection goes on with the track: faces' widths from the expected place."""
        elapsed_s = at_s - self.last_seen_s
        x, y = _centre(self.detection.box_xyxy)
        new_x, new_y = _centre(detection.box_xyxy)
        size, new_size = _size(self.detection.box_xyxy), _size(detection.box_xyxy)
        expected_x, expected_y = x + self.velocity_xy[0] * elapsed_s, y + self.velocity_xy[1] * elapsed_s
        if abs(log(new_size / size)) > MAX_GROWTH:
            return float("inf")
        return hypot(new_x - expected_x, new_y - expected_y) / max(size, new_size)


class Tracker:
    """Carries tracks from frame to frame: the cheapest pairs of track and detection first."""

    def __init__(self) -> None:
        self._tracks: list[Track] = []
        self._ids = count(1)

    def update(self, detections: Sequence[FaceDetection], at_s: float) -> tuple[Track, ...]:
        """Return the tracks seen in this frame, in the order of the detections."""
        self._tracks = [track for track in self._tracks if at_s - track.last_seen_s <= LOST_AFTER_S]
        assigned = self._assign(detections, at_s)
        seen = []
        for index, detection in enumerate(detections):
            track = assigned.get(index)
            if track is None:
                track = Track(next(self._ids), detection, at_s, at_s)
                self._tracks.append(track)
            else:
                track.move(detection, at_s)
            seen.append(track)
        return tuple(seen)

    def replace(self, track: Track, at_s: float) -> Track:
        """Return a new track in the place of one whose face has changed: nothing of it is inherited."""
        fresh = Track(next(self._ids), track.detection, at_s, at_s, velocity_xy=track.velocity_xy)
        self._tracks[self._tracks.index(track)] = fresh
        return fresh

    def _assign(self, detections: Sequence[FaceDetection], at_s: float) -> dict[int, Track]:
        pairs = sorted(
            (
                (track.cost(detection, at_s), place, index)
                for (place, track), (index, detection) in product(enumerate(self._tracks), enumerate(detections))
            ),
        )
        assigned: dict[int, Track] = {}
        taken: set[int] = set()
        for cost, place, index in pairs:
            if cost > MAX_STEP_FACES:
                break
            if place not in taken and index not in assigned:
                taken.add(place)
                assigned[index] = self._tracks[place]
        return assigned


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _size(box: Box) -> float:
    return max(1.0, ((box[2] - box[0]) + (box[3] - box[1])) / 2)
