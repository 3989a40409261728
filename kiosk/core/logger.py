"""Structured log lines on standard error: time, level, event, then name=value pairs; journald takes them as they are.

Lines hold ids and trace ids, never names, embeddings or pictures.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from kiosk.core.context import current_trace_id

NAME = "kiosk"


class LineFormatter(logging.Formatter):
    """`2026-01-31T08:59:58.123Z INFO camera.opened source=0`, with the traceback of a bug below."""

    def format(self, record: logging.LogRecord) -> str:
        taken_at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        fields = "".join(f" {name}={_text(value)}" for name, value in getattr(record, "fields", {}).items())
        line = f"{taken_at} {record.levelname} {record.getMessage()}{fields}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _text(value: object) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return f'"{text}"' if " " in text or not text else text


def log(level: int, event: str, exc_info: bool | BaseException = False, **fields: object) -> None:
    """Write one line: log(logging.INFO, "event.recorded", trace_id=…, employee_id=…).

    Within traced() every line has that trace id, unless it names one of its own.
    """
    trace_id = current_trace_id()
    if trace_id is not None:
        fields.setdefault("trace_id", trace_id)
    logging.getLogger(NAME).log(level, event, exc_info=exc_info, extra={"fields": fields})


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send the kiosk's lines of this level and above to standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter())
    logger = logging.getLogger(NAME)
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False
