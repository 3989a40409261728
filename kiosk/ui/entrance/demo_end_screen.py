"""What is shown when the demo's clip has ended."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.admin.admin_screen import ButtonRow, ScrollColumn
from kiosk.ui.panel import Screen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Icon, Label

# Nobody may be there: a demo that was started by a script ends by itself.
CLOSES_AFTER_S = 20


class DemoEndScreen(Screen):
    """Offers to play the clip again or to set the device up.

    Signals:
        again: play it again.
        setup: set the device up.
        over: close the window; also emitted when nobody chose anything.
    """

    again = Signal()
    setup = Signal()
    over = Signal()

    def __init__(self, *, offers_setup: bool) -> None:
        super().__init__()
        self._left_s = CLOSES_AFTER_S
        self._icon = Icon("mark", "accent", self)
        self._headline, self._sentence, self._count = Label("heading"), Label("body"), Label("soft")
        self.play, self.close_it, self.set_up = Button("secondary"), Button("secondary"), Button("primary")
        for button, signal in ((self.play, self.again), (self.close_it, self.over), (self.set_up, self.setup)):
            button.clicked.connect(signal)
        if not offers_setup:
            self.set_up.hide()
        column = ScrollColumn("wide")
        column.content.addStretch(1)
        column.content.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (self._headline, self._sentence, self._count):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.content.addWidget(text)
        column.content.addWidget(ButtonRow(self.close_it, self.play, self.set_up))
        column.content.addStretch(2)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(column)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def entered(self) -> None:
        self._timer.start()

    def left(self) -> None:
        self._timer.stop()

    def retranslate(self) -> None:
        self._headline.setText(self.tr("That was the demo"))
        self._sentence.setText(
            self.tr("Connect a camera, and people at your own door are greeted like this. Nothing leaves the device.")
        )
        self._count.setText(self.tr("This window closes in %n second(s).", "", self._left_s))
        self.play.setText(self.tr("Play it again"))
        self.close_it.setText(self.tr("Close"))
        self.set_up.setText(self.tr("Set up this device"))

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("l")
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._icon.set_size(scale.times(140))

    def _tick(self) -> None:
        self._left_s -= 1
        self.retranslate()
        if self._left_s <= 0:
            self._timer.stop()
            self.over.emit()
