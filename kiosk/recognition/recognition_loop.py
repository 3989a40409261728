"""The recognition thread: takes the newest frame, recognises the faces in it and passes the result on."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.frame_result import FrameResult
from kiosk.domain.ports import Clock
from kiosk.domain.rejections import RejectedFace
from kiosk.domain.types import Frame
from kiosk.recognition.recognizer import Recognizer

# People in an older frame have passed the door already: it is refused and counted.
STALE_AFTER_S = 1.0


class RecognitionLoop:
    """A Worker repeats step(); processed and refused count frames.

    Args:
        mailbox: with the newest frame.
        recognizer: processes it.
        on_result: is called with the result.
        clock: to refuse frames that are too old; None for a file at full speed, whose frames carry the clip's time.
    """

    def __init__(
        self,
        mailbox: LatestSlot[Frame],
        recognizer: Recognizer,
        on_result: Callable[[FrameResult], None],
        clock: Clock | None,
    ) -> None:
        self._mailbox = mailbox
        self._recognizer = recognizer
        self._on_result = on_result
        self._clock = clock
        self.processed = 0
        self.refused = 0

    def reject(self, face: RejectedFace) -> None:
        """Take a face no more for the person whom it was taken for. Any thread may call it."""
        self._recognizer.reject(face)

    def step(self) -> bool:
        """Process one frame, waiting half a second for it; return False when the source has ended."""
        frame = self._mailbox.take(0.5)
        if frame is None:
            return not self._mailbox.ended
        if self._clock is not None and self._clock.monotonic_s() - frame.monotonic_s > STALE_AFTER_S:
            self.refused += 1
            return True
        self._on_result(self._recognizer.process(frame))
        self.processed += 1
        return True
