"""get_employee_service(): the one that this process has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.installed_service import InstalledService

if TYPE_CHECKING:
    from kiosk.employees.service import EmployeeService

_service: InstalledService[EmployeeService] = InstalledService("open_employee_service")
install_employee_service = _service.installed


def get_employee_service() -> EmployeeService:
    """Return the service that this process has opened.

    Raises ConfigurationError, which says how to open it, when it has not: `kiosk serve` opens it, and so does
    kiosk.app.services.open_employee_service.
    """
    return _service.get()
