"""The people of the office: who is enrolled, and what is kept of them.

Other rooms and systems come in through get_employee_service(); docs/contract.md shows how.
"""

from kiosk.employees.registry import get_employee_service
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeResponse, EmployeeUpdate

__all__ = ["Employee", "EmployeeCreate", "EmployeeResponse", "EmployeeUpdate", "get_employee_service"]
