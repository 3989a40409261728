"""Native libraries that write to standard error on their own, whatever their log level says."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.RLock()


@contextmanager
def stderr_silenced() -> Iterator[None]:
    """Send the whole process's standard error to nowhere meanwhile; for calls whose failures are raised as well."""
    with _one_at_a_time:
        try:
            kept = os.dup(2)
        except OSError:  # a service may run without standard error
            yield
            return
        try:
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - os.devnull is no path to work with
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
