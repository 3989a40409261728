"""What a test uses of the machine, as Python's own audit events tell, so that no test goes without its mark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR

MODELS_DIR = str(PROJECT_DIR / "models")
MODEL_SUFFIXES = (".tflite", ".onnx")
MARKS_OF_PROCESSES = ("network", "models", "postgres")

_models: set[str] = set()
_programs: set[str] = set()


def forget() -> None:
    """Begin anew, for the next test."""
    _models.clear()
    _programs.clear()


def complaint(item: pytest.Item) -> str | None:
    """Return what a test did since the last forget() that its marks do not allow."""
    marks = {mark.name for mark in item.iter_markers()}
    if _models and "models" not in marks:
        return f"reads installed models ({', '.join(_models)}): use the fixture model_store, or mark it models"
    if _programs and "unit" in item.path.parts and not marks.intersection(MARKS_OF_PROCESSES):
        return f"a unit test starts {', '.join(_programs)}: move it to tests/integration"
    return None


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path = str(arguments[0])
        if path.endswith(MODEL_SUFFIXES) and path.startswith(MODELS_DIR):
            _models.add(Path(path).name)
    elif event == "subprocess.Popen":
        _programs.add(str(arguments[0]))


sys.addaudithook(_audit)
