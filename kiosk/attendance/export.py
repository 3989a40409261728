"""Writes the attendance log as a JSON, CSV or XLSX file, one row an event, in the memory of a few rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, TypeAlias
from zoneinfo import ZoneInfo

import xlsxwriter

from kiosk.core.csv_writer import csv_chunks
from kiosk.core.json_writer import json_chunks
from kiosk.domain.attendance_log import LogEntry

FIELDS = (
    "trace_id", "timestamp", "event_type", "employee_id", "full_name", "confidence", "method", "kiosk_id", "voided",
    "reason", "corrected_by", "correction_reason", "is_automatic", "original_timestamp", "original_event_type",
    "original_employee_id",
)  # fmt: skip
FILE_CHUNK_BYTES = 256 * 1024
ROWS_PER_SHEET = 1_048_575  # Excel's 2**20, less the headings
XLSX_HEADINGS = ("trace_id", "timestamp", "utc_offset", *FIELDS[2:])
XLSX_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
XLSX_WIDTHS = (38, 20, 10, 10, 12, 30, 12, 10, 14, 8, 12, 20, 30, 10, 26, 12, 12)
Record: TypeAlias = dict[str, str | int | float | bool | None]
Writer: TypeAlias = Callable[[Iterable[LogEntry], ZoneInfo], Iterator[bytes]]


def as_json(entries: Iterable[LogEntry], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a JSON array of objects; times have the office's UTC offset."""
    return json_chunks(log_record(entry, zone) for entry in entries)


def as_csv(entries: Iterable[LogEntry], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield lines below a header, times with the office's UTC offset; see kiosk.core.csv_writer."""
    return csv_chunks(FIELDS, (list(log_record(entry, zone).values()) for entry in entries))


def as_xlsx(entries: Iterable[LogEntry], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a workbook, which is written on disk first; no text in it becomes a formula or a link.

    Times are Excel's own, of the office's clock, with the UTC offset beside them. What does not fit on one sheet goes
    on the next.
    """
    with TemporaryFile() as file:
        _write_workbook(file, entries, zone)
        file.seek(0)
        while chunk := file.read(FILE_CHUNK_BYTES):
            yield chunk


class ExportFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


WRITERS: dict[ExportFormat, Writer] = {
    ExportFormat.JSON: as_json,
    ExportFormat.CSV: as_csv,
    ExportFormat.XLSX: as_xlsx,
}


def _write_workbook(file: IO[bytes], entries: Iterable[LogEntry], zone: ZoneInfo) -> None:
    rest = iter(entries)
    with xlsxwriter.Workbook(file, XLSX_OPTIONS) as workbook:
        heading = workbook.add_format({"bold": True})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        has_more, number = True, 0
        while has_more:
            number += 1
            sheet = workbook.add_worksheet("attendance" if number == 1 else f"attendance {number}")
            sheet.write_row(0, 0, XLSX_HEADINGS, heading)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(XLSX_WIDTHS):
                sheet.set_column(column, column, width)
            row = 0
            for row, entry in enumerate(islice(rest, ROWS_PER_SHEET), 1):
                _write_row(sheet, row, entry, zone, moment)
            has_more = row == ROWS_PER_SHEET


def _write_row(sheet: Any, row: int, entry: LogEntry, zone: ZoneInfo, moment: Any) -> None:
    record = log_record(entry, zone)
    del record["timestamp"]
    trace_id, *others = record.values()
    local = entry.timestamp.astimezone(zone)
    sheet.write(row, 0, trace_id)
    sheet.write_datetime(row, 1, local, moment)
    sheet.write_row(row, 2, (local.isoformat()[-6:], *others))


def log_record(entry: LogEntry, zone: ZoneInfo) -> Record:
    original = entry.original
    return {
        "trace_id": str(entry.trace_id),
        "timestamp": _local(entry.timestamp, zone),
        "event_type": entry.event_type.value,
        "employee_id": entry.employee_id,
        "full_name": entry.full_name,
        "confidence": entry.confidence,
        "method": entry.method.value,
        "kiosk_id": entry.kiosk_id,
        "voided": entry.voided,
        "reason": entry.reason,
        "corrected_by": entry.corrected_by,
        "correction_reason": entry.correction_reason,
        "is_automatic": entry.is_automatic,
        "original_timestamp": None if original is None else _local(original.timestamp, zone),
        "original_event_type": None if original is None else original.event_type.value,
        "original_employee_id": None if original is None else original.employee_id,
    }


def _local(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="milliseconds")
