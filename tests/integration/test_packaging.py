"""The project is installed editable, in its own folder; packed up it would lack half of what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
OFFLINE = ("--no-index", "--no-deps", "--no-build-isolation")
SENTENCE = "The kiosk runs in its own folder and cannot be packed up: run ./install.sh run in this folder instead."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project as it is copied to a device, but for what is in its packages: pip writes beside what it installs."""
    program = 'here=$1; . "$here/assets/device/device.sh"; echo $payload'
    told = subprocess.run(["bash", "-c", program, "bash", PROJECT_DIR], capture_output=True, text=True, check=True)
    folder = tmp_path / "project"
    (folder / "kiosk").mkdir(parents=True)
    (folder / "kiosk" / "__init__.py").touch()
    for path in (PROJECT_DIR / name for name in told.stdout.split()):
        if path.is_file():
            shutil.copy(path, folder)
    return folder


def pip(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*PIP, *arguments]
    environment = os.environ | {"PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


@pytest.mark.parametrize(
    "command",
    [pytest.param(("install", "--target"), id="install"), pytest.param(("wheel", "--wheel-dir"), id="wheel")],
)
def test_packing_it_up_ends_with_what_to_run_instead(project: Path, tmp_path: Path, command: tuple[str, str]) -> None:
    ended = pip(*command, tmp_path / "made", *OFFLINE, project)
    assert ended.returncode == 1
    lines = [line.strip() for line in ended.stderr.splitlines()]
    assert SENTENCE in lines
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.rglob("*.whl"))
    assert not (tmp_path / "made" / "kiosk").exists()


def test_an_editable_installation_finds_the_project(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "made"
    ended = pip("install", "--target", target, *OFFLINE, "--editable", project)
    assert ended.returncode == 0, ended.stderr
    assert (target / "bin" / "kiosk").exists()
    program = "import site, sys; site.addsitedir(sys.argv[1]); import kiosk; print(kiosk.__file__)"
    command: list[str | Path] = [sys.executable, "-S", "-c", program, target]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert Path(found.stdout.strip()) == project / "kiosk" / "__init__.py"
