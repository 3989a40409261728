"""What is shown before anybody was recognised: what to do, and the privacy notice."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.entrance.face_marks import FaceMark, FaceState
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label


class PrivacyNotice(Panel):
    """Says that faces are recognised here, and who is responsible."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._text = Icon("info", "ink_soft", self), Label("soft")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self._text, 1)

    def say(self, text: str) -> None:
        self._text.setText(text)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        self._icon.set_size(round(scale.px("body") * 1.25))


class Hint(Enum):
    """What whoever stands there should do, or need not do any more."""

    LOOK = "look"
    REGISTERED = "registered"
    STRANGER = "stranger"
    NO_CAMERA = "no_camera"


_ICONS = {
    Hint.LOOK: ("eye", "accent"),
    Hint.REGISTERED: ("check", "good"),
    Hint.STRANGER: ("keypad", "stranger"),
    Hint.NO_CAMERA: ("keypad", "accent"),
}


def hint_for(marks: Sequence[FaceMark], *, camera_lost: bool) -> Hint:
    """Return what to say to those who are seen; it never contradicts the frames round their faces."""
    states = {mark.state for mark in marks}
    if camera_lost:
        return Hint.NO_CAMERA
    if states & {FaceState.NOT_RECOGNISED, FaceState.LOOK_AGAIN}:
        return Hint.STRANGER
    return Hint.REGISTERED if states == {FaceState.RECOGNISED} else Hint.LOOK


class Invitation(Panel):
    """Says what to do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = Hint.LOOK
        self._icon = Icon("eye", "accent", self)
        self._title, self._more = Label("heading"), Label("body")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(1)
        for widget in (self._icon, self._title, self._more):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)

    def show_hint(self, hint: Hint) -> None:
        if hint is not self.hint:
            self.hint = hint
            self._icon.show_icon(*_ICONS[hint])
            self.retranslate()

    def retranslate(self) -> None:
        title, more = {
            Hint.LOOK: (
                self.tr("Look at the camera"),
                self.tr("Your name appears here as soon as you are registered."),
            ),
            Hint.REGISTERED: (self.tr("You are registered"), self.tr("There is nothing more to do.")),
            Hint.STRANGER: (
                self.tr("Use your PIN, please"),
                self.tr("The camera does not recognise you. Take off sunglasses or a mask, or ask the administrator."),
            ),
            Hint.NO_CAMERA: (
                self.tr("Use your PIN, please"),
                self.tr("Nobody can be recognised until the camera is back."),
            ),
        }[self.hint]
        self._title.setText(title)
        self._more.setText(more)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
        self._icon.set_size(scale.times(96))
