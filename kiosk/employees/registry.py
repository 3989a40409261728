"""The employees' service of this process: the one global, put in place by the composition root."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.errors import ConfigurationError

if TYPE_CHECKING:
    from kiosk.employees.service import EmployeeService

_installed: EmployeeService | None = None


def get_employee_service() -> EmployeeService:
    """Return what the composition root has installed. Raises ConfigurationError when it has not."""
    if _installed is None:
        raise ConfigurationError("the employees' service is not installed; open it with bootstrap.employee_service")
    return _installed


@contextmanager
def installed(service: EmployeeService) -> Iterator[EmployeeService]:
    """Make a service the one that get_employee_service returns, for as long as the block runs."""
    global _installed  # noqa: PLW0603  the one permitted global
    before, _installed = _installed, service
    try:
        yield service
    finally:
        _installed = before
