"""One question of the first start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.admin.admin_screen import ScrollColumn
from kiosk.ui.panel import Panel
from kiosk.ui.widgets import Label


class Step(Panel):
    """A headline, a sentence and what is asked; a subclass lays it into things.

    done: it is answered, with the settings that were chosen. busy: whether an answer is being looked at.
    """

    done = Signal(dict)
    busy = Signal(bool)
    # What the file of choices calls it.
    name = ""
    can_wait = True

    def __init__(self, widest_px: int = 900) -> None:
        super().__init__()
        self.headline, self.sentence = Label("title"), Label("body")
        column = ScrollColumn(widest_px)
        self.content = column.content
        for text in (self.headline, self.sentence):
            self.content.addWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def entered(self) -> None:
        """The question is now the one that is seen."""

    def left(self) -> None:
        """Another one has taken its place."""

    def proceed(self) -> None:
        """Somebody wants to go on: be done, or say what is missing."""
        self.done.emit({})
