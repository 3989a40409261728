"""Writes arrays of JSON objects of any length, in the memory of a few of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

RECORDS_PER_CHUNK = 500

# One for all: json.dumps makes a new encoder in each call that has options.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def json_chunks(records: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """Yield an array in pieces, UTF-8, one object a line."""
    opening, rest = "[", iter(records)
    while chunk := [_ENCODER.encode(record) for record in islice(rest, RECORDS_PER_CHUNK)]:
        yield (opening + ",\n".join(chunk)).encode()
        opening = ",\n"
    yield b"]" if opening != "[" else b"[]"
