"""A card with names and values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from kiosk.ui.panel import Card
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label


class DetailsCard(Card):
    """Names on the left, their values on the right, one a row."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._names = tuple(Label("soft") for _ in range(count))
        self._values = tuple(Label("strong") for _ in range(count))
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            name.setWordWrap(False)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)

    @property
    def values(self) -> tuple[str, ...]:
        """The values shown, from top to bottom."""
        return tuple(value.text() for value in self._values)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show (name, value) pairs, as many as the card has rows."""
        for name, value, (said_name, said_value) in zip(self._names, self._values, rows, strict=True):
            name.setText(said_name)
            value.setText(said_value)

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.setHorizontalSpacing(scale.px("l"))
        self._grid.setVerticalSpacing(scale.px("xs"))
