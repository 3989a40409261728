"""Builds the attendance's service: the contract that other modules and the API use."""

from __future__ import annotations

from db.session import Database
from kiosk.app.attendance_config import build_attendance_rules, build_holiday_config, build_stay_rules
from kiosk.app.databases import open_database
from kiosk.app.mode import Mode, journal_path
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.automatic_exits import AutomaticExits
from kiosk.attendance.calendar_store import CalendarStore
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.correction_service import CorrectionService
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.evacuation import FILE_NAME as EVACUATION_FILE
from kiosk.attendance.evacuation import EvacuationList, copied_list, evacuation_list
from kiosk.attendance.journal import read_unrecorded
from kiosk.attendance.office_attendance import OfficeAttendance
from kiosk.attendance.questions import Questions
from kiosk.attendance.schedule_service import ScheduleService
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.service import AttendanceService
from kiosk.attendance.t13_pay import parse_pay_kinds
from kiosk.attendance.timesheet import Timesheets
from kiosk.attendance.timesheet_export import TimesheetExporter
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security.audit_recorder import AuditRecorder


def build_attendance_service(
    settings: Settings, database: Database, database_threads: ThreadPool, exports: ThreadPool
) -> AttendanceService:
    """Build the service; exports: see AttendanceService."""
    reasons = tuple(reason.code for reason in parse_exit_reasons(settings.exit_reasons))
    return AttendanceService(
        office=OfficeAttendance(
            database,
            build_attendance_rules(settings),
            settings.kiosk_id,
            SystemClock(),
            reasons,
            holidays=build_holiday_config(settings),
        ),
        audit=AuditRecorder(database),
        zone=settings.zone,
        database_threads=database_threads,
        exports=exports,
        language=OfficeLanguage(settings.language),
    )


def build_corrections(settings: Settings, database: Database) -> Corrections:
    codes = tuple(reason.code for reason in parse_exit_reasons(settings.exit_reasons))
    return Corrections(database, build_stay_rules(settings), settings.kiosk_id, SystemClock(), codes)


def build_questions(settings: Settings, database: Database, clock: Clock | None = None) -> Questions:
    return Questions(database, build_stay_rules(settings), clock or SystemClock(), build_holiday_config(settings))


def build_automatic_exits(settings: Settings, database: Database, clock: Clock) -> AutomaticExits:
    rules = build_stay_rules(settings)
    sheets = Timesheets(database, rules, clock, build_holiday_config(settings))
    return AutomaticExits(database, rules, sheets, settings.kiosk_id, clock)


def build_timesheets(settings: Settings, database: Database) -> Timesheets:
    return Timesheets(database, build_stay_rules(settings), SystemClock(), build_holiday_config(settings))


def build_timesheet_exporter(settings: Settings, database: Database) -> TimesheetExporter:
    clock, sheets = SystemClock(), build_timesheets(settings, database)
    today = clock.now().astimezone(settings.zone).date()
    heading = TimesheetHeading(
        today,
        today,
        today,
        settings.organisation,
        settings.zone,
        OfficeLanguage(settings.language),
        settings.okpo,
        parse_pay_kinds(settings.t13_pay),
    )
    return TimesheetExporter(sheets, AuditRecorder(database), clock, heading)


def build_schedule_service(
    settings: Settings, database: Database, database_threads: ThreadPool, exports: ThreadPool
) -> ScheduleService:
    """Build the service; exports: see AttendanceService."""
    return ScheduleService(
        schedules=ScheduleStore(database),
        calendar=CalendarStore(database, build_holiday_config(settings)),
        absences=AbsenceStore(database),
        timesheets=build_timesheet_exporter(settings, database),
        evacuation=lambda: evacuation_list(database, build_stay_rules(settings), SystemClock().now()),
        database_threads=database_threads,
        exports=exports,
    )


def read_evacuation_list(settings: Settings) -> EvacuationList:
    """Return who is in by the database or, while that is away, by the last copy and this device's journal.

    Raises StorageError when there is neither.
    """
    try:
        with open_database(settings) as database:
            return evacuation_list(database, build_stay_rules(settings), SystemClock().now())
    except (StorageError, ConfigurationError):
        path = journal_path(settings, Mode.DOOR)
        waiting = read_unrecorded(path).events.values() if path.exists() else ()
        counting = [event for event in waiting if event.void is None]
        return copied_list(settings.data_dir / EVACUATION_FILE, counting)


def build_closed_months(settings: Settings, database: Database) -> ClosedMonths:
    return ClosedMonths(database, build_stay_rules(settings), SystemClock())


def build_correction_service(settings: Settings, database: Database, database_threads: ThreadPool) -> CorrectionService:
    return CorrectionService(
        corrections=build_corrections(settings, database),
        questions=build_questions(settings, database),
        months=build_closed_months(settings, database),
        database_threads=database_threads,
    )
