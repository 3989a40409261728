"""Who may be known at the door. Other rooms come in through get_employee_service()."""

from kiosk.employees.registry import get_employee_service

__all__ = ["get_employee_service"]
