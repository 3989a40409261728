"""Arrays of JSON objects that are written while they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kiosk.core.json_writer import RECORDS_PER_CHUNK, json_chunks


@pytest.mark.parametrize("count", [0, 1, RECORDS_PER_CHUNK, RECORDS_PER_CHUNK + 1, 3 * RECORDS_PER_CHUNK])
def test_the_pieces_are_one_array_with_an_object_a_line(count: int) -> None:
    records = [{"number": number, "name": "Анна\n☕"} for number in range(count)]
    text = b"".join(json_chunks(records)).decode()
    assert json.loads(text) == records
    assert text.count("\n") == max(count - 1, 0)


def test_no_more_is_read_than_a_piece_needs() -> None:
    taken = 0

    def endless() -> Iterator[dict[str, int]]:
        nonlocal taken
        while True:
            taken += 1
            yield {"number": taken}

    pieces = json_chunks(endless())
    next(pieces)
    next(pieces)
    assert taken == 2 * RECORDS_PER_CHUNK
