"""In which forms a timesheet is written."""

from __future__ import annotations

from enum import StrEnum


class TimesheetFormat(StrEnum):
    """T13: the Russian unified form."""

    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    T13_XLSX = "t13-xlsx"
    T13_PDF = "t13-pdf"

    @property
    def is_t13(self) -> bool:
        return self in (TimesheetFormat.T13_XLSX, TimesheetFormat.T13_PDF)

    @property
    def suffix(self) -> str:
        return f".{self.value.rpartition('-')[2]}"
