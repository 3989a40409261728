"""The first employee."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class PersonStep(SetupStep):
    """Offers to enroll somebody, to whoever has just chosen the administrator's password and to nobody else.

    Signals:
        enroll_wanted: the button was pressed.
    """

    enroll_wanted = Signal()
    name = "person"
    can_wait = False

    def __init__(self) -> None:
        super().__init__()
        self.enroll = Button("primary", "add")
        self.enroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.enroll.clicked.connect(self.enroll_wanted)
        self.enroll.hide()
        self.content.addWidget(self.enroll)
        self.content.addStretch(1)

    def offer(self) -> None:
        """Whoever stands here is the administrator."""
        self.enroll.show()
        self.retranslate()

    def retranslate(self) -> None:
        self.headline.setText(self.tr("Who is the first?"))
        now = self.tr(
            "Enroll yourself now, in a minute, and see how you are greeted. Everybody else can be enrolled later:"
            " F2 or the button in the corner of the entrance screen leads to the administration."
        )
        later = self.tr(
            "People are enrolled in the administration:"
            " F2 or the button in the corner of the entrance screen leads there."
        )
        self.sentence.setText(later if self.enroll.isHidden() else now)
        self.enroll.setText(self.tr("Enroll somebody now"))

    def arrange(self, scale: Scale) -> None:
        self.enroll.setMinimumHeight(scale.px("touch_large") + 2 * scale.px("s"))
