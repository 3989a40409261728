"""One event, and voiding it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk.domain.attendance_log import LogEntry
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonRow, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import EventsBackend
from kiosk.ui.events.model import method_text, name_of
from kiosk.ui.language import date_text, time_text
from kiosk.ui.widgets import Button, TextField

MOST_CHARACTERS = 200


def void_reasons() -> tuple[str, ...]:
    """Return the reasons that are offered, in the language that is shown; any other one is typed."""
    return (
        QCoreApplication.translate("VoidScreen", "It was somebody else"),
        QCoreApplication.translate("VoidScreen", "Registered by mistake"),
        QCoreApplication.translate("VoidScreen", "It was a trial"),
    )


class VoidScreen(AdminScreen):
    """An event is not deleted: it stays in the list, marked, with the reason."""

    def __init__(self, backend: EventsBackend, background: Background, entry: LogEntry, zone: ZoneInfo) -> None:
        self.entry, self._zone = entry, zone
        super().__init__()
        self._backend, self._background = backend, background
        self.details = DetailsCard(4)
        self.notice, self.reason = Notice(), FormField(TextField())
        self.reason.field.setMaxLength(MOST_CHARACTERS)
        self.reason.field.returnPressed.connect(self._send)
        self.reasons = tuple(Button("secondary") for _ in void_reasons())
        for button in self.reasons:
            button.setProperty("snug", "true")
            button.clicked.connect(lambda _=False, button=button: self._take(button.text()))
        self.void = Button("danger", "close")
        self.void.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        self._chips = ButtonRow(*self.reasons)
        column = ScrollColumn(1300)
        for widget in (self.details, self.notice, self.reason, self._chips, self.void):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        for widget in (self.reason, self._chips, self.void):
            widget.setVisible(not entry.voided)

    def title(self) -> str:
        return name_of(self.entry)

    def retranslate(self) -> None:
        super().retranslate()
        at = self.entry.timestamp
        self.details.set_rows(
            (
                (self.tr("Event"), event_style(self.entry.event_type).name),
                (self.tr("When"), f"{time_text(at, self._zone)}, {date_text(at, self._zone)}"),
                (self.tr("Registered"), method_text(self.entry)),
                (self.tr("Door"), self.entry.kiosk_id),
            )
        )
        self.reason.set_name(self.tr("Why does it not count?"))
        for button, reason in zip(self.reasons, void_reasons(), strict=True):
            button.setText(reason)
        self.void.setText(self.tr("This event does not count"))
        if self.entry.voided:
            self.notice.say("advice", self.tr("This event does not count. It stays in the list, marked."))

    def _take(self, sentence: str) -> None:
        self.reason.field.setText(sentence)
        self.reason.show_error("")

    def _send(self) -> None:
        reason = self.reason.field.text().strip()
        if not reason:
            self.reason.show_error(self.tr("A reason is needed; it stays with the event."))
            return
        if not self.void.isEnabled():
            return
        self.void.setEnabled(False)
        trace_id = self.entry.trace_id
        self._background.run(
            self, lambda: self._backend.void(trace_id, reason), lambda _: self.closed.emit(), self._failed
        )

    def _failed(self, _error: KioskError) -> None:
        self.void.setEnabled(True)
        sentence = self.tr("The database does not answer. Nothing is lost; try again.")
        self.notice.say("bad", sentence, self.tr("Again"))
