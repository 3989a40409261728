"""Labels, buttons and fields, styled by the style sheet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from kiosk.ui.icons import icon, pixmap
from kiosk.ui.panel import set_property
from kiosk.ui.theme import appearance

LabelKind = Literal["caption", "body", "soft", "section", "strong", "heading", "title", "display", "clock"]
Capitals = Literal["none", "first", "words"]
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        notice_input(self, by_touch=True)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held presses once."""
        notice_input(self, by_touch=False)
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


class InputNoticed(QEvent):
    """Sent to the window: somebody used finger or mouse, or else real keys; it offers keys of its own to the former."""

    TYPE = QEvent.Type(QEvent.registerEventType())

    def __init__(self, *, by_touch: bool) -> None:
        super().__init__(self.TYPE)
        self.by_touch = by_touch


def notice_input(widget: QWidget, *, by_touch: bool) -> None:
    """Tell a widget's window how it was used."""
    QCoreApplication.sendEvent(widget.window(), InputNoticed(by_touch=by_touch))


class TextField(QLineEdit):
    """A text field. Its input method hints choose the keys of the on-screen keyboard.

    ImhDigitsOnly brings the keypad, ImhPreferNumbers the keypad with a way to the letters, ImhLatinOnly Latin letters.

    Attributes:
        capitals: which words the on-screen keyboard begins with a capital letter.
        brings_keyboard: the on-screen keyboard comes with the focus, and not only when the field is touched.
    """

    def __init__(self, parent: QWidget | None = None, *, capitals: Capitals = "none") -> None:
        super().__init__(parent)
        self.capitals, self.brings_keyboard = capitals, True
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as wrong; say beside it why."""
        set_property(self, "wrong", wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.spontaneous():  # not by the on-screen keyboard
            notice_input(self, by_touch=False)
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        notice_input(self, by_touch=True)
        if self.isEnabled() and not self.isReadOnly():
            QCoreApplication.sendEvent(self.window(), TextTouched(self))


class PasswordField(TextField):
    """A text field that shows dots, and at its end an eye that shows what was typed.

    Attributes:
        eye: shows and hides it; a field that is emptied or left behind hides again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.eye = Button("icon", "eye", self)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.clicked.connect(lambda: self.show_text(self.echoMode() is QLineEdit.EchoMode.Password))
        self.textChanged.connect(self._hide_when_empty)
        self.show_text(False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhSensitiveData
        )

    def show_text(self, shown: bool) -> None:
        """Show what was typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye-off" if shown else "eye")
        self._name_eye()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_eye()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height()
        self.eye.setGeometry(self.width() - side, 0, side, side)
        self.setTextMargins(0, 0, side, 0)

    def hideEvent(self, event: QHideEvent) -> None:
        self.show_text(False)
        super().hideEvent(event)

    def _hide_when_empty(self, text: str) -> None:
        if not text:
            self.show_text(False)

    def _name_eye(self) -> None:
        is_shown = self.echoMode() is QLineEdit.EchoMode.Normal
        self.eye.setAccessibleName(self.tr("Hide what was typed") if is_shown else self.tr("Show what was typed"))
