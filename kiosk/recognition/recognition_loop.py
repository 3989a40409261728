"""The recognition thread's step: the newest frame, recognised and handed on."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.frame_result import FrameResult
from kiosk.domain.ports import Clock
from kiosk.domain.types import Frame
from kiosk.recognition.recognizer import Recognizer

# Whoever stood in a frame this old has gone through the door; it is refused and counted.
STALE_AFTER_S = 1.0


class RecognitionLoop:
    """step() is repeated by a Worker; processed and refused count frames.

    clock: to refuse frames that are too old; None for a file at full speed, whose frames carry the clip's own time.
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

    def reset_tracks_of(self, employee_id: int) -> None:
        """Look at the faces that are taken for this person as if they had just come; any thread may ask for it."""
        self._recognizer.reset_tracks_of(employee_id)

    def step(self) -> bool:
        """Work on one frame, or wait half a second for one; False when the source has ended."""
        frame = self._mailbox.take(0.5)
        if frame is None:
            return not self._mailbox.ended
        if self._clock is not None and self._clock.monotonic_s() - frame.monotonic_s > STALE_AFTER_S:
            self.refused += 1
            return True
        self._on_result(self._recognizer.process(frame))
        self.processed += 1
        return True
