"""The change from one page to the next: what was shown before fades out over what is shown now."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

FADE_MS = 160


class PageFade(QWidget):
    """Pictures of both pages, over the page that is there already; a finger reaches through them.

    It hides the page below it, which is therefore not painted anew for each step.
    """

    def __init__(self, window: QWidget, before: QImage) -> None:
        """before: what picture_of(window) was before the change."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._before, self._after = before, picture_of(window)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(FADE_MS)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self.update)
        self._animation.finished.connect(self.deleteLater)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._animation.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._after)
        painter.setOpacity(self._animation.currentValue())
        painter.drawImage(0, 0, self._before)
        painter.end()


def picture_of(window: QWidget) -> QImage:
    """Return what a window shows, in a format that is quick to blend."""
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
