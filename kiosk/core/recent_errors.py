"""The last warnings and errors of this process, kept for the administrator's screen and the report.

A log line holds ids and never names, and neither does what is kept here: no traceback, whose last line may quote data.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.core.logger import NAME

KEPT = 50


@dataclass(frozen=True, slots=True)
class LoggedError:
    """One line of the log.

    Attributes:
        at: aware UTC.
        level: of logging, WARNING or above.
        event: the event's name, as docs/messages.en.md lists it.
        trace_id: None where the line has none.
        fields: the line's other fields, name=value, in one text.
    """

    at: datetime
    level: int
    event: str
    trace_id: str | None
    fields: str


class RecentErrors(logging.Handler):
    """Any thread logs, any thread reads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._latest: deque[LoggedError] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        fields = dict(getattr(record, "fields", {}))
        trace_id = fields.pop("trace_id", None)
        if record.exc_info and record.exc_info[0] is not None:
            fields["exception"] = record.exc_info[0].__name__
        text = " ".join(f"{name}={value}" for name, value in fields.items())
        at, shown_id = datetime.fromtimestamp(record.created, UTC), None if trace_id is None else str(trace_id)
        self._latest.append(LoggedError(at, record.levelno, record.getMessage(), shown_id, text))

    @property
    def latest(self) -> tuple[LoggedError, ...]:
        """The last ones, the newest first."""
        return tuple(self._latest.copy())[::-1]


@contextmanager
def keep_recent_errors() -> Iterator[RecentErrors]:
    """Keep the kiosk's warnings and errors as long as the block runs."""
    kept, logger = RecentErrors(), logging.getLogger(NAME)
    logger.addHandler(kept)
    try:
        yield kept
    finally:
        logger.removeHandler(kept)
