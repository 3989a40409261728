"""The page of messages is complete: whatever the kiosk says to a technician stands there, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.capture.status import CameraFaultKind
from kiosk.doctor.examination import CHECKS

PROJECT_DIR = Path(__file__).resolve().parents[2]
SOURCES = [path.read_text(encoding="utf-8") for room in ("kiosk", "db") for path in (PROJECT_DIR / room).rglob("*.py")]
PAGES = ("messages.en.md", "messages.ru.md")


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return (PROJECT_DIR / "docs" / request.param).read_text(encoding="utf-8")


def found(pattern: str) -> set[str]:
    return {name for source in SOURCES for name in re.findall(pattern, source)}


def test_log_lines(page: str) -> None:
    events = found(r'log\(\s*logging\.(?:WARNING|ERROR|CRITICAL),\s*"([a-z_]+\.[a-z_]+)"')
    assert len(events) > 40
    assert sorted(name for name in events if f"`{name}`" not in page) == []


def test_subjects_of_the_doctor(page: str) -> None:
    subjects = found(r'Finding\(\s*"([a-z ]+)"') | {subject for subject, _, _ in CHECKS}
    assert len(subjects) == 15
    assert sorted(name for name in subjects if f"\n| {name} |" not in page) == []


def test_codes_of_health_and_camera(page: str) -> None:
    codes = found(r'Check\("[a-z]+", Grade\.[A-Z]+, "([a-z_]+)"\)') | {fault.value for fault in CameraFaultKind}
    assert len(codes) > 20
    assert sorted(code for code in codes if f"`{code}`" not in page) == []
