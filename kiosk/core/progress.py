"""How far long work is that another thread does, and whether it shall stop."""

from __future__ import annotations

from kiosk.errors import Cancelled


class Progress:
    """One thread works and calls tell; any other may read share, or cancel."""

    def __init__(self) -> None:
        self._share: float | None = None
        self._is_cancelled = False

    @property
    def share(self) -> float | None:
        """How much is done, in [0, 1]; None before that is known."""
        return self._share

    def tell(self, done: int, total: int) -> None:
        """Say how much is done. Raises Cancelled when nobody wants the rest."""
        if self._is_cancelled:
            raise Cancelled
        self._share = min(1.0, done / total) if total else 1.0

    def cancel(self) -> None:
        """Have the work stop when it tells next."""
        self._is_cancelled = True
