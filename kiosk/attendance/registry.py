"""get_attendance_service(), get_schedule_service() and their like: those that this process has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.installed_service import InstalledService

if TYPE_CHECKING:
    from kiosk.attendance.correction_service import CorrectionService
    from kiosk.attendance.feed_service import FeedService
    from kiosk.attendance.schedule_service import ScheduleService
    from kiosk.attendance.service import AttendanceService

_service: InstalledService[AttendanceService] = InstalledService("open_attendance_service")
_schedules: InstalledService[ScheduleService] = InstalledService("open_services")
_corrections: InstalledService[CorrectionService] = InstalledService("open_services")
_feed: InstalledService[FeedService] = InstalledService("open_services")
install_attendance_service = _service.installed
install_schedule_service = _schedules.installed
install_correction_service = _corrections.installed
install_feed_service = _feed.installed


def get_attendance_service() -> AttendanceService:
    """Return the service that this process has opened.

    Raises ConfigurationError, which says how to open it, when it has not: `kiosk serve` opens it, and so does
    kiosk.app.services.open_attendance_service.
    """
    return _service.get()


def get_schedule_service() -> ScheduleService:
    """Return the service of schedules, absences and timesheets, as get_attendance_service does."""
    return _schedules.get()


def get_correction_service() -> CorrectionService:
    """Return the service of corrections, questions and closed months, as get_attendance_service does."""
    return _corrections.get()


def get_feed_service() -> FeedService:
    """Return the service of the change feed, as get_attendance_service does."""
    return _feed.get()
