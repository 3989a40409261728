"""Why somebody was recognised at an event, or was not: what the decision rested on, in words."""

from __future__ import annotations

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_language import OfficeLanguage
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.language import shown_language
from kiosk.ui.widgets import Button, Label


class ExplanationScreen(AdminScreen):
    """Reads the sentences when it is opened, and again in another language."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self._entry, self._context = entry, context
        self._shown: tuple[OfficeLanguage, tuple[str, ...]] | None = None
        super().__init__()
        self.when, self.verdict, self.grounds, self.notice = Label("soft"), Label("strong"), Label("body"), Notice()
        column = ScrollColumn()
        self.numbers = Button("secondary", "info")
        self.numbers.clicked.connect(self._show_numbers)
        self.grounds.hide()
        self.numbers.hide()
        self.add_notice(self.notice)
        for widget in (self.when, self.verdict, self.numbers, self.grounds):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.notice.pressed.connect(self._load)

    def title(self) -> str:
        return self.tr("Why?")

    def entered(self) -> None:
        self._load()

    def retranslate(self) -> None:
        super().retranslate()
        self.numbers.setText(self.tr("Show the numbers"))
        if self._shown is None:
            self.when.setText(self.tr("One moment…"))
        elif self._shown[0] != _language():
            self._load()

    def _show_numbers(self) -> None:
        self.grounds.show()
        self.numbers.hide()

    def _load(self) -> None:
        self.notice.clear()
        trace_id, language = self._entry.trace_id, _language()

        def read() -> tuple[OfficeLanguage, tuple[str, ...]]:
            return language, self._context.backend.explain_event(trace_id, language=language)

        self._context.background.run(self, read, self._show, self._failed)

    def _show(self, found: tuple[OfficeLanguage, tuple[str, ...]]) -> None:
        self._shown = found
        event, verdict, *grounds = found[1]
        self.when.setText(event)
        self.verdict.setText(verdict)
        self.grounds.setText("\n\n".join(grounds))
        self.numbers.setVisible(bool(grounds) and self.grounds.isHidden())

    def _failed(self, _: KioskError) -> None:
        self.notice.say("bad", self.tr("This could not be read. Nothing was changed."), self.tr("Try again"))


def _language() -> OfficeLanguage:
    return OfficeLanguage(shown_language().value)
