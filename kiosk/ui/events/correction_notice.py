"""Says above a list what was corrected, and undoes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from kiosk.errors import EventRefused, KioskError, MonthClosed
from kiosk.ui.admin.notice import Notice
from kiosk.ui.events.backend import CorrectionDone, EventsContext
from kiosk.ui.events.correction_screen import CorrectionScreen


class CorrectionNotice(Notice):
    """A notice for lists of events and questions.

    Signals:
        changed: a correction was made or undone, here or elsewhere; the list is to be read again.
    """

    changed = Signal()

    def __init__(self, context: EventsContext) -> None:
        super().__init__()
        self._context = context
        self._press: Callable[[], None] = self.changed.emit
        self.pressed.connect(self._press_notice)

    def _press_notice(self) -> None:
        self._press()

    def follow(self, screen: CorrectionScreen) -> CorrectionScreen:
        """Say what a screen will have corrected; returns the screen."""
        screen.corrected.connect(self.say_done)
        screen.outdated.connect(self.say_outdated)
        return screen

    def say_done(self, done: CorrectionDone, sentence: str) -> None:
        if done.new_questions:
            sentence += " " + self.tr("A stay lacks its entry or exit now; see the open questions.")
        self.say("advice" if done.new_questions else "good", sentence, self.tr("Undo"))
        self._press = lambda: self.undo(done.correction_id)
        self.changed.emit()

    def say_outdated(self) -> None:
        self.say("advice", self.tr("Somebody else corrected this meanwhile. The list shows what counts now."))
        self.changed.emit()

    def say_away(self, sentence: str) -> None:
        """Say that a list cannot be read; its button has it read again."""
        self.say("bad", sentence, self.tr("Again"))
        self._press = self.changed.emit

    def undo(self, correction_id: int) -> None:
        """Undo a correction, in the administrator's name."""
        backend, reason = self._context.backend, self.tr("Undone by the administrator")
        self.button.setEnabled(False)
        self._context.background.run(
            self,
            lambda: backend.undo_correction(correction_id, reason),
            self._undone,
            lambda error: self._failed(error, correction_id),
        )

    def _undone(self, done: CorrectionDone) -> None:
        self.button.setEnabled(True)
        self.say("good", self.tr("It is undone: what counted before counts again."), self.tr("Redo"))
        self._press = lambda: self.undo(done.correction_id)
        self.changed.emit()

    def _failed(self, error: KioskError, correction_id: int) -> None:
        self.button.setEnabled(True)
        match error:
            case MonthClosed():
                self.say("bad", self.tr("The month is closed; open it first, on the screen of the timesheets."))
            case EventRefused():
                self.say("bad", self.tr("It cannot be undone: a later correction has to be undone first."))
            case _:
                self.say("bad", self.tr("The database does not answer. Nothing is lost; try again."), self.tr("Again"))
                self._press = lambda: self.undo(correction_id)
        if isinstance(error, EventRefused):
            self.changed.emit()
