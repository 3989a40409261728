"""The one service of a kind that this process has, for code that asks for it instead of being given it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from kiosk.errors import ConfigurationError

T = TypeVar("T")


class InstalledService(Generic[T]):
    """Holds a service for as long as it is open.

    Args:
        opened_by: name of the context manager in kiosk.app.services that opens it; the error while it is not says so.
    """

    def __init__(self, opened_by: str) -> None:
        self._opened_by = opened_by
        self._service: T | None = None

    def get(self) -> T:
        """Return the service. Raises ConfigurationError while none is installed."""
        if self._service is None:
            raise ConfigurationError(
                f"this process has not opened the service: use `with {self._opened_by}(load_settings()) as service:`, "
                f"after `from kiosk.app.services import {self._opened_by}`"
            )
        return self._service

    @contextmanager
    def installed(self, service: T) -> Iterator[T]:
        """Make a service the one that get returns, for as long as the block runs."""
        before, self._service = self._service, service
        try:
            yield service
        finally:
            self._service = before
