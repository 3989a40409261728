"""Which samples of a live picture are taken: three to five of one person, different enough from one another."""

from __future__ import annotations

from enum import StrEnum

from kiosk.employees.samples import SAME_PHOTOGRAPH_SIMILARITY, Sample

LEAST_SAMPLES, MOST_SAMPLES = 3, 5
# Turned by this much, in eye distances, a head is no longer straight; a little more and the sample gate refuses it.
TURNED = 0.10
# Samples more alike than this show the same moment: nothing is learned from the second one.
MOST_ALIKE = 0.985
# Nobody is asked the same for longer: then any sample will do that is different enough, and afterwards any at all.
PATIENCE_S = 4.0


class HeadPose(StrEnum):
    """What the person is asked for; left and right are the person's own."""

    STRAIGHT = "straight"
    LEFT = "left"
    RIGHT = "right"

    def fits(self, turn: float) -> bool:
        """Tell whether a head turned like this shows it; turn: as in Sample."""
        match self:
            case HeadPose.STRAIGHT:
                return abs(turn) < TURNED
            case HeadPose.LEFT:
                return turn >= TURNED
            case HeadPose.RIGHT:
                return turn <= -TURNED


_ASKED_FOR = (HeadPose.STRAIGHT, HeadPose.LEFT, HeadPose.RIGHT, HeadPose.STRAIGHT, HeadPose.STRAIGHT)


class CaptureSession:
    """The samples of one person so far; times are seconds of a clock that never jumps."""

    def __init__(self, now_s: float) -> None:
        self.samples: list[Sample] = []
        self._wanted = list(_ASKED_FOR)
        self._asked_s = now_s

    @property
    def wanted(self) -> HeadPose:
        """What the person is asked for now."""
        return self._wanted[min(len(self.samples), len(self._wanted) - 1)]

    def offer(self, sample: Sample, now_s: float) -> bool:
        """Take a sample if it shows what was asked for and is different enough; tell whether it was taken."""
        if len(self.samples) >= MOST_SAMPLES or not self._is_due(sample, now_s - self._asked_s):
            return False
        self.samples.append(sample)
        self._asked_s = now_s
        return True

    def is_complete(self, now_s: float) -> bool:
        """Enough has been taken, and nothing more is to be had from waiting."""
        count = len(self.samples)
        return count >= MOST_SAMPLES or (count >= LEAST_SAMPLES and now_s - self._asked_s > PATIENCE_S)

    def retake(self, place: int, now_s: float) -> None:
        """Give a sample back, so that another is taken of the same pose."""
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
