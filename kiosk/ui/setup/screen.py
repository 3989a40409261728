"""From question to question, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout

from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.errors import KioskError
from kiosk.ui.background import Background
from kiosk.ui.panel import Screen
from kiosk.ui.setup.backend import SetupBackend
from kiosk.ui.setup.step import Step
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label


class SetupScreen(Screen):
    """finished: all questions were passed, and what was chosen is safe."""

    finished = Signal()

    def __init__(
        self, steps: Sequence[Step], choices: FirstRunAnswers, device: SetupBackend, background: Background
    ) -> None:
        """choices: what is known already; it begins with the question that was shown last."""
        super().__init__()
        self.steps = tuple(steps)
        self._choices, self._device, self._background = choices, device, background
        self._place = next((place for place, step in enumerate(steps) if step.name == choices.step), 0)
        self._count, self.error_label = Label("caption"), Label("body", tone="bad")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, len(self.steps))
        self._stack = QStackedWidget()
        self.back, self.later, self.next = Button("secondary"), Button("quiet"), Button("primary", "next")
        self._foot = QHBoxLayout()
        for button, share in ((self.back, 1), (self.later, 1), (self.next, 2)):
            self._foot.addWidget(button, share)
        self._layout = QVBoxLayout(self)
        for widget in (self._count, self._bar):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._stack, 1)
        self._layout.addWidget(self.error_label)
        self._layout.addLayout(self._foot)
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
    def step(self) -> Step:
        """The question that is shown."""
        return self.steps[self._place]

    def entered(self) -> None:
        self.step.entered()

    def left(self) -> None:
        self.step.left()

    def finish(self) -> None:
        """Go to the door from wherever this is."""
        self._keep(replace(self._choices, finished=True), self.finished.emit)

    def retranslate(self) -> None:
        self.back.setText(self.tr("Back"))
        self.later.setText(self.tr("Later"))
        self._show_place()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("l")
        self._layout.setContentsMargins(edge, scale.px("m"), edge, scale.px("m"))
        self._layout.setSpacing(scale.px("s"))
        self._foot.setSpacing(scale.px("s"))

    def _go_on(self, chosen: Mapping[str, str]) -> None:
        settings = {**self._choices.settings, **chosen}
        if self._place + 1 == len(self.steps):
            self._choices = replace(self._choices, settings=settings)
            self.finish()
            return
        following = self._place + 1
        choices = replace(self._choices, settings=settings, step=self.steps[following].name)
        self._keep(choices, lambda: self._turn_to(following))

    def _proceed(self) -> None:
        self.step.proceed()

    def _go_back(self) -> None:
        self._turn_to(max(0, self._place - 1))

    def _keep(self, choices: FirstRunAnswers, then: Callable[[], None]) -> None:
        """Nothing is passed that a power cut could take back."""

        def kept() -> None:
            self._choices = choices
            self._set_busy(False)
            then()

        self._set_busy(True)
        self._background.run(self, lambda: self._device.keep(choices), lambda _: kept(), self._not_kept)

    def _not_kept(self, _error: KioskError) -> None:
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
