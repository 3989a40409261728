"""Files in AES-256-GCM that can be written in one go and read at any place.

    magic          b"kiosk sealed file 1\\n"
    length         4 bytes, big-endian, of the header
    header         whatever the caller needs to find the file's key again
    chunks         1 MiB each, the last one shorter; each followed by its tag of 16 bytes

A file has a random key of its own, so that a chunk's nonce may be its number, followed by 1 for the last chunk and 0
for every other: a chunk that was moved, left out or cut off does not open. This is the STREAM construction (Hoang,
Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015), which age
and Tink use as well. The header is associated data of every chunk.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"kiosk sealed file 1\n"
CHUNK_BYTES = 1 << 20
TAG_BYTES = 16
KEY_BYTES = 32
LONGEST_HEADER_BYTES = 1 << 16


class SealDamaged(Exception):
    """A file was changed, cut off, or sealed by another key."""


class SealedWriter(io.RawIOBase):
    """Seals what is written to it; close() writes the last chunk and leaves the file beneath open.

    Args:
        file: receives the sealed bytes.
        file_key: 32 bytes that seal nothing else.
        header: is written in clear, and cannot be changed afterwards.
    """

    def __init__(self, file: BinaryIO, file_key: bytes, header: bytes) -> None:
        self._file, self._cipher, self._header = file, AESGCM(file_key), header
        self._waiting = bytearray()
        self._number = 0
        file.write(MAGIC + len(header).to_bytes(4, "big") + header)

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        content = memoryview(data).cast("B")
        self._waiting += content
        while len(self._waiting) > CHUNK_BYTES:  # one chunk waits, for only close() knows the last one
            self._put(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._waiting), is_last=True)
            super().close()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last), chunk, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads a sealed file at any place; closing it leaves the file beneath open.

    Args:
        file: stands behind its header, as read_header leaves it.
        file_key: as it was written with.
        header: as read_header has returned it.

    Raises:
        SealDamaged: now, when the file's end is missing or the key is another one; by read() for a damaged chunk.
    """

    def __init__(self, file: BinaryIO, file_key: bytes, header: bytes) -> None:
        self._file, self._cipher, self._header = file, AESGCM(file_key), header
        self._begin = file.tell()
        sealed_bytes = file.seek(0, os.SEEK_END) - self._begin
        self._last, rest = divmod(max(0, sealed_bytes - 1), CHUNK_BYTES + TAG_BYTES)
        self._size = self._last * CHUNK_BYTES + rest + 1 - TAG_BYTES
        self._place = 0
        self._opened: tuple[int, bytes] | None = None
        if rest + 1 < TAG_BYTES:
            raise SealDamaged
        self._chunk(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._place >= self._size:
            return 0
        number, begin = divmod(self._place, CHUNK_BYTES)
        target = memoryview(buffer).cast("B")
        found = self._chunk(number)[begin : begin + len(target)]
        target[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _chunk(self, number: int) -> bytes:
        if self._opened is None or self._opened[0] != number:
            self._file.seek(self._begin + number * (CHUNK_BYTES + TAG_BYTES))
            sealed = self._file.read(CHUNK_BYTES + TAG_BYTES)
            try:
                chunk = self._cipher.decrypt(_nonce(number, number == self._last), sealed, self._header)
            except InvalidTag as error:
                raise SealDamaged from error
            self._opened = number, chunk
        return self._opened[1]


def read_header(file: BinaryIO) -> bytes | None:
    """Return the header of a sealed file; None for a file that is none, which then stands at its beginning again.

    Raises SealDamaged for a header that was cut off or is longer than any.
    """
    if file.read(len(MAGIC)) != MAGIC:
        file.seek(0)
        return None
    length = int.from_bytes(file.read(4), "big")
    header = file.read(length) if length <= LONGEST_HEADER_BYTES else b""
    if not header or len(header) < length:
        raise SealDamaged
    return header


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
