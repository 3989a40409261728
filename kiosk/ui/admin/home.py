"""The administrator's home screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.registry import ADMIN_SCREENS, AdminBackend, AdminContext, RegisteredScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class AdminHome(AdminScreen):
    """A button for every registered screen, and one that ends the kiosk.

    Signals:
        wanted: the RegisteredScreen whose button was pressed.
        exit_wanted: the kiosk shall end.
    """

    wanted = Signal(RegisteredScreen)
    exit_wanted = Signal()
    column_width = "wide"

    def __init__(self, context: AdminContext) -> None:
        super().__init__()
        self._context = context
        self._counts: dict[str, int] = {}
        self.buttons = {entry.name: self._button(entry) for entry in ADMIN_SCREENS}
        self.exit = Button("quiet", "power")
        self.exit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.exit.clicked.connect(self.exit_wanted)
        column = ScrollColumn()
        self._grid = QGridLayout()
        column.content.addLayout(self._grid)
        column.content.addStretch(1)
        self.body.addWidget(column, 1)
        self.body.addWidget(self.exit)

    def _button(self, entry: RegisteredScreen) -> Button:
        button = Button("primary" if entry.is_primary else "secondary", entry.icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("tile", "true")
        button.clicked.connect(lambda: self.wanted.emit(entry))
        return button

    def title(self) -> str:
        return self.tr("Administration")

    def entered(self) -> None:
        """Ask how much waits behind the buttons; one that is not answered shows no number."""
        for entry in ADMIN_SCREENS:
            if entry.count is not None:
                self._ask(entry.name, entry.count)

    def _ask(self, name: str, count: Callable[[AdminBackend], int]) -> None:
        backend = self._context.backend
        self._context.background.run(
            self, lambda: count(backend), lambda found: self._show_count(name, found), lambda _: None
        )

    def _show_count(self, name: str, found: int) -> None:
        self._counts[name] = found
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.back.setAccessibleName(self.tr("Back to the entrance"))
        for entry in ADMIN_SCREENS:
            count = self._counts.get(entry.name, 0)
            self.buttons[entry.name].setText(f"{entry.title()}: {count}" if count else entry.title())
        self.exit.setText(self.tr("Close the kiosk"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._grid.setSpacing(scale.px("m"))
        columns = 1 if scale.is_portrait else 2
        for place, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
