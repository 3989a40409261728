"""Pictures of the screens, saved where they were asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.conftest import SIZES
from kiosk.errors import ConfigurationError, StorageError
from kiosk.ui.language import Language
from kiosk.ui.screenshots.annotated_images import MOMENTS_S
from kiosk.ui.screenshots.capture import capture_scenes
from support.recording_entrance import IMAGES


def test_a_screen_is_saved_in_both_languages_and_all_sizes(qapp: QApplication, tmp_path: Path) -> None:
    paths = list(capture_scenes(tmp_path / "pictures", IMAGES, "queue"))
    assert len(paths) == len(Language) * len(SIZES)
    for path in paths:
        image = QImage(str(path))
        assert f"{image.width()}x{image.height()}" == path.parent.name
        assert path.parent.parent.name in list(Language)


def test_the_tests_know_every_image_that_the_scenes_show() -> None:
    assert set(IMAGES) == set(MOMENTS_S)


def test_a_screen_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no screen 'que'.*queue"):
        list(capture_scenes(tmp_path, IMAGES, "que"))


def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written"):
        list(capture_scenes(tmp_path / "file", IMAGES, "idle"))
