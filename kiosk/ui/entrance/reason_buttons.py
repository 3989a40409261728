"""The row of buttons with which somebody who leaves says why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.domain.exit_reasons import ExitReason
from kiosk.ui.language import Language, shown_language
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

IN_A_ROW = 3


def reason_name(reason: ExitReason) -> str:
    """Return its name in the language that is shown."""
    return reason.name_ru if shown_language() is Language.RUSSIAN else reason.name_en


class ReasonButtons(Panel):
    """A button a reason, three in a row.

    Signals:
        chosen: the code of the reason.
    """

    chosen = Signal(str)

    def __init__(self, reasons: Sequence[ExitReason], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons = tuple(reasons)
        self.buttons = tuple(Button("secondary", "") for _ in reasons)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for place, (reason, button) in enumerate(zip(self._reasons, self.buttons, strict=True)):
            button.setProperty("snug", "true")
            button.clicked.connect(lambda _=False, code=reason.code: self.chosen.emit(code))
            self._layout.addWidget(button, *divmod(place, IN_A_ROW))

    @property
    def is_empty(self) -> bool:
        return not self.buttons

    def name_of(self, code: str | None) -> str:
        """Return the name of a reason, "" for none and for one that is not in the list."""
        return next((reason_name(reason) for reason in self._reasons if reason.code == code), "")

    def retranslate(self) -> None:
        for reason, button in zip(self._reasons, self.buttons, strict=True):
            button.setText(reason_name(reason))

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("s"))
