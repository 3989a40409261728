"""The employees of the office that the scenes show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kiosk.domain.types import Image
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.language import Language
from kiosk.ui.screenshots.annotated_images import ImageName
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.screenshots.scene import SceneFixture

STAFF_NAMES = {
    Language.RUSSIAN: (
        "Андреева Мария",
        "Богданов Пётр",
        "Константинопольская Александра Владиславовна",
        "Ли Вэй",
        "Соколова Анна",
        "Яковлев Илья",
    ),
    Language.ENGLISH: (
        "Maria Anderson",
        "Peter Brown",
        "Wolfeschlegelsteinhausenbergerdorff Hubert",
        "Li Wei",
        "Anna Swan",
        "Elias Young",
    ),
}
DEPARTMENTS = {
    Language.RUSSIAN: ("Бухгалтерия", "Отдел кадров"),
    Language.ENGLISH: ("Accounting", "Human resources"),
}
WORDS = {
    Language.RUSSIAN: ("Я ушёл в четверть седьмого", "Не посмотрел в камеру"),
    Language.ENGLISH: ("I left at a quarter past six", "Forgot to look at the camera"),
}

POSITIONS = {Language.RUSSIAN: "Главный бухгалтер", Language.ENGLISH: "Chief accountant"}


def _small(fixture: SceneFixture, name: ImageName) -> Image:
    return np.ascontiguousarray(fixture.images[name].image_bgr[::2, ::2])


def staffed_backend(fixture: SceneFixture) -> FakeAdminBackend:
    """Return a backend with some employees, and the fixture's nearest face before its camera."""
    backend = FakeAdminBackend(*STAFF_NAMES[fixture.language])
    for place, person in backend.staff.items():
        backend.staff[place] = replace(person, department=DEPARTMENTS[fixture.language][place % 2])
    backend.attendance.words = WORDS[fixture.language]
    fixture.show_faces("near", FaceState.LOOKING)
    backend.frame = fixture.entrance_backend.frame
    backend.attendance.snapshots = {
        1: _small(fixture, "near"),
        4: _small(fixture, "far"),
        None: _small(fixture, "stranger"),
    }
    return backend
