"""Timesheets have a word in each language for everything that they name."""

from __future__ import annotations

import pytest

from kiosk.attendance.stays import Doubt
from kiosk.attendance.timesheet_files import HEADINGS, QUESTION_HEADINGS
from kiosk.attendance.timesheet_texts import RUSSIAN, word
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.work_calendar import AbsenceKind

NAMES = {*HEADINGS, *QUESTION_HEADINGS, *Doubt, *AbsenceKind, "yes", "total", "timesheet", "came", "left"}


def test_every_word_has_its_russian() -> None:
    assert set(RUSSIAN) == {str(name) for name in NAMES}


@pytest.mark.parametrize(
    ("name", "english", "russian"),
    [("left_early", "left early", "ранний уход"), ("exit_missing", "exit missing", "нет ухода"), ("", "", "")],
)
def test_words(name: str, english: str, russian: str) -> None:
    assert (word(name, OfficeLanguage.ENGLISH), word(name, OfficeLanguage.RUSSIAN)) == (english, russian)
