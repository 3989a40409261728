"""The list for an evacuation as text and as PDF, in the office's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.attendance.evacuation import EvacuationList
from kiosk.attendance.pdf_page import HEIGHT_MM, MARGIN_MM, SANS, SANS_BOLD, PdfPage
from kiosk.attendance.timesheet_texts import moment_format
from kiosk.domain.office_language import OfficeLanguage

WIDTH_MM, LINE_MM = 277, 7.0
TEXTS: Mapping[OfficeLanguage, Mapping[str, str]] = {
    OfficeLanguage.ENGLISH: {
        "who": "Who is in: {count}, as of {at}",
        "copy": "The database is away: the last copy with what this door knows; others may have come or left.",
        "nowhere": "without a department",
        "person": "[ ] {name} ({number}), since {since}, last door {door}",
    },
    OfficeLanguage.RUSSIAN: {
        "who": "Сейчас в здании: {count}, по состоянию на {at}",
        "copy": "База данных недоступна: последняя копия и то, что знает эта дверь; другие могли прийти или уйти.",
        "nowhere": "без отдела",
        "person": "[ ] {name} ({number}), с {since}, последняя дверь: {door}",
    },
}


def lines_of(found: EvacuationList, zone: ZoneInfo, language: OfficeLanguage) -> Iterator[tuple[bool, str]]:
    """Yield the list as lines of text, with whether each is a heading."""
    texts, moment = TEXTS[language], moment_format(language)
    at = f"{found.as_of.astimezone(zone):{moment}}"
    yield True, texts["who"].format(count=len(found.people), at=at)
    if found.is_copy:
        yield True, texts["copy"]
    for department, people in found.departments():
        yield True, f"{department or texts['nowhere']}: {len(people)}"
        for person in people:
            since = f"{person.since_at.astimezone(zone):{moment}}"
            yield (
                False,
                texts["person"].format(name=person.full_name, number=person.employee_id, since=since, door=person.door),
            )


def write_text(found: EvacuationList, zone: ZoneInfo, language: OfficeLanguage, path: Path) -> None:
    """Raises OSError."""
    path.write_text("".join(f"{line}\n" for _, line in lines_of(found, zone, language)), encoding="utf-8")


def write_pdf(found: EvacuationList, zone: ZoneInfo, language: OfficeLanguage, path: Path) -> None:
    """Raises OSError."""
    pages, y = PdfPage(), HEIGHT_MM + 0.0
    for is_heading, line in lines_of(found, zone, language):
        if y + LINE_MM > HEIGHT_MM - MARGIN_MM:
            pages.add_page()
            y = MARGIN_MM + 0.0
        pages.set_font(SANS_BOLD if is_heading else SANS, size=11)
        pages.text_box(MARGIN_MM, y, WIDTH_MM, LINE_MM, line, "L", 0)
        y += LINE_MM
    pages.write_file(path)
