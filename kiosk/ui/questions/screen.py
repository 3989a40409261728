"""The list of open questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QModelIndex

from kiosk.attendance.stays import Doubt
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.events.correction_notice import CorrectionNotice
from kiosk.ui.events.labels import day_text, short_day_text
from kiosk.ui.language import time_text
from kiosk.ui.questions.answer_screen import AnswerScreen, request_text
from kiosk.ui.questions.backend import EmployeeRequest, QuestionsBackend, QuestionsFound, StayQuestion
from kiosk.ui.widgets import Button, Label

Question: TypeAlias = StayQuestion | EmployeeRequest

ICONS: Mapping[Doubt, str] = {
    Doubt.EXIT_MISSING: "exit",
    Doubt.ENTRY_MISSING: "entry",
    Doubt.EXIT_AUTOMATIC: "exit",
    Doubt.TYPES_TURNED: "swap",
    Doubt.BREAK_MISSING: "waiting",
}


class QuestionsScreen(AdminScreen):
    """Touching a question opens it; what was answered can be undone above the list."""

    def __init__(self, backend: QuestionsBackend, context: EventsContext) -> None:
        super().__init__()
        self._backend, self._context = backend, context
        self._found: QuestionsFound | None = None
        self.model = RowsModel[Question](lambda question: row_of(question, context.zone), self)
        self.list, self.notice = RowList(), CorrectionNotice(context)
        self.list.setModel(self.model)
        self.list.chosen.connect(self._open)
        self.notice.changed.connect(self.load)
        self._count, self.refresh = Label("soft"), Button("icon", "repeat")
        self._count.setWordWrap(False)
        self.refresh.clicked.connect(self.load)
        self.add_to_head(self._count)
        self.add_to_head(self.refresh)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)

    @property
    def is_loaded(self) -> bool:
        """Whether the questions were read."""
        return self._found is not None

    def title(self) -> str:
        return self.tr("Open questions")

    def entered(self) -> None:
        self.load()

    def load(self) -> None:
        """Read the questions."""
        self._context.background.run(self, self._backend.questions, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.list.setAccessibleName(self.tr("Open questions"))
        count = 0 if self._found is None else self._found.count
        self._count.setText(self.tr("%n open", "", count) if count else "")
        nothing = self.tr("Nothing is open: all entries and exits of this month and the last one are in pairs.")
        self.list.set_placeholder(self.tr("One moment…") if self._found is None else nothing)

    def _loaded(self, found: QuestionsFound) -> None:
        if found != self._found:
            self._found = found
            scrolled = self.list.verticalScrollBar().value()
            self.model.show((*found.stays, *found.requests))
            self.list.verticalScrollBar().setValue(scrolled)
        self.retranslate()

    def _failed(self, _error: KioskError) -> None:
        self.notice.say_away(self.tr("The database does not answer; the list may be out of date."))

    def _open(self, index: QModelIndex) -> None:
        screen = AnswerScreen(self._backend, self._context, self.model.items[index.row()])
        screen.corrected.connect(self.notice.say_done)
        screen.correcting.connect(self.notice.follow)
        screen.settled.connect(self._say_settled)
        screen.outdated.connect(self.notice.say_outdated)
        self.opens.emit(screen)

    def _say_settled(self, sentence: str) -> None:
        self.notice.say("good", sentence)
        self.load()


def row_of(question: Question, zone: ZoneInfo) -> Row:
    """Return what a question's row shows."""
    if isinstance(question, EmployeeRequest):
        asked = question.request
        parts = [day_text(asked.day), request_text(asked.kind), _quoted(asked.text)]
        mark = Badge(QCoreApplication.translate("Questions", "Asked by the employee"), "good")
        return Row(question.full_name, " · ".join(part for part in parts if part), icon="question", badges=(mark,))
    return Row(
        headline=question.full_name,
        second=_known_text(question, zone),
        lead=short_day_text(question.known_at.astimezone(zone).date()),
        icon=ICONS[question.doubt],
        icon_colour="advice",
        badges=_proposal(question, zone),
    )


def _quoted(words: str) -> str:
    return QCoreApplication.translate("Event", "“{reason}”").format(reason=words) if words else ""


def _known_text(question: StayQuestion, zone: ZoneInfo) -> str:
    at = time_text(question.known_at, zone)
    left = "" if question.left_at is None else time_text(question.left_at, zone)
    match question.doubt:
        case Doubt.EXIT_MISSING:
            text = QCoreApplication.translate("Questions", "Came at {time}; the exit is missing")
        case Doubt.EXIT_AUTOMATIC:
            text = QCoreApplication.translate("Questions", "Came at {time}; the kiosk set the exit to {left}")
        case Doubt.TYPES_TURNED:
            text = QCoreApplication.translate("Questions", "Came at {time}, left at {left}: they look swapped")
        case Doubt.BREAK_MISSING:
            text = QCoreApplication.translate("Questions", "Was in from {time} to {left}, without the planned break")
        case _:
            text = QCoreApplication.translate("Questions", "Left at {time}; the entry is missing")
    return text.format(time=at, left=left)


def _proposal(question: StayQuestion, zone: ZoneInfo) -> tuple[Badge, ...]:
    if question.proposed_at is None or question.missing is None:
        return ()
    at = time_text(question.proposed_at, zone)
    if question.seen_at_door is not None:
        return (Badge(QCoreApplication.translate("Questions", "Last seen {time}").format(time=at), "advice"),)
    return (Badge(QCoreApplication.translate("Questions", "By the plan {time}").format(time=at), ""),)
