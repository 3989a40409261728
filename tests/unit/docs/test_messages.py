"""The page of messages is complete: whatever the kiosk says to a technician stands there, in both languages."""

from __future__ import annotations

import re

import pytest

from kiosk.capture.status import CameraFaultKind
from kiosk.doctor.examination import CHECKS
from kiosk.monitoring.health import HealthGrade
from support.documents import Document, document
from support.source_code import calls, text_of

HEADINGS = {
    "docs/messages.en.md": ("The doctor's subjects", "`/health`", "The camera", "Lines in the log"),
    "docs/messages.ru.md": ("Что проверяет doctor", "`/health`", "Камера", "Строки журнала сообщений"),
}
QUIET = ("DEBUG", "INFO")


@pytest.fixture(params=HEADINGS)
def page(request: pytest.FixtureRequest) -> Document:
    return document(request.param)


def codes(page: Document, place: int, column: int) -> list[str]:
    """All code in one column of a table; place: of its heading in HEADINGS."""
    rows = page.table(HEADINGS[page.name][place])
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row[column])]


def logged() -> set[str]:
    """The events of all log lines of level WARNING and above."""
    return {
        event
        for level, *fields in calls("log")
        if fields and (event := text_of(fields[0])) is not None and getattr(level, "attr", None) not in QUIET
    }


def health_codes() -> set[str]:
    named = [arguments[2] for arguments in calls("Check") if len(arguments) > 2]
    return {code for argument in named if (code := text_of(argument)) is not None}


def test_log_lines(page: Document) -> None:
    events = codes(page, 3, 0)
    assert sorted(events) == sorted(logged()), "each once, and none that is not logged"


def test_subjects_of_the_doctor(page: Document) -> None:
    found = {text for arguments in calls("Finding") if (text := text_of(arguments[0])) is not None}
    described = [row[0] for row in page.table(HEADINGS[page.name][0])]
    assert sorted(described) == sorted(found | {subject for subject, _, _ in CHECKS})


def test_codes_of_health(page: Document) -> None:
    described = set(codes(page, 1, 1))
    assert health_codes() - described == set()
    assert {fault.value for fault in CameraFaultKind} - described == set()
    assert {grade.value for grade in HealthGrade} - set(page.code_spans) == set()


def test_codes_of_the_camera(page: Document) -> None:
    described = codes(page, 2, 0)
    assert sorted(described) == sorted(fault.value for fault in CameraFaultKind)


def test_calls_are_found_in_the_source() -> None:
    assert {"thread.crashed", "camera.lost", "event.refused"} <= logged()
