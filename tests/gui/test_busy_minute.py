"""The main thread while two people stand at the door and an administrator searches the list; the times are told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.config.settings import Settings
from load.busy_door import busy
from support import photographs


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.serial
def test_the_picture_moves_while_the_kiosk_works(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photographs.path("obama.jpg")
    result = busy(Settings(_env_file=None, data_dir=tmp_path / "data", sounds=False), 300, 10)
    with capsys.disabled():
        sys.stdout.write(f"\n{result.lines()}\n")
    assert result.faces == 2
    assert result.painted > 20
