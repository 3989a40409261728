"""What was typed of somebody who is being enrolled, kept for a while when the screen closes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.core.clock import elapsed_s

KEPT_S = 1800.0


class EnrollDraft:
    """In memory alone; it is forgotten after half an hour, when somebody is enrolled, and when the screen is closed."""

    def __init__(self, clock_s: Callable[[], float] = elapsed_s) -> None:
        """clock_s: seconds that go on while the machine sleeps."""
        self._clock_s = clock_s
        self._texts: tuple[str, ...] = ()
        self._kept_s = 0.0

    @property
    def texts(self) -> tuple[str, ...]:
        """What stood in the form's fields; none when nothing was kept."""
        if self._clock_s() - self._kept_s > KEPT_S:
            self._texts = ()
        return self._texts

    def keep(self, texts: Sequence[str]) -> None:
        """texts: of the form's fields, from top to bottom."""
        self._texts = tuple(texts) if any(texts) else ()
        self._kept_s = self._clock_s()

    def forget(self) -> None:
        self._texts = ()
