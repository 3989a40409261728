"""The kiosk's own log: every line of a test reaches pytest, whatever command has set the log up before."""

from __future__ import annotations

import logging
from io import StringIO

import pytest

from kiosk.core.logger import configure, log


@pytest.fixture(scope="module", autouse=True)
def earlier_command() -> StringIO:
    """Run before any fixture of a single test; a logger remembers of each level whether it is written."""
    stream = StringIO()
    configure("ERROR", stream)
    log(logging.WARNING, "earlier.warning")
    return stream


def test_a_line_reaches_pytest_and_not_the_earlier_commands_output(
    caplog: pytest.LogCaptureFixture, earlier_command: StringIO
) -> None:
    log(logging.WARNING, "later.warning")
    assert caplog.messages == ["later.warning"]
    assert earlier_command.getvalue() == ""
