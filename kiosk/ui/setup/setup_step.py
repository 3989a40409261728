"""Base class of the first start's questions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.admin.admin_screen import ScrollColumn
from kiosk.ui.panel import Panel
from kiosk.ui.widgets import Label


class SetupStep(Panel):
    """A headline, a sentence and what a subclass adds to content.

    Signals:
        done: it is answered; a dict of the settings that were chosen.
        busy: whether an answer is being checked.

    Attributes:
        name: the step's name in the file of answers.
        can_wait: it can be skipped and answered later.
    """

    done = Signal(dict)
    busy = Signal(bool)
    # What the file of answers calls it.
    name = ""
    can_wait = True

    def __init__(self) -> None:
        super().__init__()
        self.headline, self.sentence = Label("title"), Label("body")
        column = ScrollColumn()
        self.content = column.content
        for text in (self.headline, self.sentence):
            self.content.addWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def entered(self) -> None:
        """The step is shown now."""

    def left(self) -> None:
        """Another step is shown now."""

    def proceed(self) -> None:
        """Somebody wants to go on: emit done, or show what is missing."""
        self.done.emit({})
