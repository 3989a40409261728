"""The QApplication: bundled font, one style on every desktop, Qt's own messages in the kiosk's log."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from kiosk.config.paths import ASSETS_DIR
from kiosk.core.logger import log
from kiosk.errors import ConfigurationError
from kiosk.ui.theme import colour

FONT_FAMILY = "Inter"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def make_application() -> QApplication:
    """Return the process's QApplication, made on the first call. Raises ConfigurationError without the font."""
    qInstallMessageHandler(_to_log)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    configure_application(application)
    return application


def configure_application(application: QApplication) -> None:
    """Set an application's name, style, colours and font. Raises ConfigurationError without the font."""
    application.setApplicationName("kiosk")
    application.setDesktopFileName("kiosk")
    # Whoever runs a window ends with it; another one may follow.
    application.setQuitOnLastWindowClosed(False)
    application.setStyle("Fusion")
    paint_application()
    load_fonts()
    application.setFont(QFont(FONT_FAMILY))


def paint_application() -> None:
    """Give the application the palette of the appearance that is used."""
    QApplication.setPalette(_palette())


def load_fonts() -> None:
    if FONT_FAMILY in QFontDatabase.families() and "SemiBold" in _styles():
        return
    for path in sorted((ASSETS_DIR / "fonts").glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise ConfigurationError(f"the font {path} cannot be read; restore it from the project's files")


def _styles() -> set[str]:
    return {style.replace(" ", "") for style in QFontDatabase.styles(FONT_FAMILY)}


def _palette() -> QPalette:
    """Return the colours of what no rule of the style sheet matches."""
    roles = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "canvas",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "ink_soft",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, colour(name))
    return palette


def _to_log(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log(_LEVELS.get(kind, logging.WARNING), "qt.message", text=message)
