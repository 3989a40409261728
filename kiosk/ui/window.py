"""The window: a stack of screens, of which the topmost is shown, above the on-screen keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kiosk.ui.keyboard import OnScreenKeyboard, is_text_field
from kiosk.ui.language import Language, Translations
from kiosk.ui.panel import Panel, Screen
from kiosk.ui.theme import Scale, scale_for, style_sheet
from kiosk.ui.widgets import TextTouched


class KioskWindow(QWidget):
    """Shows one screen at a time. The first one opened stays; others are deleted when they are left.

    Signals:
        admin_requested: F2 was pressed.
        closing: the window is about to close.

    Attributes:
        may_be_closed: from outside, by Alt+F4 or a window manager; at a door nobody may, end() alone does it.
    """

    admin_requested = Signal()
    closing = Signal()

    def __init__(self, translations: Translations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.translations = translations
        self.may_be_closed = False
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
        screen.closed.connect(lambda: self._close(screen))
        self._screens.addWidget(screen)
        # Prepared before it is shown, it is laid out once and not twice.
        for panel in (screen, *_panels(screen)):
            panel.prepare()
        self._change(before, screen)

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

    def customEvent(self, event: QEvent) -> None:
        if isinstance(event, TextTouched):
            self._serve(event.field)

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
        self._screens.removeWidget(screen)
        if was_shown:
            self._change(screen, self.screen_shown)
        screen.deleteLater()

    def _change(self, before: Screen | None, after: Screen | None) -> None:
        self.hide_keyboard()
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
        if not self.keyboard.isVisible() or now is None:
            return
        if is_text_field(now):
            self._serve(now)
        else:
            self.hide_keyboard()


def _panels(parent: QWidget) -> Iterable[Panel]:
    return parent.findChildren(Panel)
