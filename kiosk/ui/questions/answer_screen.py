"""One question or request: accept what is proposed, or say what was so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Signal

from kiosk.attendance.stays import Doubt
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.types import EventType
from kiosk.errors import EventRefused, InvalidInput, KioskError, MonthClosed, RequestAnswered
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonGrid, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.add_screen import AddScreen, Missing, added_text
from kiosk.ui.events.backend import CorrectionDone, EventEdit, EventsContext
from kiosk.ui.events.correction_screen import CorrectionScreen
from kiosk.ui.events.labels import day_text, short_day_text
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.language import date_text, time_text
from kiosk.ui.questions.backend import EmployeeRequest, QuestionsBackend, StayQuestion
from kiosk.ui.questions.refuse_screen import RefuseScreen
from kiosk.ui.widgets import Button

MISSING = {RequestKind.EXIT_MISSING: EventType.EXIT, RequestKind.ENTRY_MISSING: EventType.ENTRY}
# What the time's field shows where nothing is known: the usual hours of an office.
USUAL_HOURS = {EventType.ENTRY: 9, EventType.EXIT: 18}


def request_text(kind: RequestKind) -> str:
    """Return what an employee said is wrong."""
    return {
        RequestKind.EXIT_MISSING: QCoreApplication.translate("Questions", "my exit is missing"),
        RequestKind.ENTRY_MISSING: QCoreApplication.translate("Questions", "my entry is missing"),
        RequestKind.WRONG_TIME: QCoreApplication.translate("Questions", "a time is wrong"),
        RequestKind.OTHER: QCoreApplication.translate("Questions", "something else"),
    }[kind]


class AnswerScreen(AdminScreen):
    """Closes when the question is answered.

    Signals:
        corrected: a CorrectionDone, and a sentence that says what was done.
        correcting: a CorrectionScreen was opened; the list follows what it does.
        settled: a sentence: a request was answered without a correction.
        outdated: others answered first; the list is to be read again.
    """

    corrected = Signal(CorrectionDone, str)
    correcting = Signal(CorrectionScreen)
    settled = Signal(str)
    outdated = Signal()

    def __init__(
        self, backend: QuestionsBackend, context: EventsContext, asked: StayQuestion | EmployeeRequest
    ) -> None:
        self._request = asked.request if isinstance(asked, EmployeeRequest) else None
        self._stay = asked.question if isinstance(asked, EmployeeRequest) else asked
        self._full_name = asked.full_name
        super().__init__()
        self._backend, self._context = backend, context
        self.details, self.notice = DetailsCard(2 if self._request is None else 4), Notice()
        self.accept, self.other = Button("primary", "check"), Button("secondary", "edit")
        self.day = Button("secondary", "list")
        self.settle, self.refuse = Button("secondary", "check"), Button("danger", "close")
        shown = [
            (self.accept, self._is_automatic or (self._missing is not None and self._proposed_at is not None)),
            (self.other, self._missing is not None),
            (self.day, True),
            (self.settle, self._request is not None),
            (self.refuse, self._request is not None),
        ]
        buttons = ButtonGrid(*(button for button, is_shown in shown if is_shown))
        column = ScrollColumn()
        column.content.addWidget(self.details)
        self.add_notice(self.notice)
        column.content.addWidget(buttons)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.accept.clicked.connect(self._accept)
        self.other.clicked.connect(self._choose_time)
        self.day.clicked.connect(self._open_day)
        self.settle.clicked.connect(self._settle)
        self.refuse.clicked.connect(self._ask_why)

    def title(self) -> str:
        return self._full_name

    def retranslate(self) -> None:
        super().retranslate()
        self.details.set_rows((*self._asked_rows(), *self._stay_rows()))
        if self._is_automatic and self._stay is not None and self._stay.left_at is not None:
            left = time_text(self._stay.left_at, self._context.zone)
            self.accept.setText(self.tr("{type} at {time}").format(type=event_style(EventType.EXIT).name, time=left))
        elif self._missing is not None and self._proposed_at is not None:
            at = time_text(self._proposed_at, self._context.zone)
            day = self._proposed_at.astimezone(self._context.zone).date()
            type_name = event_style(self._missing).name
            when = at if day == self._day else f"{at}, {short_day_text(day)}"
            self.accept.setText(self.tr("{type} at {time}").format(type=type_name, time=when))
        self.other.setText(self.tr("Another time") if self._proposed_at else self.tr("Choose the time"))
        self.day.setText(self.tr("Open the day in the journal"))
        self.settle.setText(self.tr("It is settled"))
        self.refuse.setText(self.tr("Refuse"))

    @property
    def _missing(self) -> EventType | None:
        if self._request is not None:
            return MISSING.get(self._request.kind)
        return None if self._stay is None else self._stay.missing

    @property
    def _is_automatic(self) -> bool:
        """Whether the question is if an exit that the kiosk set is right."""
        return self._request is None and self._stay is not None and self._stay.doubt is Doubt.EXIT_AUTOMATIC

    @property
    def _proposed_at(self) -> datetime | None:
        return None if self._stay is None else self._stay.proposed_at

    @property
    def _employee_id(self) -> int:
        if self._request is not None:
            return self._request.employee_id
        assert self._stay is not None  # noqa: S101  it is one or the other
        return self._stay.employee_id

    @property
    def _day(self) -> date:
        if self._request is not None:
            return self._request.day
        assert self._stay is not None  # noqa: S101  it is one or the other
        return self._stay.known_at.astimezone(self._context.zone).date()

    def _asked_rows(self) -> tuple[tuple[str, str], ...]:
        if self._request is None:
            return ()
        said = f"{day_text(self._request.day)}: {request_text(self._request.kind)}"
        return (self.tr("Asks"), said), (self.tr("In their words"), self._request.text or self.tr("nothing more"))

    def _stay_rows(self) -> tuple[tuple[str, str], ...]:
        stay, zone, known = self._stay, self._context.zone, self.tr("Known")
        if stay is None:
            return (known, self.tr("nothing is missing on that day")), (self.tr("Proposed"), self.tr("nothing"))
        sentence = self.tr("left at {time}") if stay.entered_at is None else self.tr("came at {time}")
        when = f"{time_text(stay.known_at, zone)}, {date_text(stay.known_at, zone)}"
        said = [sentence.format(time=when)]
        if stay.entered_at is not None and stay.left_at is not None:
            left, day = time_text(stay.left_at, zone), date_text(stay.left_at, zone)
            left = left if day == date_text(stay.known_at, zone) else f"{left}, {day}"
            said.append(self.tr("left at {time}").format(time=left))
        return (known, "; ".join(said)), (self.tr("Proposed"), self._proposal_text(stay))

    def _proposal_text(self, stay: StayQuestion) -> str:
        if stay.missing is None:
            return self._advice(stay)
        if stay.proposed_at is None:
            return self.tr("nothing: nobody was seen later, and there is no plan")
        at = time_text(stay.proposed_at, self._context.zone)
        if stay.seen_at_door is not None:
            return self.tr("{time}, last seen at {door}").format(time=at, door=stay.seen_at_door)
        if stay.missing is EventType.EXIT:
            return self.tr("{time}, the shift's end").format(time=at)
        return self.tr("{time}, the shift's beginning").format(time=at)

    def _advice(self, stay: StayQuestion) -> str:
        """Return what can be done about a stay of which both entry and exit are known."""
        if stay.doubt is Doubt.TYPES_TURNED:
            return self.tr("turn both around in the journal; the stay does not count until then")
        if stay.doubt is Doubt.BREAK_MISSING:
            return self.tr("add when the person went out and came back; until then the planned break is deducted")
        if stay.seen_at_door is None or stay.proposed_at is None:
            return self.tr("the exit that the kiosk set to the shift's end")
        at = time_text(stay.proposed_at, self._context.zone)
        return self.tr("the exit that the kiosk set; last seen {time} at {door}").format(
            time=at, door=stay.seen_at_door
        )

    def _confirm(self, stay: StayQuestion) -> None:
        """Let an exit that the kiosk set count in the administrator's name."""
        assert stay.left_at is not None  # noqa: S101  the kiosk set it
        change, trace_id, reason = self._backend.change_event, stay.trace_id, self.tr("Confirmed as set by the kiosk")
        at = time_text(stay.left_at, self._context.zone)
        sentence = self.tr("{name}: the exit at {time} is confirmed.").format(name=self._full_name, time=at)
        self._context.background.run(
            self,
            lambda: change(trace_id, EventEdit(), reason),
            lambda done: self._accepted(done, sentence),
            self._failed,
        )

    def _accept(self) -> None:
        if self._is_automatic and self._stay is not None and self.accept.isEnabled():
            self.accept.setEnabled(False)
            self._confirm(self._stay)
            return
        at, missing = self._proposed_at, self._missing
        if at is None or missing is None or not self.accept.isEnabled():
            return
        self.accept.setEnabled(False)
        by_sight = self._stay is not None and self._stay.seen_at_door is not None
        reason = self.tr("Forgotten; taken from the last sighting") if by_sight else self.tr("Forgotten; by the plan")
        employee_id, request_id = self._employee_id, None if self._request is None else self._request.id
        add = self._backend.add_event
        sentence = added_text(missing, self._full_name, at, self._context)
        self._context.background.run(
            self,
            lambda: add(employee_id, missing, at, reason, request_id),
            lambda done: self._accepted(done, sentence),
            self._failed,
        )

    def _accepted(self, done: CorrectionDone, sentence: str) -> None:
        self.closed.emit()
        self.corrected.emit(done, sentence)

    def _choose_time(self) -> None:
        day, missing = self._day, self._missing or EventType.EXIT
        usual = datetime(day.year, day.month, day.day, USUAL_HOURS[missing], tzinfo=self._context.zone)
        request_id = None if self._request is None else self._request.id
        proposed = Missing(self._proposed_at or usual, missing, self._employee_id, self._full_name, request_id)
        screen = AddScreen(self._context, proposed)
        close: Callable[..., None] = lambda *_: self.closed.emit()  # noqa: E731  a slot for signals of any arguments
        screen.corrected.connect(close)
        self.correcting.emit(screen)
        self.opens.emit(screen)

    def _open_day(self) -> None:
        self.opens.emit(EventsScreen(self._context, self._day, (self._employee_id, self._full_name)))

    def _ask_why(self) -> None:
        screen = RefuseScreen(self._full_name)
        screen.refused.connect(self._refuse)
        self.opens.emit(screen)

    def _refuse(self, reason: str) -> None:
        self._answer(RequestOutcome.REFUSED, reason, self.tr("The request was refused."))

    def _settle(self) -> None:
        self._answer(RequestOutcome.ACCEPTED, self.tr("Checked and settled"), self.tr("The request is settled."))

    def _answer(self, outcome: RequestOutcome, reason: str, sentence: str) -> None:
        if self._request is None:
            return
        answer, request_id = self._backend.answer_request, self._request.id
        self._context.background.run(
            self, lambda: answer(request_id, outcome, reason), lambda _: self._settled(sentence), self._failed
        )

    def _settled(self, sentence: str) -> None:
        self.closed.emit()
        self.settled.emit(sentence)

    def _failed(self, error: KioskError) -> None:
        self.accept.setEnabled(True)
        match error:
            case MonthClosed():
                self.notice.say("bad", self.tr("The month is closed; open the day in the journal to open it again."))
            case EventRefused() | InvalidInput() | RequestAnswered():
                self.closed.emit()
                self.outdated.emit()
            case _:
                self.notice.say("bad", self.tr("The database does not answer. Nothing is lost; try again."))
