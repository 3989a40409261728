"""What all parts of the screens have in common: where their texts and their distances come from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from kiosk.ui.theme import Scale, scale_of


class Panel(QWidget):
    """A part of a screen. Both methods are called before it is first seen, and again whenever something changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._prepared = False

    def retranslate(self) -> None:
        """Set all texts with self.tr(): the language may have changed."""

    def arrange(self, scale: Scale) -> None:
        """Set margins, spacings and the order of things: the window may have another size."""

    def prepare(self) -> None:
        """Set texts and distances, unless that has been done."""
        if not self._prepared:
            self._prepared = True
            self.retranslate()
            self.arrange(scale_of(self))

    def showEvent(self, event: QShowEvent) -> None:
        self.prepare()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Card(Panel):
    """A white sheet with round corners; set_tone colours it: good, advice, stranger, bad, or "" for white."""

    def set_tone(self, tone: str) -> None:
        set_property(self, "tone", tone)


class Screen(Panel):
    """One whole picture of the window. closed asks the window to go back to the screen below."""

    closed = Signal()

    def entered(self) -> None:
        """The screen is now the one that is seen."""

    def left(self) -> None:
        """Another screen has taken its place: timers stop here."""


class Divider(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and have the rules looked up again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
