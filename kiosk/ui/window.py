"""The window: a stack of screens, of which the topmost is shown, above the on-screen keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kiosk.ui.keyboard import OnScreenKeyboard, is_text_field
from kiosk.ui.language import Language, Translations
from kiosk.ui.page_fade import PageFade, picture_of
from kiosk.ui.panel import Panel, Screen
from kiosk.ui.theme import Scale, scale_for, style_sheet
from kiosk.ui.widgets import InputNoticed, TextField, TextTouched

# Two taps that are one to the hand that makes them.
SETTLES_MS = 300


class KioskWindow(QWidget):
    """Shows one screen at a time. The first one opened stays; others are deleted when they are left.

    Signals:
        admin_requested: F2 was pressed.
        closing: the window is about to close.

    Attributes:
        fades: one page turns into the next in a sixth of a second.
        may_be_closed: from outside, by Alt+F4 or a window manager; at a door nobody may, end() alone does it.
    """

    admin_requested = Signal()
    closing = Signal()

    def __init__(self, translations: Translations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.translations = translations
        self.may_be_closed = False
        self.fades = self._is_touched = False
        self._unfocused: QWidget | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES_MS)
        self._settling.timeout.connect(lambda: self._let_touch(True))
        self._scale: Scale | None = None
        self._screens = QStackedWidget(self)
        self.keyboard = OnScreenKeyboard(self)
        self.keyboard.hide()
        self.keyboard.hidden_by_user.connect(self.hide_keyboard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # The screens follow the window, not the window the screens: a long name must not push it over the edge.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self._screens, 1)
        layout.addWidget(self.keyboard)
        QShortcut(QKeySequence(Qt.Key.Key_F2), self).activated.connect(self.admin_requested)
        QShortcut(QKeySequence(Qt.Key.Key_F11), self).activated.connect(self._change_size)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.back)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is shown."""
        shown = self._screens.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def open(self, screen: Screen) -> None:
        """Show a screen on top of the others; it is deleted when it is left."""
        before = self.screen_shown
        seen = self._seen()
        screen.closed.connect(lambda: self._close(screen))
        self._screens.addWidget(screen)
        # Prepared before it is shown, it is laid out once and not twice.
        for panel in (screen, *_panels(screen)):
            panel.prepare()
        self._change(before, screen)
        self._fade(seen)

    def back(self) -> None:
        """Go back to the screen below; the first screen stays."""
        if self._screens.count() > 1 and self.screen_shown is not None:
            self._close(self.screen_shown)

    def home(self) -> None:
        """Go back to the first screen."""
        while self._screens.count() > 1:
            self.back()

    def use_language(self, language: Language) -> None:
        self.translations.use(language)
        if self.keyboard.isVisible():
            self._serve(QApplication.focusWidget())

    def restyle(self) -> None:
        """Draw everything anew: another appearance is used."""
        self._scale = None
        self._follow_size()

    def end(self) -> None:
        """Close the window: somebody who may has asked for it."""
        self.may_be_closed = True
        self.close()

    def hide_keyboard(self) -> None:
        self.keyboard.hide()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Move the focus, but not because its widget was disabled or hidden: Enter must not press what comes next."""
        held = self.focusWidget()
        if held is None or (held.isEnabled() and held.isVisible()) or self.screen_shown is None:
            return super().focusNextPrevChild(next_one)
        self._unfocused = held
        held.installEventFilter(self)
        self.screen_shown.setFocus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the focus back to a widget that is enabled again, unless something else has it."""
        if watched is self._unfocused and event.type() == QEvent.Type.EnabledChange and self._unfocused.isEnabled():
            self._unfocused.removeEventFilter(self)
            if self.focusWidget() is self.screen_shown:
                self._unfocused.setFocus()
            self._unfocused = None
        return super().eventFilter(watched, event)

    def customEvent(self, event: QEvent) -> None:
        if isinstance(event, TextTouched):
            self._serve(event.field)
        elif isinstance(event, InputNoticed):
            self._is_touched = event.by_touch

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Where no window manager runs, as on many kiosks, nobody else gives the keyboard to the window.
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_be_closed:
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _change_size(self) -> None:
        """Fill the screen, or stop doing so; at a door, where nobody may close the window, it stays as it is."""
        if self.may_be_closed:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _follow_size(self) -> None:
        scale = scale_for(self.size())
        if scale == self._scale:
            return
        self._scale = scale
        self.setStyleSheet(style_sheet(scale))
        for panel in _panels(self):
            panel.arrange(scale)

    def _close(self, screen: Screen) -> None:
        place = self._screens.indexOf(screen)
        if place <= 0:
            return
        was_shown = self.screen_shown is screen
        seen = self._seen() if was_shown else None
        self._screens.removeWidget(screen)
        if was_shown:
            self._change(screen, self.screen_shown)
        screen.deleteLater()
        self._fade(seen)

    def _seen(self) -> QImage | None:
        """Return what the window shows now, where it is to fade away; None where pages change at once."""
        return picture_of(self) if self.fades and self.isVisible() and self.screen_shown is not None else None

    def _fade(self, seen: QImage | None) -> None:
        for before in cast(list[PageFade], self.findChildren(PageFade)):
            before.hide()
            before.deleteLater()
        if seen is not None:
            PageFade(self, seen)

    def _let_touch(self, may: bool) -> None:
        self._screens.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not may)

    def _change(self, before: Screen | None, after: Screen | None) -> None:
        """Show another screen; the second tap of two was meant for what stood there before, and goes nowhere."""
        self.hide_keyboard()
        if before is not None:
            self._let_touch(False)
            self._settling.start()
        if before is not None:
            before.left()
        if after is not None:
            self._screens.setCurrentWidget(after)
            after.setFocus()
            after.entered()

    def _serve(self, field: QWidget | None) -> None:
        if field is None or not is_text_field(field):
            return
        self.keyboard.serve(field, self.translations.language or Language.ENGLISH)
        self.keyboard.show()
        self._uncover(field)

    def _uncover(self, field: QWidget) -> None:
        """Scroll a field into what the keyboard leaves of the window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        parent = field.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(field)
            parent = parent.parentWidget()

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Whoever works by finger gets the keyboard with the field; whoever types on real keys has it nowhere."""
        if now is None or now.window() is not self:
            return
        is_wanted = self._is_touched and (not isinstance(now, TextField) or now.brings_keyboard)
        if is_text_field(now) and (self.keyboard.isVisible() or is_wanted):
            self._serve(now)
        elif self.keyboard.isVisible():
            self.hide_keyboard()


def _panels(parent: QWidget) -> Iterable[Panel]:
    return parent.findChildren(Panel)
