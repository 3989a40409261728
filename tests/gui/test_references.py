"""Main screens beside the pictures of them that are kept: a change that nobody meant is seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from kiosk.core.opencv import cv2
from kiosk.errors import ConfigurationError
from kiosk.ui.language import Translations
from kiosk.ui.screenshots.comparison import Difference, changed_share, compare_folders, read_picture
from support.screen_references import REFERENCES, reference_path, take

# Half a percent of the pixels: WebP's losses and other machines' smoothing stay below it, a moved button does not.
TOLERATED_SHARE = 0.005


@pytest.mark.parametrize(("scene", "language", "look"), REFERENCES, ids=lambda part: part)
def test_a_screen_looks_as_it_did(
    qapp: QApplication, translations: Translations, scene: str, language: str, look: str
) -> None:
    kept = read_picture(reference_path(scene, language, look))
    share = changed_share(take(scene, language, look, translations), kept)
    assert share < TOLERATED_SHARE, "if it was meant: PYTHONPATH=tests python -m support.screen_references"


def picture(left_px: int = 20, top: int = 200) -> np.ndarray:
    drawn = np.full((120, 200, 3), 240, np.uint8)
    drawn[40:80, left_px : left_px + 60] = (60, top, 30)
    return drawn


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        pytest.param(picture(), 0.0, 0.0, id="same"),
        pytest.param(picture(top=201), 0.0, 0.0, id="a shade that nobody sees"),
        pytest.param(picture(left_px=40), 0.05, 0.12, id="moved"),
        pytest.param(picture(top=90), 0.09, 0.13, id="another colour"),
        pytest.param(picture()[:100], 1.0, 1.0, id="another size"),
    ],
)
def test_the_share_of_what_changed(other: np.ndarray, least: float, most: float) -> None:
    assert least <= changed_share(picture(), other) <= most


def test_two_runs_are_compared_whatever_the_numbers(tmp_path: Path) -> None:
    for name, drawn in (
        ("before/en/01-pin.png", picture()),
        ("before/en/02-idle.png", picture()),
        ("now/en/03-pin.png", picture(left_px=60)),
        ("now/en/04-idle.png", picture()),
        ("now/en/05-new.png", picture()),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imencode(".png", drawn)[1].tofile(path)
    found = {difference.name: difference for difference in compare_folders(tmp_path / "now", tmp_path / "before")}
    assert found["en/new"] == Difference("en/new", 1.0, is_new=True)
    assert set(found) == {"en/pin", "en/new"} and found["en/pin"].changed_share > 0.1


def test_references_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="kiosk screenshots"):
        list(compare_folders(tmp_path, tmp_path / "nowhere"))
