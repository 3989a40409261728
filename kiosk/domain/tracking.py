"""One face followed through the frames, by motion; whether it stays the same face is decision.py's question.

Motion cannot tell two people apart who cross, or one who steps in front of another. It can tell, and so can a look,
when that may have happened: the track is then disturbed, and trusted no more until a sample shows the face it had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from math import hypot, log

from kiosk.domain.appearance_descriptor import AppearanceDescriptor, is_same_appearance
from kiosk.domain.decision import Evidence
from kiosk.domain.types import Box, FaceDetection

LOST_AFTER_S = 0.7
UNSEEN_S = 0.2  # time enough for another face to take the place
# A walker crosses about one face width in 100 ms; a face's centre farther from where it was expected is another's.
MAX_STEP_FACES = 1.2
MAX_GROWTH = log(2.0)
# A face that could as well go on with another track lies this near to where that one was expected. Two people who
# stand shoulder to shoulder are farther apart.
AMBIGUOUS_FACES = 0.8
# Beyond these a face has jumped, not moved: somebody else may have stepped in front of it.
JUMP_FACES = 0.5
JUMP_GROWTH = log(1.25)


@dataclass(slots=True, eq=False)
class Track:
    """A face that is being followed.

    detection: its latest.
    is_disturbed: another face may have taken its place since it was last known.
    """

    id: int
    detection: FaceDetection
    first_seen_s: float
    last_seen_s: float
    evidence: Evidence = field(default_factory=Evidence)
    velocity_xy: tuple[float, float] = (0.0, 0.0)
    is_disturbed: bool = False
    _look: AppearanceDescriptor | None = None

    def update_appearance(self, seen: AppearanceDescriptor) -> None:
        """Take note of what the face looks like in this frame."""
        if self._look is not None and not is_same_appearance(self._look, seen):
            self.is_disturbed = True
        self._look = seen

    def update_position(self, detection: FaceDetection, at_s: float) -> None:
        elapsed_s = at_s - self.last_seen_s
        if elapsed_s > 0:
            (x, y), (new_x, new_y) = box_centre(self.detection.box_xyxy), box_centre(detection.box_xyxy)
            self.velocity_xy = ((new_x - x) / elapsed_s, (new_y - y) / elapsed_s)
        self.detection = detection
        self.last_seen_s = at_s

    def expected_box(self, at_s: float) -> Box:
        elapsed_s = at_s - self.last_seen_s
        x, y = self.velocity_xy[0] * elapsed_s, self.velocity_xy[1] * elapsed_s
        left, top, right, bottom = self.detection.box_xyxy
        return left + x, top + y, right + x, bottom + y

    def growth(self, detection: FaceDetection) -> float:
        """Return by how much the face is larger or smaller than before, as a logarithm, at least 0."""
        return abs(log(box_size(detection.box_xyxy) / box_size(self.detection.box_xyxy)))

    def cost(self, detection: FaceDetection, at_s: float) -> float:
        """Return how unlikely this detection goes on with the track: faces' widths from the expected place."""
        if self.growth(detection) > MAX_GROWTH:
            return float("inf")
        x, y = box_centre(self.expected_box(at_s))
        new_x, new_y = box_centre(detection.box_xyxy)
        return hypot(new_x - x, new_y - y) / max(box_size(self.detection.box_xyxy), box_size(detection.box_xyxy))


class Tracker:
    """Carries tracks from frame to frame: the cheapest pairs of track and detection first."""

    def __init__(self) -> None:
        self._tracks: list[Track] = []
        self._ids = count(1)
        self._updated_at_s = 0.0

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Those seen lately."""
        return tuple(self._tracks)

    def update(self, detections: Sequence[FaceDetection], at_s: float) -> tuple[Track, ...]:
        """Return the tracks seen in this frame, in the order of the detections."""
        frame_s, self._updated_at_s = at_s - self._updated_at_s, at_s
        self._tracks = [track for track in self._tracks if at_s - track.last_seen_s <= LOST_AFTER_S]
        costs = {
            (place, index): track.cost(detection, at_s)
            for (place, track), (index, detection) in product(enumerate(self._tracks), enumerate(detections))
        }
        assigned = _assign(costs)
        tracks = tuple(self._tracks)
        seen = []
        for index, detection in enumerate(detections):
            place = assigned.get(index)
            if place is None:
                track = Track(next(self._ids), detection, at_s, at_s)
                self._tracks.append(track)
            else:
                track = tracks[place]
                was_missed = at_s - track.last_seen_s > max(UNSEEN_S, 1.5 * frame_s)
                has_jumped = costs[place, index] > JUMP_FACES or track.growth(detection) > JUMP_GROWTH
                if was_missed or has_jumped or _is_ambiguous(costs, place, index):
                    track.is_disturbed = True
                track.update_position(detection, at_s)
            seen.append(track)
        return tuple(seen)

    def expected(self, at_s: float) -> tuple[Box, ...]:
        """Return where the faces that are still followed should be by now."""
        return tuple(track.expected_box(at_s) for track in self._tracks if at_s - track.last_seen_s <= LOST_AFTER_S)

    def replace(self, track: Track, at_s: float) -> Track:
        """Return a new track in the place of one whose face has changed: nothing of it is inherited."""
        fresh = Track(next(self._ids), track.detection, at_s, at_s, velocity_xy=track.velocity_xy)
        self._tracks[self._tracks.index(track)] = fresh
        return fresh


def _assign(costs: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return detection -> track, the cheapest pairs first."""
    assigned: dict[int, int] = {}
    for (place, index), cost in sorted(costs.items(), key=lambda pair: pair[1]):
        if cost <= MAX_STEP_FACES and index not in assigned and place not in assigned.values():
            assigned[index] = place
    return assigned


def _is_ambiguous(costs: Mapping[tuple[int, int], float], place: int, index: int) -> bool:
    """Tell whether the detection might be another track's, or the track's another detection."""
    return any(
        cost < AMBIGUOUS_FACES
        for (other_place, other_index), cost in costs.items()
        if (other_place == place) != (other_index == index)
    )


def box_centre(box: Box) -> tuple[float, float]:
    """Return x and y of a box's middle, in its pixels."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def box_size(box: Box) -> float:
    """Return the mean of a box's width and height in pixels, 1 at the least."""
    return max(1.0, ((box[2] - box[0]) + (box[3] - box[1])) / 2)


def box_overlap(first: Box, second: Box) -> float:
    """Return the area that two boxes share, as a share of what they cover together."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(0.0, width) * max(0.0, height)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return shared / max(areas - shared, 1e-9)
