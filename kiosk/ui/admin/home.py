"""The first screen behind the administrator's door."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from kiosk.ui.admin.admin_screen import AdminScreen, Column
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class AdminHome(AdminScreen):
    """The ways on from here, each with a signal of its own; a new one is another tile of the grid."""

    enroll_wanted = Signal()
    people_wanted = Signal()
    events_wanted = Signal()
    password_wanted = Signal()
    exit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.enroll, self.people = Button("primary", "add"), Button("secondary", "people")
        self.events, self.password = Button("secondary", "list"), Button("secondary", "lock")
        self.exit = Button("quiet", "power")
        self._tiles = (self.enroll, self.people, self.events, self.password)
        for button, wanted in zip(
            (*self._tiles, self.exit),
            (self.enroll_wanted, self.people_wanted, self.events_wanted, self.password_wanted, self.exit_wanted),
            strict=True,
        ):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(wanted)
        for button in self._tiles:
            button.setProperty("tile", "true")
        column = Column(1400)
        self._grid = QGridLayout()
        column.things.addLayout(self._grid)
        column.things.addStretch(1)
        self.body.addWidget(column, 1)
        self.body.addWidget(self.exit)

    def title(self) -> str:
        return self.tr("Administration")

    def retranslate(self) -> None:
        super().retranslate()
        self.back.setAccessibleName(self.tr("Back to the entrance"))
        self.enroll.setText(self.tr("Enroll somebody"))
        self.people.setText(self.tr("Employees"))
        self.events.setText(self.tr("Today's events"))
        self.password.setText(self.tr("Change the password"))
        self.exit.setText(self.tr("Exit to the system"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._grid.setSpacing(scale.px("m"))
        columns = 1 if scale.is_portrait else 2
        for place, button in enumerate(self._tiles):
            self._grid.addWidget(button, place // columns, place % columns)
