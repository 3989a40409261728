"""Writes the attendance log as a JSON, CSV or XLSX file: one row an event, times with the office's UTC offset."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from io import BytesIO
from typing import TypeAlias
from zoneinfo import ZoneInfo

import xlsxwriter

from kiosk.core.csv_writer import csv_bytes
from kiosk.domain.attendance_log import LogEntry

FIELDS = (
    "trace_id", "timestamp", "event_type", "employee_id", "full_name", "confidence", "method", "kiosk_id", "voided",
    "reason",
)  # fmt: skip
Record: TypeAlias = dict[str, str | int | float | bool | None]
Writer: TypeAlias = Callable[[Iterable[LogEntry], ZoneInfo], bytes]


def as_json(entries: Iterable[LogEntry], zone: ZoneInfo) -> bytes:
    """Return a JSON array of objects, UTF-8."""
    return json.dumps([_record(entry, zone) for entry in entries], ensure_ascii=False).encode()


def as_csv(entries: Iterable[LogEntry], zone: ZoneInfo) -> bytes:
    """Return lines below a header; see kiosk.core.csv_writer."""
    return csv_bytes(FIELDS, (list(_record(entry, zone).values()) for entry in entries))


def as_xlsx(entries: Iterable[LogEntry], zone: ZoneInfo) -> bytes:
    """Return a workbook with one sheet; no text in it becomes a formula or a link."""
    content = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, plain) as workbook:
        sheet = workbook.add_worksheet("attendance")
        sheet.write_row(0, 0, FIELDS, workbook.add_format({"bold": True}))
        for row, entry in enumerate(entries, 1):
            sheet.write_row(row, 0, _record(entry, zone).values())
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return content.getvalue()


class ExportFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


WRITERS: dict[ExportFormat, Writer] = {
    ExportFormat.JSON: as_json,
    ExportFormat.CSV: as_csv,
    ExportFormat.XLSX: as_xlsx,
}


def _record(entry: LogEntry, zone: ZoneInfo) -> Record:
    return {
        "trace_id": str(entry.trace_id),
        "timestamp": entry.timestamp.astimezone(zone).isoformat(timespec="milliseconds"),
        "event_type": entry.event_type.value,
        "employee_id": entry.employee_id,
        "full_name": entry.full_name,
        "confidence": entry.confidence,
        "method": entry.method.value,
        "kiosk_id": entry.kiosk_id,
        "voided": entry.voided,
        "reason": entry.reason,
    }
