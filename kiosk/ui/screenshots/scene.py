"""What a scene is, and the fixture that it is shown in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.domain.types import EventMode
from kiosk.ui.background import Background
from kiosk.ui.entrance.backend import EntranceBridge, Office, PersonSeen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language, Translations
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.annotated_images import AnnotatedImage, ImageName
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend
from kiosk.ui.sounds import Sounds
from kiosk.ui.window import KioskWindow

ZONE = ZoneInfo("Europe/Moscow")
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


@dataclass(slots=True, weakref_slot=True)
class SceneFixture:
    """One window with the entrance screen in it and fake backends behind it, in which a scene is shown."""

    window: KioskWindow
    entrance_backend: FakeEntranceBackend
    bridge: EntranceBridge
    background: Background
    entrance: EntranceScreen
    images: Mapping[str, AnnotatedImage]
    language: Language

    def show_faces(self, image: ImageName, *states: FaceState) -> None:
        """Put an image before the camera, its faces in these states, and let the preview paint it."""
        for _ in range(2):
            self.bridge.listen(self.entrance_backend.show(self.images[image], states), ())
        QTest.qWait(70)  # two intervals of the preview's timer

    def greet(self, make: Callable[[str], PersonSeen], person: int) -> None:
        self.bridge.person_seen.emit(make(_NAMES[self.language][person]))

    def open(self, screen: Screen) -> None:
        """Open a screen and let it settle."""
        self.window.open(screen)
        QTest.qWait(60)

    def close(self) -> None:
        self.window.end()
        self.background.stop()
        self.window.deleteLater()
        # Outside an event loop what is to be deleted later waits for ever.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen in one state. show: brings a fixture into that state."""

    name: str
    show: Callable[[SceneFixture], None]


def make_fixture(
    size: tuple[int, int], translations: Translations, images: Mapping[str, AnnotatedImage]
) -> SceneFixture:
    """Open a window of that size, in pixels, with the entrance screen in it."""
    language = translations.language or Language.ENGLISH
    window = KioskWindow(translations)
    window.resize(*size)
    backend, background = FakeEntranceBackend(), Background()
    bridge = EntranceBridge(backend, window)
    sounds = Sounds()
    sounds.enabled = False
    entrance = EntranceScreen(office(language), backend, bridge, background, sounds)
    window.open(entrance)
    window.show()
    return SceneFixture(window, backend, bridge, background, entrance, images, language)


EXIT_REASONS = "break: Break: Перерыв; business: Business: По работе; personal: Personal: Личное"


def office(language: Language) -> Office:
    """Return the office that all scenes show."""
    name, responsible = _OFFICES[language]
    return Office(
        name, responsible, ZONE, EventMode.TOGGLE, exit_reasons=parse_exit_reasons(EXIT_REASONS), less_motion=True
    )


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, three seconds at the most."""
    for _ in range(100):
        if condition():
            return
        QTest.qWait(30)
