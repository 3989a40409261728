"""The kiosk as its users run it: a process of its own, real faces, real databases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.cli import console
from kiosk.demo.clip import prepare_clip
from support import photographs
from support.kiosk_process import Start

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def clip_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the demo's clip and nothing else."""
    photographs.path("obama.jpg")
    folder = tmp_path_factory.mktemp("clip")
    prepare_clip(folder, lambda _done, _total: None)
    return folder


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def with_clip(data_dir: Path, clip_dir: Path) -> Path:
    """The test's data directory, the clip in it already; returns the clip."""
    shutil.copytree(clip_dir / "demo", data_dir / "demo")
    return data_dir / "demo" / "walk-past.avi"


@pytest.fixture
def environment(data_dir: Path) -> dict[str, str]:
    """What a process of the kiosk gets; tests add KIOSK_DATABASE_URL where they need it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    return own | {"KIOSK_DATA_DIR": str(data_dir), "KIOSK_TIMEZONE": "Europe/Moscow", "COLUMNS": "300"}


@pytest.fixture
def kiosk(environment: dict[str, str]) -> Run:
    """Run `python -m kiosk` with these arguments to its end."""

    def run(*arguments: str | Path, **overrides: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kiosk", *map(str, arguments)],
            env=environment | overrides,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


@pytest.fixture
def command(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command to its end in the test's own process, which is many times quicker; for commands, not for `run`."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for shown in (console.out, console.err):  # they took their width from the environment when they were imported
        monkeypatch.setattr(shown, "width", int(environment["COLUMNS"]))

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["kiosk", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def started(environment: dict[str, str]) -> Iterator[Start]:
    """Start commands of the kiosk that go on until the test ends."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str | Path, stderr: Any = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk", *map(str, arguments)]
        processes.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.terminate()
        assert process.wait(timeout=30) == 0
        for stream in filter(None, (process.stdout, process.stderr)):
            stream.close()
