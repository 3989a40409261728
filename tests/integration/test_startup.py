"""An ordinary start loads what it needs: neither the demo nor what measures the product."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.bench.frames import frame_with_people
from kiosk.core.opencv import cv2

NOT_NEEDED = ("kiosk.bench", "kiosk.demo", "kiosk.evaluation", "kiosk.synthetic")
RUN = """
import json, os, signal, socket, sys, threading, time
from kiosk.__main__ import main

def end_when_it_listens(port):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)

sys.argv = ["kiosk", *json.loads(sys.argv[1])]
if "--port" in sys.argv:
    threading.Thread(target=end_when_it_listens, args=[int(sys.argv[-1])], daemon=True).start()
try:
    main()
except SystemExit as ended:
    code = ended.code or 0
else:
    code = 0
print()
print(json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*arguments: str | Path, program: str = RUN) -> set[str]:
    """Run the kiosk to its end and return the modules that it has loaded."""
    ended = subprocess.run(
        [sys.executable, "-c", program, json.dumps([*map(str, arguments)])],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    code, modules = json.loads(ended.stdout.splitlines()[-1])
    assert code == 0, ended.stderr
    return set(modules)


def not_needed(modules: set[str]) -> list[str]:
    return sorted(name for name in modules if name.startswith(NOT_NEEDED))


def test_help() -> None:
    modules = loaded("--help")
    assert not_needed(modules) == []
    assert not modules & {"cv2", "numpy", "onnxruntime", "sqlalchemy", "PySide6"}, "help is there at once"


@pytest.mark.models
def test_a_run_without_a_screen(tmp_path: Path) -> None:
    folder = tmp_path / "stands"
    folder.mkdir()
    assert cv2.imwrite(str(folder / "0.jpg"), frame_with_people((("obama3.jpg", 0.0),)))
    modules = loaded("run", "--headless", "--speed", "max", "--source", folder)
    assert "kiosk.app.pipeline" in modules
    assert not_needed(modules) == []
    assert not {name for name in modules if name.startswith("PySide6")}


@pytest.mark.models
def test_the_api() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    modules = loaded("serve", "--port", str(port))
    assert "kiosk.api.server" in modules
    assert not_needed(modules) == []


@pytest.mark.parametrize("module", ["kiosk.cli.gui_run", "kiosk.app.doctor"])
def test_what_a_screen_and_the_doctor_are_made_of(module: str) -> None:
    modules = loaded(program=f"import json, sys, {module}; print(json.dumps([0, sorted(sys.modules)]))")
    assert module in modules
    assert not_needed(modules) == []
