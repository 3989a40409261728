"""Base classes of everything on the screens: when texts and distances are set."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from kiosk.ui.shadow import Shadow
from kiosk.ui.theme import Scale, scale_of

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.HideToParent, QEvent.Type.ShowToParent)


class Panel(QWidget):
    """A part of a screen. retranslate and arrange are called before it is first shown, and again after a change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._prepared = False

    def retranslate(self) -> None:
        """Set all texts with self.tr(); called again when the language changes."""

    def arrange(self, scale: Scale) -> None:
        """Set margins, spacings and directions; called again when the window's size changes."""

    def prepare(self) -> None:
        """Call retranslate and arrange, unless that was done."""
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
    """A white panel with round corners; set_tone colours it: good, advice, stranger, bad, or "" for white."""

    def set_tone(self, tone: str) -> None:
        set_property(self, "tone", tone)


class RaisedCard(Card):
    """A white card that lies on the canvas with a soft shadow below it; widgets go into content.

    The shadow needs size "shadow_reach" of room around the card.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = QVBoxLayout(self)
        self._shadow: Shadow | None = None

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in _MOVES and self.parentWidget() is not None:
            if self._shadow is None or not isValid(self._shadow):
                self._shadow = Shadow(self)
            self._shadow.follow()
        return done

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self.content.setContentsMargins(edge, edge, edge, edge)
        self.content.setSpacing(scale.px("s"))


class Screen(Panel):
    """A panel that fills the window.

    Signals:
        closed: the window shall go back to the screen below.
    """

    closed = Signal()

    def entered(self) -> None:
        """The screen is shown now."""

    def left(self) -> None:
        """Another screen is shown now: stop the timers."""


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet uses, and apply its rules again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
