"""On whose behalf, and under which trace id, the present work is done.

Both follow the work into threads that kiosk.core.thread_pool runs it in, so that a log line, a row and an audit entry
far below a request can name them without every function in between passing them on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

LOCAL = "local"
"""Who acts where nobody has said who: somebody at this device's own command line."""

_actor: ContextVar[str] = ContextVar("actor", default=LOCAL)
_trace_id: ContextVar[UUID | None] = ContextVar("trace_id", default=None)


def current_actor() -> str:
    """Return who acts: LOCAL, or `token:NAME` for a request."""
    return _actor.get()


def current_trace_id() -> UUID | None:
    """Return the trace id of the work in hand, None outside of any."""
    return _trace_id.get()


def trace_id_or_new() -> UUID:
    return _trace_id.get() or uuid4()


@contextmanager
def acting_as(actor: str) -> Iterator[None]:
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def traced(trace_id: UUID) -> Iterator[UUID]:
    token = _trace_id.set(trace_id)
    try:
        yield trace_id
    finally:
        _trace_id.reset(token)
