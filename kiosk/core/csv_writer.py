"""The one way in which tables become CSV: UTF-8 with the mark that spreadsheets look for, and no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

# A spreadsheet takes a text that begins so for a formula, and would run it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell: TypeAlias = str | int | float | bool | None


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with its headings, UTF-8; a text that a spreadsheet would run gets an apostrophe before it."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
