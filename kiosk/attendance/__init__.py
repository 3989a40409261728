"""Who comes and goes: rules, journal, stays and working time.

Other rooms and systems come in through get_attendance_service(); docs/contract.md shows how.
"""

from kiosk.attendance.registry import get_attendance_service

__all__ = ["get_attendance_service"]
