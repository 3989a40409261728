"""Why an employee's request is refused."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kiosk.domain.correction_requests import MAX_TEXT
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.events.correction_screen import ReasonChips
from kiosk.ui.widgets import Button, Label, TextField


class RefuseScreen(AdminScreen):
    """Closes when a reason was given.

    Signals:
        refused: the reason.
    """

    refused = Signal(str)

    def __init__(self, full_name: str) -> None:
        self._full_name = full_name
        super().__init__()
        self.said, self.reason, self.refuse = Label("strong"), FormField(TextField()), Button("danger", "close")
        self.reason.field.setMaxLength(MAX_TEXT)
        self.reason.field.returnPressed.connect(self._send)
        self.chips = ReasonChips(self._usual_reasons)
        self.chips.chosen.connect(self.reason.field.setText)
        self.refuse.clicked.connect(self._send)
        column = ScrollColumn()
        for widget in (self.said, self.reason, self.chips, self.refuse):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return self.tr("Refuse the request?")

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(self._full_name)
        self.reason.set_name(self.tr("Why?"))
        self.refuse.setText(self.tr("Refuse"))

    def _usual_reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Checked: the times are right"),
            self.tr("It was asked for already"),
            self.tr("Please speak to your manager"),
            self.tr("The month is closed"),
        )

    def _send(self) -> None:
        reason = self.reason.field.text().strip()
        if not reason:
            self.reason.show_error(self.tr("Touch a reason or type one."))
            return
        self.closed.emit()
        self.refused.emit(reason)
