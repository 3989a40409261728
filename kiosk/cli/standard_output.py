"""Standard output of the commands: UTF-8 whatever the locale says, and a sentence where it cannot be written."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.errors import StorageError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class OutputRefused(StorageError):
    """Standard output takes nothing more."""


class ReaderGone(OutputRefused):
    """Whoever read standard output has had enough, as `| head` does."""


class OutputFile(io.FileIO):
    """A descriptor whose failures say that it was standard output, and no file of the kiosk's, that failed."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Raises ReaderGone, OutputRefused."""
        try:
            return super().write(data)
        except BrokenPipeError as error:
            raise ReaderGone("nobody reads standard output any more") from error
        except OSError as error:
            raise OutputRefused(f"standard output cannot be written: {error.strerror}") from error


def write_utf8() -> None:
    """Let standard output and standard error be UTF-8, and the first tell its failures; a closed one takes all."""
    output, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (output, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    is_process_output = output is sys.__stdout__  # not a test's
    if is_process_output:
        output.flush()
        buffer = io.BufferedWriter(OutputFile(output.fileno(), "w", closefd=False))
        output = io.TextIOWrapper(buffer, encoding="utf-8", line_buffering=output.isatty())
    sys.stdout = output


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def discard_output() -> None:
    """Send what still waits nowhere: Python's own flush at exit must not complain a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
