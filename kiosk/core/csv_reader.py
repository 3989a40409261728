"""CSV files that people made, read as a whole or not at all; what is wrong is told by its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from kiosk.errors import InvalidInput, KioskError, StorageError

T = TypeVar("T")
MOST_FAULTS = 20


def read_rows(
    path: Path, columns: Sequence[str], needed: Collection[str], read: Callable[[Mapping[str, str]], T]
) -> tuple[T, ...]:
    """Return what each row says.

    Args:
        path: of a CSV file in UTF-8 whose first line names some of the columns.
        columns: all that may be named.
        needed: those that have to be.
        read: is given a row's texts by column, stripped, empty where nothing stands; may raise ValueError, KioskError.

    Raises InvalidInput naming each line that is wrong, and StorageError as read does.
    """
    return tuple(value for _, value in read_lines(path, columns, needed, read))


def read_lines(
    path: Path, columns: Sequence[str], needed: Collection[str], read: Callable[[Mapping[str, str]], T]
) -> tuple[tuple[int, T], ...]:
    """As read_rows, and beside each value the number of its line."""
    faults: list[str] = []
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            named = set(reader.fieldnames or ())
            if not set(needed) <= named <= set(columns):
                raise InvalidInput(
                    f"{path}: the first line has to be {','.join(columns)}; {' and '.join(needed)} are needed"
                )
            for row in reader:
                try:
                    texts = {name: (row.get(name) or "").strip() for name in columns}
                    found.append((reader.line_num, read(texts)))
                except StorageError:
                    raise
                except (ValueError, KioskError) as error:
                    faults.append(f"line {reader.line_num}: {error}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} lines more" if len(faults) > MOST_FAULTS else ""
        raise InvalidInput(f"{path}, {'; '.join(faults[:MOST_FAULTS])}{more}")
    return tuple(found)
