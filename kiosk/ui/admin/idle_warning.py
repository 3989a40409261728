"""Says that the administration is about to close; any touch keeps it open."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.admin.notice import Notice
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale, scale_of


class IdleWarning(Panel):
    """Lies over the lower edge of the window, so that nothing below it moves, and counts the seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._left_s = 0
        self.notice = Notice(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)
        self.hide()

    def begin(self, seconds: int) -> None:
        """Show it and count from so many seconds."""
        self._left_s = seconds
        self.retranslate()
        self.arrange(scale_of(self))
        self.show()
        self.raise_()
        self._second.start()

    def end(self) -> None:
        self._second.stop()
        self.hide()

    def retranslate(self) -> None:
        sentence = self.tr("This closes in {seconds} s. Touch the screen to stay.").format(seconds=self._left_s)
        self.notice.say("advice", sentence)

    def arrange(self, scale: Scale) -> None:
        window, edge = self.window(), scale.px("m")
        width = min(window.width() - 2 * edge, scale.px("column"))
        height = self.notice.heightForWidth(width) if self.notice.hasHeightForWidth() else self.sizeHint().height()
        height = max(height, scale.px("touch"))
        self.setGeometry((window.width() - width) // 2, window.height() - height - edge, width, height)

    def _count(self) -> None:
        self._left_s = max(0, self._left_s - 1)
        self.retranslate()
