"""The office's logo: shown where its file is a picture, else told of in the log."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.types import EventMode
from kiosk.ui.entrance.backend import Office
from kiosk.ui.entrance.header import OfficeSign
from support.pictures import plain

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


@pytest.mark.parametrize(
    ("name", "content", "is_shown"),
    [
        ("logo.png", plain(40, 20), True),
        ("logo.svg", SVG, True),
        ("logo.png", b"", False),
        ("logo.png", b"\x01\x02" * 2000, False),
        ("logo.png", None, False),
    ],
    ids=["png", "svg", "empty", "noise", "missing"],
)
def test_a_logo_that_cannot_be_read_is_told_of(  # noqa: PLR0917
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes | None, is_shown: bool
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    sign = OfficeSign(Office("Zebra", "Zebra", ZoneInfo("UTC"), EventMode.TOGGLE, logo_path=path))
    qtbot.addWidget(sign)
    assert ("office.logo_unreadable" in caplog.messages) is not is_shown
