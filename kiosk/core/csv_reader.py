"""CSV files that people made, read as a whole or not at all; what is wrong is told by its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from kiosk.errors import InvalidInput, KioskError

T = TypeVar("T")


def read_rows(
    path: Path, columns: Sequence[str], needed: Collection[str], read: Callable[[Mapping[str, str]], T]
) -> tuple[T, ...]:
    """Return what each row says.

    Args:
        path: of a CSV file in UTF-8 whose first line names some of the columns.
        columns: all that may be named.
        needed: those that have to be.
        read: is given a row's texts by column, stripped, empty where nothing stands; may raise ValueError, KioskError.

    Raises InvalidInput naming the line that is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            named = set(reader.fieldnames or ())
            if not set(needed) <= named <= set(columns):
                raise InvalidInput(
                    f"{path}: the first line has to be {','.join(columns)}; {' and '.join(needed)} are needed"
                )
            return tuple(_one(row, reader.line_num, path, columns, read) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path} cannot be read as CSV in UTF-8: {error}") from error


def _one(
    row: Mapping[str, str | None], line: int, path: Path, columns: Sequence[str], read: Callable[[Mapping[str, str]], T]
) -> T:
    try:
        return read({name: (row.get(name) or "").strip() for name in columns})
    except (ValueError, KioskError) as error:
        raise InvalidInput(f"{path}, line {line}: {error}") from error
