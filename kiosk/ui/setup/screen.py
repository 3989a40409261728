"""The first start's questions, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout

from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import Column
from kiosk.ui.background import Background
from kiosk.ui.panel import Screen
from kiosk.ui.setup.backend import SetupBackend
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label


class SetupScreen(Screen):
    """Shows the steps and saves each answer.

    Signals:
        finished: all steps were passed, and the answers are saved.
    """

    finished = Signal()

    def __init__(
        self, steps: Sequence[SetupStep], answers: FirstRunAnswers, setup_backend: SetupBackend, background: Background
    ) -> None:
        """answers: those given before; it goes on with the step that was shown last."""
        super().__init__()
        self.steps = tuple(steps)
        self._answers, self._setup_backend, self._background = answers, setup_backend, background
        self._place = next((place for place, step in enumerate(steps) if step.name == answers.step), 0)
        self._count, self.error_label = Label("caption"), Label("body", tone="bad")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, len(self.steps))
        self._stack = QStackedWidget()
        self.back, self.later, self.next = Button("secondary"), Button("quiet"), Button("primary", "next")
        self._foot = QHBoxLayout()
        for button, share in ((self.back, 1), (self.later, 1), (self.next, 2)):
            self._foot.addWidget(button, share)
        self._layout, self._page = QVBoxLayout(self), Column(self)
        self._layout.addWidget(self._page)
        for widget in (self._count, self._bar):
            self._page.content.addWidget(widget)
        self._page.content.addWidget(self._stack, 1)
        self._page.content.addWidget(self.error_label)
        self._page.content.addLayout(self._foot)
        self._connect()
        self._turn_to(self._place)

    def _connect(self) -> None:
        for step in self.steps:
            self._stack.addWidget(step)
            step.done.connect(self._go_on)
            step.busy.connect(self._set_busy)
        self.back.clicked.connect(self._go_back)
        self.later.clicked.connect(lambda: self._go_on({}))
        self.next.clicked.connect(self._proceed)

    @property
    def step(self) -> SetupStep:
        """The step that is shown."""
        return self.steps[self._place]

    def entered(self) -> None:
        self.step.entered()

    def left(self) -> None:
        self.step.left()

    def finish(self) -> None:
        """End the first start at whichever step this is."""
        self._save(replace(self._answers, finished=True), self.finished.emit)

    def retranslate(self) -> None:
        self.back.setText(self.tr("Back"))
        self.later.setText(self.tr("Later"))
        self._show_place()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._page.set_widest(scale.px("column"))
        self._page.content.setSpacing(scale.px("s"))
        self._foot.setSpacing(scale.px("s"))

    def _go_on(self, chosen: Mapping[str, str]) -> None:
        settings = {**self._answers.settings, **chosen}
        if self._place + 1 == len(self.steps):
            self._answers = replace(self._answers, settings=settings)
            self.finish()
            return
        following = self._place + 1
        answers = replace(self._answers, settings=settings, step=self.steps[following].name)
        self._save(answers, lambda: self._turn_to(following))

    def _proceed(self) -> None:
        self.step.proceed()

    def _go_back(self) -> None:
        self._turn_to(max(0, self._place - 1))

    def _save(self, answers: FirstRunAnswers, then: Callable[[], None]) -> None:
        """Save the answers, then go on: a power cut must not undo a step that was passed."""

        def saved() -> None:
            self._answers = answers
            self._set_busy(False)
            then()

        self._set_busy(True)
        self._background.run(self, lambda: self._setup_backend.save(answers), lambda _: saved(), self._not_saved)

    def _not_saved(self, _error: KioskError) -> None:
        self._set_busy(False)
        self.error_label.setText(self.tr("This cannot be saved: the disk takes nothing. Make room and try again."))
        self.error_label.show()

    def _set_busy(self, busy: bool) -> None:
        for button in (self.back, self.later, self.next):
            button.setEnabled(not busy)

    def _turn_to(self, place: int) -> None:
        was_seen = self.isVisible()
        if was_seen:
            self.step.left()
        self._place = place
        self._stack.setCurrentWidget(self.step)
        self.error_label.hide()
        self._show_place()
        if was_seen:
            self.step.entered()

    def _show_place(self) -> None:
        is_last = self._place + 1 == len(self.steps)
        self._count.setText(self.tr("Step {place} of {all}").format(place=self._place + 1, all=len(self.steps)))
        self._bar.setValue(self._place + 1)
        self.back.setVisible(self._place > 0)
        self.later.setVisible(self.step.can_wait)
        self.next.set_kind("secondary" if is_last else "primary")
        self.next.setText(self.tr("To the entrance") if is_last else self.tr("Next"))
