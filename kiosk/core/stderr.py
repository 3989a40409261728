"""Native libraries kept from writing to standard error, which some do whatever their log level says.

Descriptor 2 can only be silenced for the whole process, whose other threads go on logging. Python's standard error
therefore writes to a duplicate of it, and descriptor 2 itself is left to native libraries.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO

STDERR_FD = 2
_one_at_a_time = threading.Lock()


def separate_python_stderr() -> None:
    """Let Python's standard error write to a duplicate of descriptor 2 from now on, for whoever holds the stream.

    Best called before there are threads: with PYTHONUNBUFFERED, a line that is being written at this moment may still
    go to descriptor 2. Raises OSError when there is no standard error.
    """
    stderr = sys.__stderr__
    buffer = getattr(stderr, "buffer", None)
    file = getattr(buffer, "raw", buffer)
    if stderr is not None and isinstance(file, FileIO) and file.fileno() == STDERR_FD:
        # Opened again in place.
        FileIO.__init__(file, os.dup(STDERR_FD), "wb", closefd=False)
        stderr.flush()  # waits for whoever is writing to the old descriptor


@contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Send what native libraries write to standard error to nowhere meanwhile; no line that Python writes is lost.

    For calls whose failures are raised as well. A process that is started meanwhile has no standard error.
    """
    with _one_at_a_time:
        try:
            separate_python_stderr()
            kept = os.dup(STDERR_FD)
        except OSError:  # a service may run without standard error
            yield
            return
        try:
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - os.devnull is no path to work with
                os.dup2(nowhere.fileno(), STDERR_FD)
            yield
        finally:
            os.dup2(kept, STDERR_FD)
            os.close(kept)
