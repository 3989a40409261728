"""No cell of a CSV is a formula to any spreadsheet, and every other cell is left as it is."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from kiosk.core.csv_writer import UTF8_MARK, csv_bytes


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7", "-2+3", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\uff1d1", "\uff0b7", "\uff0d2", "\uff20x"],
)
def test_a_text_that_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert cells(text) == [f"'{text}"]


@pytest.mark.parametrize("cell", ["Anna", " Anna", "a=1", "Smith-Jones", "王小明", "", "1 = 1"])
def test_other_texts_are_left_as_they_are(cell: str) -> None:
    assert cells(cell) == [cell]


def cells(text: str) -> list[str]:
    content = csv_bytes(["name"], [[text]]).decode("utf-8")
    assert content.startswith(UTF8_MARK)
    [_, row] = csv.reader(StringIO(content.removeprefix(UTF8_MARK), newline=""))
    return row or [""]
