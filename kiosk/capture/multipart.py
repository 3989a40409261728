"""The parts of an MJPEG stream over HTTP (multipart/x-mixed-replace, RFC 2046), out of bytes as they arrive."""

from __future__ import annotations

import re

LARGEST_PART = 16 * 1024 * 1024
_LARGEST_HEAD = 8 * 1024
_LENGTH = re.compile(rb"content-length:\s*(\d{1,9})\s*$", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class MultipartSplitter:
    """Splits a stream of bytes into the bodies of its parts; bytes that belong to no part are skipped."""

    def __init__(self, boundary: str) -> None:
        """boundary: as in the Content-Type header, with or without the two dashes before it: cameras disagree."""
        self._delimiter = b"--" + boundary.strip().strip('"').lstrip("-").encode("latin-1", "replace")
        self._buffer = bytearray()
        self._in_body = False
        self._length: int | None = None
        self._searched = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Return the bodies that are complete with this data, in order."""
        self._buffer += data
        bodies = []
        while (body := self._next_body()) is not None:
            bodies.append(body)
        if len(self._buffer) > LARGEST_PART:
            self._buffer.clear()
            self._in_body, self._searched = False, 0
        return bodies

    def _next_body(self) -> bytes | None:
        if not self._in_body and not self._enter_body():
            return None
        end = self._length if self._length is not None else self._find_delimiter()
        if end < 0 or end > len(self._buffer):
            return None
        body = bytes(self._buffer[:end])
        self._drop(end)
        self._in_body = False
        return body

    def _enter_body(self) -> bool:
        """Go past the next delimiter and head; False when they are not there yet."""
        while (start := self._find_delimiter()) >= 0:
            self._drop(start)
            head_start = len(self._delimiter)
            head = _HEAD_END.search(self._buffer, head_start, head_start + _LARGEST_HEAD)
            if head is not None:
                length = _LENGTH.search(self._buffer[: head.start()])
                self._length = int(length[1]) if length and int(length[1]) <= LARGEST_PART else None
                self._drop(head.end())
                self._in_body = True
                return True
            if len(self._buffer) < head_start + _LARGEST_HEAD:
                return False
            self._drop(head_start)
        self._drop(max(0, len(self._buffer) - len(self._delimiter) + 1))
        return False

    def _find_delimiter(self) -> int:
        """Where the next delimiter begins, or -1; what was searched in vain is not searched again."""
        found = self._buffer.find(self._delimiter, self._searched)
        self._searched = max(0, len(self._buffer) - len(self._delimiter) + 1) if found < 0 else found
        return found

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._searched = 0
