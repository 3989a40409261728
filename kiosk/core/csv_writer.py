"""The one way in which tables become CSV: UTF-8 with the mark that spreadsheets look for, and no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TypeAlias

# A spreadsheet takes a text that begins so for a formula, and would run it; some trim blanks, some know wide signs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", *"\uff1d\uff0b\uff0d\uff20")

UTF8_MARK = "\ufeff"
CHUNK_CHARACTERS = 64 * 1024

Cell: TypeAlias = str | int | float | bool | None


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with its headings, UTF-8; a text that a spreadsheet would run gets an apostrophe before it."""
    return b"".join(csv_chunks(headings, rows))


def csv_chunks(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield what csv_bytes returns in pieces, so that a table of any length needs the memory of one piece."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    text.write(UTF8_MARK)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if text.tell() >= CHUNK_CHARACTERS:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and (cell.startswith(FORMULA_SIGNS) or cell.lstrip().startswith(FORMULA_SIGNS)):
        return f"'{cell}"
    return cell
