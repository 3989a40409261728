"""The last warnings and errors, kept for the screen and the report."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from kiosk.core.context import traced
from kiosk.core.logger import NAME, log
from kiosk.core.recent_errors import KEPT, keep_recent_errors


@pytest.mark.expects_errors
def test_warnings_and_errors_are_kept_with_their_trace_id_the_newest_first():
    trace_id = uuid4()
    with keep_recent_errors() as kept:
        log(logging.INFO, "camera.opened", source="0")
        log(logging.WARNING, "camera.lost", source="0")
        with traced(trace_id):
            try:
                raise ValueError("Anna Swan")
            except ValueError:
                log(logging.ERROR, "event.refused", exc_info=True, employee_id=7)
    newest, oldest = kept.latest
    assert (newest.event, newest.trace_id, newest.fields) == (
        "event.refused",
        str(trace_id),
        "employee_id=7 exception=ValueError",
    )
    assert (oldest.event, oldest.trace_id, oldest.level) == ("camera.lost", None, logging.WARNING)


def test_so_many_are_kept_and_none_after_the_block():
    with keep_recent_errors() as kept:
        for number in range(KEPT + 5):
            log(logging.WARNING, "camera.lost", number=number)
    log(logging.WARNING, "camera.lost", number=-1)
    assert [one.fields for one in kept.latest] == [f"number={number}" for number in range(KEPT + 4, 4, -1)]
    assert not any(handler is kept for handler in logging.getLogger(NAME).handlers)
