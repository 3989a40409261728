"""Names in every script: which of them the fonts of a machine show, in processes that see no other fonts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from kiosk.app.doctor import build_examined_device
from kiosk.config.settings import Settings
from kiosk.doctor import machine
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.ui.fonts import SCRIPTS

DEJAVU = {"Arabic", "Armenian", "Georgian", "Hebrew", "Lao"}
EVERY = set(SCRIPTS)


@pytest.fixture
def only_fonts_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def see(folder: Path) -> None:
        config = tmp_path / "fonts.conf"
        text = f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
        config.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">{text}')
        monkeypatch.setenv("FONTCONFIG_FILE", str(config))

    return see


@pytest.fixture
def examined_device(tmp_path: Path) -> ExaminedDevice:
    return build_examined_device(Settings(data_dir=tmp_path))


def lines_of_fonts() -> list[str]:
    said = subprocess.run([sys.executable, "-m", "kiosk.ui.fonts"], capture_output=True, text=True, check=True)
    assert said.stderr == ""
    return said.stdout.splitlines()


@pytest.mark.parametrize(
    ("fonts", "missing"),
    [
        pytest.param(Path("/nowhere"), EVERY, id="none"),
        pytest.param(Path(mpl.get_data_path()) / "fonts" / "ttf", EVERY - DEJAVU, id="dejavu"),
    ],
)
def test_scripts_without_a_font_are_named(only_fonts_of, tmp_path: Path, fonts: Path, missing: set[str]) -> None:
    # matplotlib's other font has an empty box for every letter there is.
    only = tmp_path / "fonts"
    only.mkdir()
    for path in fonts.glob("DejaVuSans.ttf"):
        (only / path.name).symlink_to(path)
    only_fonts_of(only)
    sentence, step = lines_of_fonts()
    assert sentence == f"names in {', '.join(name for name in SCRIPTS if name in missing)} would show empty boxes " + (
        "instead of letters"
    )
    assert step == "run: sudo apt-get install --no-install-recommends fonts-noto-cjk fonts-noto-core"


def test_the_doctor_says_it(
    examined_device: ExaminedDevice, only_fonts_of, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only_fonts_of(tmp_path / "nowhere")
    monkeypatch.setattr(machine, "SESSION_PATH", tmp_path / "session")
    [finding] = machine.fonts(examined_device)
    assert finding.level is Level.WARNING
    assert "Chinese" in finding.sentence
    assert "fonts-noto-cjk" in str(finding.next_step)
    (tmp_path / "session").write_text("headless\n")
    assert [*machine.fonts(examined_device)] == [Finding("fonts", Level.OK, "there is no screen that would need them")]
