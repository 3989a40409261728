"""Saves every scene as a picture, in both languages and at all sizes that are promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtTest import QTest

from kiosk.errors import ConfigurationError, StorageError
from kiosk.ui.application import make_application, paint_application
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.annotated_images import AnnotatedImage
from kiosk.ui.screenshots.scene import Scene, SceneFixture, make_fixture
from kiosk.ui.screenshots.scenes import SCENES
from kiosk.ui.theme import Appearance, use_appearance

SIZES = ((1920, 1080), (1024, 600), (1080, 1920))
THEMES = {
    "light": Appearance(),
    "dark": Appearance(is_dark=True),
    "light-high-contrast": Appearance(high_contrast=True),
    "dark-high-contrast": Appearance(is_dark=True, high_contrast=True),
}


def capture_themes(directory: Path, images: Mapping[str, AnnotatedImage], only: str = "") -> Iterator[Path]:
    """Save every scene in every theme, each in a folder of its own; as capture_scenes."""
    make_application()
    for theme, wanted in THEMES.items():
        use_appearance(wanted)
        try:
            paint_application()
            yield from capture_scenes(directory / theme, images, only)
        finally:
            use_appearance(Appearance())
            paint_application()


def capture_scenes(directory: Path, images: Mapping[str, AnnotatedImage], only: str = "") -> Iterator[Path]:
    """Save every scene as <directory>/<language>/<width>x<height>/<number>-<scene>.png and yield the paths.

    images: one for each of annotated_images.MOMENTS_S. only: the name of one scene.
    Raises ConfigurationError, StorageError.
    """
    names = [scene.name for scene in SCENES]
    if only and only not in names:
        raise ConfigurationError(f"there is no screen {only!r}; there are {', '.join(names)}")
    make_application()
    translations = Translations()
    for language in Language:
        translations.use(language)
        for size in SIZES:
            folder = directory / language / "{}x{}".format(*size)
            for number, scene in enumerate(SCENES, start=1):
                if only in ("", scene.name):
                    path = folder / f"{number:02}-{scene.name}.png"
                    _capture(scene, make_fixture(size, translations, images), path)
                    yield path


def _capture(scene: Scene, fixture: SceneFixture, path: Path) -> None:
    try:
        scene.show(fixture)
        fixture.entrance.refresh_status()
        QTest.qWait(80)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not fixture.window.grab().save(str(path)):
            raise StorageError(f"{path} cannot be written")
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        fixture.close()
