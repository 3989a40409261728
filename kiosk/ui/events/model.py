"""The rows of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.exit_reasons import ExitReason
from kiosk.ui.admin.row_list import Badge, Row
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.labels import exit_reason_text, method_text, name_of, short_day_text
from kiosk.ui.language import time_text


def row_of(entry: LogEntry, zone: ZoneInfo, reasons: Sequence[ExitReason] = ()) -> Row:
    style = event_style(entry.event_type)
    parts = [style.name, exit_reason_text(entry.reason, reasons), method_text(entry), entry.kiosk_id]
    if entry.original is not None:
        parts.insert(1, _original_text(entry, zone))
    return Row(
        headline=name_of(entry),
        second=" · ".join(part for part in parts if part),
        lead=time_text(entry.timestamp, zone),
        icon=style.icon,
        icon_colour=style.colour,
        badges=_badges(entry),
        is_faint=entry.voided,
        is_struck_out=entry.voided,
    )


def _badges(entry: LogEntry) -> tuple[Badge, ...]:
    if entry.voided:
        return (Badge(QCoreApplication.translate("Event", "Does not count"), "bad"),)
    if entry.is_automatic:
        return (Badge(QCoreApplication.translate("Event", "Set automatically"), "advice"),)
    if entry.corrections:
        return (Badge(QCoreApplication.translate("Event", "Corrected"), "advice"),)
    return ()


def _original_text(entry: LogEntry, zone: ZoneInfo) -> str:
    original = entry.original
    if original is None:
        return ""
    at = time_text(original.timestamp, zone)
    day = original.timestamp.astimezone(zone).date()
    if day != entry.timestamp.astimezone(zone).date():
        at = f"{at}, {short_day_text(day)}"
    if original.event_type is not entry.event_type:
        at = f"{event_style(original.event_type).name}, {at}"
    return QCoreApplication.translate("Event", "was {original}").format(original=at)
