"""Pictures of every screen, in both languages and at all sizes that are promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from kiosk.core.opencv import cv2
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import DecisionStatus, EventMode
from kiosk.errors import ConfigurationError, StorageError
from kiosk.ui.application import make_application
from kiosk.ui.background import Background
from kiosk.ui.entrance.backend import EntranceBridge, Office, PersonSeen
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.demo_end import DemoEnd
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.admin_scenes import ADMIN_SCENES
from kiosk.ui.screenshots.events_scenes import EVENTS_SCENES
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend, Picture, already, entry, leaving, not_registered
from kiosk.ui.screenshots.files_scenes import FILES_SCENES
from kiosk.ui.screenshots.people_scenes import PEOPLE_SCENES
from kiosk.ui.screenshots.setup_scenes import SETUP_SCENES
from kiosk.ui.sounds import Sounds
from kiosk.ui.window import KioskWindow

SIZES = ((1920, 1080), (1024, 600), (1080, 1920))
# What the pictures show, by the moment of the demo's clip in seconds.
MOMENTS_S = {"far": 3.2, "near": 4.4, "stranger": 18.5, "two": 25.5}
PictureName = Literal["far", "near", "stranger", "two"]
_NAMES = {
    Language.RUSSIAN: (
        "Обама Барак",
        "Байден Джозеф",
        "Константинопольская Александра Владиславовна",
        "Ли Вэй",
        "Коллинз Айлин",
    ),
    Language.ENGLISH: (
        "Barack Obama",
        "Joe Biden",
        "Wolfeschlegelsteinhausenbergerdorff Hubert",
        "Li Wei",
        "Eileen Collins",
    ),
}
_OFFICES = {
    Language.RUSSIAN: ("Бюро «Северная верфь»", "ООО «Северная верфь», Мария Лебедева"),
    Language.ENGLISH: ("North Yard Office", "North Yard Ltd, Mary Swan"),
}


@dataclass(slots=True)
class Studio:
    """One window with the entrance screen in it, ready for a scene."""

    window: KioskWindow
    door: FakeEntranceBackend
    bridge: EntranceBridge
    background: Background
    entrance: EntranceScreen
    pictures: Mapping[str, Picture]
    language: Language

    def show(self, picture: PictureName, *states: FaceState) -> None:
        """Put people before the camera, and let the preview take notice."""
        for _ in range(2):
            self.bridge.listen(self.door.show(self.pictures[picture], states), ())
        QTest.qWait(70)  # two beats of the preview's timer

    def greet(self, make: Callable[[str], PersonSeen], person: int) -> None:
        self.bridge.person_seen.emit(make(_NAMES[self.language][person]))


Scene = Callable[[Studio], None]


def _looking(stage: Studio) -> None:
    stage.show("near", FaceState.LOOKING)


def _come_closer(stage: Studio) -> None:
    stage.show("far", FaceState.COME_CLOSER)


def _advice(stage: Studio) -> None:
    stage.show("two", FaceState.LOOK_AT_CAMERA, FaceState.TOO_DARK)


def _entry(stage: Studio) -> None:
    stage.show("stranger", FaceState.RECOGNISED)
    stage.greet(entry, 4)


def _two_people(stage: Studio) -> None:
    stage.show("two", FaceState.RECOGNISED, FaceState.RECOGNISED)
    stage.greet(leaving, 0)
    stage.greet(entry, 1)


def _queue(stage: Studio) -> None:
    stage.show("two", FaceState.RECOGNISED, FaceState.LOOKING)
    for person in (3, 0, 1):
        stage.greet(entry, person)
    stage.greet(already, 0)
    stage.greet(entry, 2)


def _already(stage: Studio) -> None:
    stage.show("near", FaceState.RECOGNISED)
    stage.greet(already, 0)


def _not_registered(stage: Studio) -> None:
    stage.door.fill_disk()
    stage.show("near", FaceState.RECOGNISED)
    stage.greet(not_registered, 0)


def _stranger(stage: Studio) -> None:
    stage.show("stranger", FaceState.NOT_RECOGNISED)
    stage.bridge.refused.emit(DecisionStatus.UNKNOWN)


def _look_again(stage: Studio) -> None:
    stage.show("two", FaceState.LOOK_AGAIN, FaceState.HOLD_STILL)
    stage.bridge.refused.emit(DecisionStatus.LOW_CONFIDENCE)


def _voided(stage: Studio) -> None:
    stage.show("near", FaceState.LOOKING)
    stage.greet(entry, 0)
    card = stage.entrance.cards.cards[0]
    if isinstance(card, GreetingCard):
        card.not_me.click()
    QTest.qWait(100)


def _camera_lost(stage: Studio) -> None:
    stage.door.lose_camera()
    QTest.qWait(60)


def _database_lost(stage: Studio) -> None:
    stage.door.lose_database(3)
    stage.show("near", FaceState.RECOGNISED)
    stage.greet(entry, 0)


def _all_lost(stage: Studio) -> None:
    stage.door.lose_everything()
    QTest.qWait(60)


def _idle(stage: Studio) -> None:
    stage.entrance.fall_asleep()


def _demo(stage: Studio) -> None:
    office = replace(_office(stage.language), is_demo=True, offers_setup=True)
    sounds = Sounds()
    sounds.enabled = False
    stage.window.open(EntranceScreen(office, stage.door, stage.bridge, stage.background, sounds))
    stage.show("near", FaceState.RECOGNISED)
    stage.greet(entry, 0)


def _demo_end(stage: Studio) -> None:
    stage.window.open(DemoEnd(offers_setup=True))


def _pin(stage: Studio) -> None:
    screen = PinScreen(stage.door, stage.background)
    stage.window.open(screen)
    screen.number.setText("1042")


def _pin_wrong(stage: Studio) -> None:
    screen = PinScreen(stage.door, stage.background)
    stage.window.open(screen)
    screen.number.setText("1042")
    screen.pin.setText("1234")
    screen.enter.click()
    QTest.qWait(100)


# In the order in which one meets them.
SCENES: dict[str, Scene] = {
    "entrance": _looking,
    "come-closer": _come_closer,
    "advice": _advice,
    "entry": _entry,
    "two-people": _two_people,
    "queue": _queue,
    "already-registered": _already,
    "not-registered": _not_registered,
    "not-recognised": _stranger,
    "look-again": _look_again,
    "that-is-not-me": _voided,
    "camera-lost": _camera_lost,
    "database-away": _database_lost,
    "everything-away": _all_lost,
    "idle": _idle,
    "demo": _demo,
    "demo-end": _demo_end,
    "pin": _pin,
    "pin-wrong": _pin_wrong,
    **SETUP_SCENES,
    **ADMIN_SCENES,
    **FILES_SCENES,
    **PEOPLE_SCENES,
    **EVENTS_SCENES,
}


def pictures_of(clip: Path, detector: FaceDetector) -> dict[str, Picture]:
    """Return MOMENTS_S of the demo's clip, with the faces that a detector finds in them. Raises StorageError."""
    capture = cv2.VideoCapture(str(clip))
    try:
        return {name: _picture(capture, at_s, detector) for name, at_s in MOMENTS_S.items()}
    finally:
        capture.release()


