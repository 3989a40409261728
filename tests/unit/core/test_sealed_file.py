"""Files sealed in AES-256-GCM: they give back what was written, at any place, and nothing that was changed."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import closing

import numpy as np
import pytest

from kiosk.core.sealed_file import (
    CHUNK_BYTES,
    LONGEST_HEADER_BYTES,
    MAGIC,
    TAG_BYTES,
    SealDamaged,
    SealedReader,
    SealedWriter,
    read_header,
)

KEY, HEADER = bytes(range(32)), b"whose key it is"
BEGIN = len(MAGIC) + 4 + len(HEADER)
STEP = CHUNK_BYTES + TAG_BYTES


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    with closing(SealedWriter(file, key, HEADER)) as writer:
        for begin in range(0, len(content), 70_001):
            writer.write(content[begin : begin + 70_001])
    return file.getvalue()


def opened(stored: bytes, key: bytes = KEY) -> SealedReader:
    file = io.BytesIO(stored)
    header = read_header(file)
    assert header is not None
    return SealedReader(file, key, header)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])
def test_what_was_written_is_read(size: int) -> None:
    content = np.random.default_rng(size).bytes(size)
    stored = sealed(content)
    assert len(stored) == BEGIN + size + TAG_BYTES * max(1, -(-size // CHUNK_BYTES))
    assert opened(stored).readall() == content


def test_it_is_read_at_any_place() -> None:
    rng = np.random.default_rng(5)
    content = rng.bytes(2 * CHUNK_BYTES + 999)
    reader = io.BufferedReader(opened(sealed(content)))
    for _ in range(50):
        place, length = int(rng.integers(len(content) + 10)), int(rng.integers(200_000))
        assert reader.seek(place) == place
        assert reader.read(length) == content[place : place + length]
    assert reader.seek(-5, os.SEEK_END) == len(content) - 5
    assert reader.read() == content[-5:]


def test_a_zip_can_be_written_and_read() -> None:
    file = io.BytesIO()
    with closing(SealedWriter(file, KEY, HEADER)) as writer, zipfile.ZipFile(writer, "w") as archive:
        archive.writestr("one.txt", b"1" * 2_000_000)
        archive.writestr("two.txt", b"two")
    with zipfile.ZipFile(opened(file.getvalue())) as archive:
        assert archive.read("two.txt") == b"two"
        assert archive.testzip() is None


def test_nothing_of_the_content_is_in_it() -> None:
    content = b"Anna Karenina, " * 100_000
    assert b"Karenina" not in sealed(content)


CONTENT = np.random.default_rng(7).bytes(2 * CHUNK_BYTES + 100)
FIRST, SECOND, THIRD = BEGIN, BEGIN + STEP, BEGIN + 2 * STEP
DAMAGES = {
    "a byte of the header": lambda s: s[: BEGIN - 1] + b"!" + s[BEGIN:],
    "a byte of the first chunk": lambda s: s[:FIRST] + bytes([s[FIRST] ^ 1]) + s[FIRST + 1 :],
    "a byte of the last tag": lambda s: s[:-1] + bytes([s[-1] ^ 1]),
    "the last chunk is missing": lambda s: s[:THIRD],
    "the last byte is missing": lambda s: s[:-1],
    "a byte too many": lambda s: s + b"\0",
    "only the header": lambda s: s[:BEGIN],
    "chunks have changed places": lambda s: s[:FIRST] + s[SECOND:THIRD] + s[FIRST:SECOND] + s[THIRD:],
    "a chunk is missing": lambda s: s[:FIRST] + s[SECOND:],
    "a chunk twice": lambda s: s[:SECOND] + s[FIRST:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_was_changed_does_not_open(damage) -> None:
    stored = sealed(CONTENT)
    with pytest.raises(SealDamaged):
        opened(damage(stored)).readall()


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealDamaged):
        opened(sealed(b"faces"), bytes(32))


def test_a_chunk_of_another_file_does_not_open() -> None:
    one, other = sealed(CONTENT), sealed(CONTENT, os.urandom(32))
    with pytest.raises(SealDamaged):
        opened(one[:SECOND] + other[SECOND:]).readall()


def test_other_files_are_told_apart() -> None:
    plain = io.BytesIO(b"PK\3\4 a zip that nobody has sealed")
    assert read_header(plain) is None
    assert plain.tell() == 0


@pytest.mark.parametrize(
    "begin", [b"", b"\0\0", (LONGEST_HEADER_BYTES + 1).to_bytes(4, "big") + b"x" * 99, b"\0\0\0\7short", b"\0\0\0\0"]
)
def test_a_damaged_header_is_refused(begin: bytes) -> None:
    with pytest.raises(SealDamaged):
        read_header(io.BytesIO(MAGIC + begin))
