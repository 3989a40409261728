"""What reaches standard error while a native library is opened; each case in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kiosk.config.paths import PROJECT_DIR

SEPARATED = "from kiosk.core.stderr import separate_python_stderr as separate; separate()"

OPENED_AGAIN_AND_AGAIN = f"""
import logging, sys, threading, time
from pathlib import Path
from kiosk.core import logger
from kiosk.vision.model_store import ModelStore

logger.configure("INFO")
store = ModelStore(Path({str(PROJECT_DIR / "models")!r}), Path("/nonexistent"))
done = threading.Event()
written = 0

def write():
    global written
    while not done.is_set() or written < 100:
        logger.log(logging.INFO, "line.logged", number=written)
        print("printed", written, file=sys.stderr)
        written += 1
        time.sleep(0.0005)

thread = threading.Thread(target=write)
thread.start()
for _ in range(5):
    store.open_detector("blazeface-full-range").close()
done.set()
thread.join()
print(written)
"""


@pytest.mark.models
@pytest.mark.parametrize(
    ("program", "unbuffered"),
    [
        pytest.param(OPENED_AGAIN_AND_AGAIN, "", id="in anybody's process"),
        pytest.param(SEPARATED + OPENED_AGAIN_AND_AGAIN, "", id="in ours"),
        pytest.param(SEPARATED + OPENED_AGAIN_AND_AGAIN, "1", id="in ours, unbuffered"),
    ],
)
def test_a_detector_opened_again_and_again_costs_no_other_thread_a_line(program: str, unbuffered: str) -> None:
    ran = run(program, unbuffered)
    count = int(ran.stdout)
    lines = ran.stderr.splitlines()
    assert count > 100
    assert [line.partition(" INFO ")[2] for line in lines if "INFO" in line] == [
        f"line.logged number={number}" for number in range(count)
    ]
    assert [line for line in lines if "INFO" not in line] == [f"printed {number}" for number in range(count)]


def test_native_lines_alone_are_dropped_and_only_meanwhile() -> None:
    ran = run("""
import os, sys
from kiosk.core.stderr import native_stderr_silenced

for _ in range(2):
    os.write(2, b"native before\\n")
    with native_stderr_silenced():
        os.write(2, b"native meanwhile\\n")
        print("python meanwhile", file=sys.stderr)
    print("python after", file=sys.stderr)
""")
    once = ["native before", "python meanwhile", "python after"]
    assert ran.stderr.splitlines() == 2 * once


def test_a_process_without_standard_error_is_left_alone() -> None:
    ran = run("""
import os
os.close(2)
from kiosk.core.stderr import native_stderr_silenced
with native_stderr_silenced():
    print("done")
""")
    assert ran.stdout == "done\n"


def run(program: str, unbuffered: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