def _picture(capture: cv2.VideoCapture, at_s: float, detector: FaceDetector) -> Picture:
    capture.set(cv2.CAP_PROP_POS_MSEC, at_s * 1000)
    read, image = capture.read()
    if not read:
        raise StorageError("the demo's clip cannot be read; delete it, and it is made again")
    faces = sorted(detector.detect(image), key=lambda face: face.box_xyxy[0])
    return Picture(image, tuple(face.box_xyxy for face in faces))


def take(directory: Path, pictures: Mapping[str, Picture], only: str = "") -> Iterator[Path]:
    """Save every scene as <directory>/<language>/<width>x<height>/<scene>.png and yield the paths.

    pictures: one for each of MOMENTS_S. only: the name of one scene. Raises ConfigurationError, StorageError.
    """
    if only and only not in SCENES:
        raise ConfigurationError(f"there is no screen {only!r}; there are {', '.join(SCENES)}")
    make_application()
    translations = Translations()
    for language in Language:
        translations.use(language)
        for width, height in SIZES:
            folder = directory / language / f"{width}x{height}"
            for place, (name, scene) in enumerate(SCENES.items(), start=1):
                if only in ("", name):
                    yield _save(scene, folder / f"{place:02}-{name}.png", (width, height), translations, pictures)


def _save(
    scene: Scene, path: Path, size: tuple[int, int], translations: Translations, pictures: Mapping[str, Picture]
) -> Path:
    stage = make_studio(size, translations, pictures)
    try:
        scene(stage)
        stage.entrance.refresh_status()
        QTest.qWait(80)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not stage.window.grab().save(str(path)):
            raise StorageError(f"{path} cannot be written")
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        stage.window.close()
        stage.background.stop()
        stage.window.deleteLater()
        # Outside an event loop what is to be deleted later waits for ever.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return path


def _office(language: Language) -> Office:
    name, responsible = _OFFICES[language]
    return Office(name, responsible, ZoneInfo("Europe/Moscow"), EventMode.TOGGLE)


def make_studio(size: tuple[int, int], translations: Translations, pictures: Mapping[str, Picture]) -> Studio:
    """Open a window of that size with an entrance screen in it, for one scene."""
    language = translations.language or Language.ENGLISH
    window = KioskWindow(translations)
    window.resize(*size)
    door, background = FakeEntranceBackend(), Background()
    bridge = EntranceBridge(door, window)
    sounds = Sounds()
    sounds.enabled = False
    entrance = EntranceScreen(_office(language), door, bridge, background, sounds)
    window.open(entrance)
    window.show()
    return Studio(window, door, bridge, background, entrance, pictures, language)
