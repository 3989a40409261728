"""The pictures that main screens are compared with: `PYTHONPATH=tests python -m support.screen_references` renews them.

They are half as large as the screens, and hold no photograph: the camera of the tests shows patterns.
"""

from __future__ import annotations

import os
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtTest import QTest

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.ui.application import make_application
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.scene import make_fixture
from kiosk.ui.screenshots.scenes import SCENES
from kiosk.ui.theme import Appearance, use_appearance
from support.recording_entrance import IMAGES

FOLDER = Path(__file__).parents[1] / "references"
SIZE = (1024, 600)
LOOKS = {"light": Appearance(), "dark": Appearance(is_dark=True)}
# Screens that show neither the present time nor a picture of the camera.
REFERENCES = (
    ("pin", "en", "light"),
    ("pin", "ru", "dark"),
    ("setup-language", "en", "light"),
    ("setup-office", "ru", "light"),
    ("setup-password-elsewhere", "en", "dark"),
    ("password", "ru", "light"),
    ("admin-exit", "ru", "dark"),
    ("password-change", "ru", "dark"),
    ("admin-exit", "en", "light"),
    ("setup-person", "ru", "light"),
    ("enroll-consent", "en", "dark"),
    ("password-none", "ru", "dark"),
)


def reference_path(scene: str, language: str, look: str) -> Path:
    return FOLDER / f"{scene}.{language}.{look}.webp"


def take(scene: str, language: str, look: str, translations: Translations) -> Image:
    """Show a scene and return its picture, (H, W, 3) BGR uint8, half as large as the screen."""
    use_appearance(LOOKS[look])
    translations.use(Language(language))
    fixture = make_fixture(SIZE, translations, IMAGES)
    try:
        next(each for each in SCENES if each.name == scene).show(fixture)
        QTest.qWait(80)
        held = fixture.window.focusWidget()
        if held is not None:
            held.clearFocus()  # whether its ring is drawn depends on the window's being in front
        QTest.qWait(20)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        half = fixture.window.grab().scaled(SIZE[0] // 2, SIZE[1] // 2, mode=Qt.TransformationMode.SmoothTransformation)
        half.save(buffer, "PNG")
        return np.asarray(cv2.imdecode(np.frombuffer(buffer.data().data(), np.uint8), cv2.IMREAD_COLOR), np.uint8)
    finally:
        fixture.close()
        use_appearance(Appearance())


def main() -> None:
    make_application()
    translations = Translations()
    FOLDER.mkdir(exist_ok=True)
    for scene, language, look in REFERENCES:
        picture = take(scene, language, look, translations)
        encoded = cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, 90])[1]
        reference_path(scene, language, look).write_bytes(encoded.tobytes())


if __name__ == "__main__":
    main()
