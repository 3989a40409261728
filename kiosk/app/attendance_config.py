"""Tells the attendance what the settings say of it."""

from __future__ import annotations

from datetime import time, timedelta

from kiosk.app.mode import Mode, effective_kiosk_id
from kiosk.attendance.event_registrar import AttendanceConfig
from kiosk.attendance.rules import Rules
from kiosk.attendance.stays import StayRules
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.config.settings import Settings


def build_attendance_rules(settings: Settings) -> Rules:
    return Rules(settings.event_mode, settings.cooldown_s, build_stay_rules(settings))


def build_stay_rules(settings: Settings) -> StayRules:
    """Return what the settings say of stays and office days."""
    return StayRules(
        longest=timedelta(hours=settings.longest_stay_h),
        day_begins=time.fromisoformat(settings.day_begins),
        zone=settings.zone,
    )


def build_holiday_config(settings: Settings) -> HolidayConfig:
    return HolidayConfig(settings.holidays_country, settings.holidays_region, settings.language)


def build_attendance_config(settings: Settings, mode: Mode) -> AttendanceConfig:
    return AttendanceConfig(
        kiosk_id=effective_kiosk_id(settings, mode),
        rules=build_attendance_rules(settings),
        visitor_cooldown_s=settings.unknown_cooldown_s,
        snapshots=settings.snapshots,
        visitor_snapshots=settings.unknown_snapshots,
        decision_records=settings.decision_record_days > 0,
    )
