"""The first screen behind the administrator's door."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from kiosk.ui.admin.page import AdminScreen, Column
from kiosk.ui.controls import Button
from kiosk.ui.design import Scale


class AdminHome(AdminScreen):
    """The ways on from here, each with a signal of its own."""

    enroll_wanted = Signal()
    exit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.enroll, self.exit = Button("primary", "add"), Button("secondary", "power")
        self.enroll.clicked.connect(self.enroll_wanted)
        self.exit.clicked.connect(self.exit_wanted)
        column = Column(760)
        for button in self._ways:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.things.addWidget(button)
        column.things.addStretch(1)
        self.body.addWidget(column)

    @property
    def _ways(self) -> tuple[Button, ...]:
        return self.enroll, self.exit

    def title(self) -> str:
        return self.tr("Administration")

    def retranslate(self) -> None:
        super().retranslate()
        self.back.setAccessibleName(self.tr("Back to the entrance"))
        self.enroll.setText(self.tr("Enroll somebody"))
        self.exit.setText(self.tr("Exit to the system"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        for button in self._ways:
            button.setMinimumHeight(scale.px("touch_large") + 2 * scale.px("s"))
