"""What native libraries print and what they keep from being loaded, in processes of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kiosk.config.paths import PROJECT_DIR


@pytest.mark.models
def test_the_native_librarys_chatter_reaches_nobody() -> None:
    program = f"""
from pathlib import Path
import numpy as np
from kiosk.vision.model_store import ModelStore
detector = ModelStore(Path({str(PROJECT_DIR / "models")!r}), Path("/nonexistent")).open_detector("blazeface-full-range")
detector.detect(np.zeros((480, 640, 3), np.uint8))
detector.close()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")


def test_what_plots_still_finds_its_library_after_the_detector() -> None:
    program = """
import sys, kiosk.vision.detectors.blazeface
assert "matplotlib" not in sys.modules
import matplotlib.pyplot
matplotlib.pyplot.plot
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=True, capture_output=True)
