"""Labels, buttons and fields, styled by the style sheet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from kiosk.ui.icons import icon, pixmap
from kiosk.ui.panel import set_property
from kiosk.ui.theme import appearance

LabelKind = Literal["caption", "body", "soft", "section", "strong", "heading", "title", "display", "clock"]
ButtonKind = Literal["primary", "secondary", "danger", "quiet", "icon", "segment"]
_ICON_COLOURS = {
    "primary": "on_accent",
    "danger": "on_accent",
    "secondary": "accent",
    "quiet": "accent",
    "icon": "ink",
    "segment": "ink",
}

_PRESSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Label(QLabel):
    """A text in one of the sizes of the type scale; it wraps, and shows plain text."""

    def __init__(self, kind: LabelKind, parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_tone(self, tone: str) -> None:
        """Colour it: good, advice or bad, or "" for the text colour."""
        set_property(self, "tone", tone)


class Icon(QLabel):
    """A drawing of assets/icons; whatever it says is also said in words."""

    def __init__(self, name: str, colour_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour_name = name, colour_name
        self._size_px = 24
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, colour_name: str) -> None:
        self._name, self._colour_name = name, colour_name
        self.set_size(self._size_px)

    def set_size(self, size_px: int) -> None:
        self._size_px = size_px
        self.setPixmap(pixmap(self._name, self._colour_name, size_px, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.set_size(self._size_px)  # the colours may be others now
        super().changeEvent(event)


class Button(QPushButton):
    """A button for finger, mouse, Enter and space; one without a text needs setAccessibleName."""

    def __init__(self, kind: ButtonKind, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        # A ring that stays behind a finger means nothing; Tab shows it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self._kind = kind
        self._icon_name, self._drawn_in = "", appearance()
        if icon_name:
            self.set_icon(icon_name)

    def set_kind(self, kind: ButtonKind) -> None:
        """Change how important it looks."""
        self._kind, name = kind, self._icon_name
        set_property(self, "kind", kind)
        self._icon_name = ""
        self.set_icon(name)

    def set_icon(self, name: str) -> None:
        """Show a drawing of assets/icons, or none for ""."""
        if name == self._icon_name:
            return
        self._icon_name = name
        self._show_icon()

    def _show_icon(self) -> None:
        self._drawn_in = appearance()
        name = self._icon_name
        self.setIcon(icon(name, _ICON_COLOURS[self._kind], gap=self._gap) if name else QIcon())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held presses once."""
        if event.isAutoRepeat() and event.key() in _PRESSING_KEYS:
            event.accept()
            return
        super().keyPressEvent(event)

    @property
    def _gap(self) -> float:
        return 0.0 if self._kind == "icon" else 0.3

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            side_px = round(self.fontMetrics().height() * (1.4 if self._kind == "icon" else 1.15))
            self.setIconSize(QSize(round(side_px * (1 + self._gap)), side_px))
            if self._drawn_in != appearance():
                self._show_icon()
        super().changeEvent(event)


class TextTouched(QEvent):
    """Sent to the window when a text field is touched: the on-screen keyboard is wanted."""

    TYPE = QEvent.Type(QEvent.registerEventType())

    def __init__(self, field: QWidget) -> None:
        super().__init__(self.TYPE)
        self.field = field


class TextField(QLineEdit):
    """A text field. Qt.InputMethodHint.ImhDigitsOnly brings the keypad in place of the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as wrong; say beside it why."""
        set_property(self, "wrong", wrong)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.isEnabled() and not self.isReadOnly():
            QCoreApplication.sendEvent(self.window(), TextTouched(self))


class PasswordField(TextField):
    """A text field that shows dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhSensitiveData
        )
