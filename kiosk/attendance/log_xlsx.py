"""The attendance log as a spreadsheet for people: one line an event, in the office's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from kiosk.attendance.export import ROWS_PER_SHEET, XLSX_OPTIONS
from kiosk.core.files import flush
from kiosk.core.progress import Progress
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_language import OfficeLanguage
from kiosk.errors import StorageError

# What does not fit on one sheet is for other systems: kiosk.attendance.export.
MOST_ROWS = ROWS_PER_SHEET
# Every so many rows somebody hears how far it is, and may stop it.
TOLD_EVERY_ROWS = 200
_WIDTHS = (12, 8, 32, 10, 16, 14, 14, 18, 10, 20, 36)
_ENGLISH = (
    "day", "time", "name", "event", "registered", "door", "counts", "reason of leaving", "was", "corrected by", "why",
)  # fmt: skip
_RUSSIAN = (
    "день", "время", "имя", "событие", "отмечено", "дверь", "считается", "причина ухода", "было", "исправил", "почему",
)  # fmt: skip
_RUSSIAN_WORDS = {
    "entry": "вход",
    "exit": "выход",
    "face": "по лицу",
    "pin": "по PIN-коду",
    "manual": "вручную",
    "api": "другой системой",
    "unknown visitor": "неизвестный посетитель",
    "yes": "да",
    "no": "нет",
    "journal": "журнал",
}
_ENGLISH_WORDS = {"face": "by face", "pin": "by PIN", "manual": "by hand", "api": "by another system"}


def write_log_xlsx(  # noqa: PLR0917  what a file is made of
    path: Path,
    entries: Iterable[LogEntry],
    count: int,
    zone: ZoneInfo,
    language: OfficeLanguage,
    reason_name: Callable[[str], str],
    progress: Progress,
) -> None:
    """Write the entries to a new file, and wait until it is on the disk; nothing is left behind when that fails.

    Args:
        path: where no file is yet.
        entries: in any order.
        count: how many there are, for the progress.
        zone: the office's.
        language: of headings and words.
        reason_name: returns the name of a reason for leaving by its code.
        progress: told how far it is.

    Raises:
        StorageError: there is no room, or nothing may be written there.
        Cancelled: nobody wants it any more.
    """
    words = _RUSSIAN_WORDS if language is OfficeLanguage.RUSSIAN else _ENGLISH_WORDS
    headings = _RUSSIAN if language is OfficeLanguage.RUSSIAN else _ENGLISH
    try:
        with xlsxwriter.Workbook(path, XLSX_OPTIONS) as workbook:
            sheet = workbook.add_worksheet(words.get("journal", "journal"))
            bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_row(0, 0, headings, bold)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(_WIDTHS):
                sheet.set_column(column, column, width)
            for row, entry in enumerate(_told(entries, count, progress), 1):
                local = entry.timestamp.astimezone(zone)
                sheet.write_datetime(row, 0, local.replace(hour=0, minute=0, second=0, microsecond=0), day)
                sheet.write_row(row, 1, _texts(entry, zone, words, reason_name))
        flush(path)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError | XlsxFileError):
            raise StorageError(f"{path} cannot be written: {error}; make room on the disk") from error
        raise


def _told(entries: Iterable[LogEntry], count: int, progress: Progress) -> Iterator[LogEntry]:
    for place, entry in enumerate(entries):
        if place % TOLD_EVERY_ROWS == 0:
            progress.tell(place, count)
        if place == MOST_ROWS:
            return
        yield entry


def _texts(
    entry: LogEntry, zone: ZoneInfo, words: dict[str, str], reason_name: Callable[[str], str]
) -> tuple[str, ...]:
    def said(word: str) -> str:
        return words.get(word, word)

    original = entry.original
    was = ""
    if original is not None:
        was = f"{said(original.event_type.value)} {original.timestamp.astimezone(zone):%H:%M}"
    return (
        f"{entry.timestamp.astimezone(zone):%H:%M}",
        entry.full_name or said("unknown visitor"),
        said(entry.event_type.value),
        said(entry.method.value),
        entry.kiosk_id,
        said("no" if entry.voided else "yes"),
        "" if entry.reason is None else reason_name(entry.reason),
        was,
        entry.corrected_by or "",
        entry.correction_reason or "",
    )
