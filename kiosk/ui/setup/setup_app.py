"""The first start as one application window, from opening it to the last answer."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QApplication

from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.registry import AdminBackend
from kiosk.ui.appearance import AppearanceChoice
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.language import Language
from kiosk.ui.setup.backend import SetupBackend
from kiosk.ui.setup.camera_step import CameraStep
from kiosk.ui.setup.language_step import LanguageStep
from kiosk.ui.setup.office_step import OfficeStep
from kiosk.ui.setup.password_step import PasswordStep
from kiosk.ui.setup.person_step import PersonStep
from kiosk.ui.setup.screen import SetupScreen
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.setup.zone_step import ZoneStep
from kiosk.ui.start_screen import StartingScreen
from kiosk.ui.window_app import WindowApp


class SetupApp(WindowApp):
    """The first start's window, in the main thread.

    Once all steps are passed, the window stays with a sentence until the entrance's window is painted.

    Attributes:
        is_finished: all steps were passed.
    """

    def __init__(
        self,
        backend: AdminBackend,
        setup_backend: SetupBackend,
        answers: FirstRunAnswers,
        *,
        language: Language,
        timezone: str,
        mirrored: bool,
        decided: Collection[str] = (),
        choice: AppearanceChoice | None = None,
    ) -> None:
        """decided: names of settings that are not asked for, because an answer could not change them."""
        super().__init__("Kiosk", language, choice)
        self._backend = backend
        self.is_finished = False
        steps: list[SetupStep] = []
        if "language" not in decided:
            asked = LanguageStep()
            asked.language_chosen.connect(self.window.use_language)
            steps.append(asked)
        if "office_name" not in decided:
            steps.append(OfficeStep(answers.settings))
        if "timezone" not in decided:
            steps.append(ZoneStep(timezone, self.background))
        person = PersonStep()
        person.enroll_wanted.connect(lambda: self._open(EnrollScreen(backend, self.background)))
        password = PasswordStep(setup_backend, self.background)
        password.chosen.connect(person.offer)
        steps += [
            password,
            CameraStep(backend, setup_backend, self.background, mirrored=mirrored),
            person,
        ]
        self.screen = SetupScreen(steps, answers, setup_backend, self.background)
        self.screen.finished.connect(self._finish)
        self.window.open(self.screen)

    def close(self) -> None:
        """Close the window; nothing may be called afterwards."""
        self.window.end()
        self.window.deleteLater()

    def _ended(self) -> None:
        if not self.is_finished:
            self.window.end()
        self.background.stop()

    def _open(self, screen: AdminScreen) -> None:
        screen.opens.connect(self._open)
        screen.leaves.connect(self._try_it)
        self.window.open(screen)

    def _try_it(self) -> None:
        """Finish, so that somebody who was enrolled is greeted at the entrance."""
        self.window.home()
        self.screen.finish()

    def _finish(self) -> None:
        self.is_finished = True
        self.window.open(StartingScreen())
        QApplication.processEvents()
        self._stop()
