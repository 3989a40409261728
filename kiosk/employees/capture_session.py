"""Live capture for an enrollment: three to five samples of one person that differ enough from one another."""

from __future__ import annotations

from enum import StrEnum

from kiosk.employees.samples import SAME_PHOTOGRAPH_SIMILARITY, Sample

LEAST_SAMPLES, MOST_SAMPLES = 3, 5
# A head that is turned by this much, in eye distances, is no longer straight; turned a little more, it fails the
# quality check.
TURNED = 0.10
# Samples that are more alike than this show the same moment: the second one adds nothing.
MOST_ALIKE = 0.985
# After so long any sample is accepted that is different enough, and after twice as long any other picture.
PATIENCE_S = 4.0


class HeadPose(StrEnum):
    """The pose that the person is asked for; left and right are the person's own."""

    STRAIGHT = "straight"
    LEFT = "left"
    RIGHT = "right"

    def fits(self, turn: float) -> bool:
        """Return whether a head with this turn, as in Sample, is in the pose."""
        match self:
            case HeadPose.STRAIGHT:
                return abs(turn) < TURNED
            case HeadPose.LEFT:
                return turn >= TURNED
            case HeadPose.RIGHT:
                return turn <= -TURNED


_ASKED_FOR = (HeadPose.STRAIGHT, HeadPose.LEFT, HeadPose.RIGHT, HeadPose.STRAIGHT, HeadPose.STRAIGHT)


class CaptureSession:
    """The samples captured of one person so far. All times are seconds of a monotonic clock."""

    def __init__(self, now_s: float) -> None:
        self.samples: list[Sample] = []
        self._wanted = list(_ASKED_FOR)
        self._asked_s = now_s

    @property
    def wanted(self) -> HeadPose:
        """The pose that the person is asked for now."""
        return self._wanted[min(len(self.samples), len(self._wanted) - 1)]

    def offer(self, sample: Sample, now_s: float) -> bool:
        """Accept a sample in the wanted pose that differs enough from the others; return whether it was accepted."""
        if len(self.samples) >= MOST_SAMPLES or not self._is_due(sample, now_s - self._asked_s):
            return False
        self.samples.append(sample)
        self._asked_s = now_s
        return True

    def is_complete(self, now_s: float) -> bool:
        """Return whether there are enough samples, and waiting for more is of no use."""
        count = len(self.samples)
        return count >= MOST_SAMPLES or (count >= LEAST_SAMPLES and now_s - self._asked_s > PATIENCE_S)

    def retake(self, place: int, now_s: float) -> None:
        """Drop the sample at this place, so that another is captured in the same pose."""
        del self.samples[place]
        self._wanted.insert(len(self.samples), self._wanted.pop(place))
        self._asked_s = now_s

    def _is_due(self, sample: Sample, waited_s: float) -> bool:
        alike = max((float(s.embedding.vector @ sample.embedding.vector) for s in self.samples), default=-1.0)
        if waited_s > 2 * PATIENCE_S:
            return alike < SAME_PHOTOGRAPH_SIMILARITY
        if waited_s > PATIENCE_S:
            return alike < MOST_ALIKE
        return alike < MOST_ALIKE and self.wanted.fits(sample.turn)
