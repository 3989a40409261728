"""Adding an entry or exit that nobody registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup

from kiosk.domain.types import EventType
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.admin.admin_screen import ButtonRow
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import CorrectionDone, EventsContext
from kiosk.ui.events.correction_screen import CorrectionScreen
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.events.time_panel import TimePanel
from kiosk.ui.language import time_text
from kiosk.ui.widgets import Button


@dataclass(frozen=True, slots=True)
class Missing:
    """What is proposed to be added; at: aware. request_id: the employee's request that it answers."""

    at: datetime
    event_type: EventType = EventType.EXIT
    employee_id: int | None = None
    full_name: str = ""
    request_id: int | None = None


class AddScreen(CorrectionScreen):
    """Person, type and time can each be another than proposed."""

    def __init__(self, context: EventsContext, missing: Missing) -> None:
        self._missing = missing
        self._employee_id, self._full_name = missing.employee_id, missing.full_name
        self.person, self.types = Button("secondary", "person"), {kind: Button("secondary") for kind in EventType}
        self.at = TimePanel(missing.at, context.zone)
        super().__init__(context, self.person, ButtonRow(*self.types.values()), self.at)
        self._group = QButtonGroup(self)
        for kind, button in self.types.items():
            button.setCheckable(True)
            self._group.addButton(button)
            button.setChecked(kind is missing.event_type)
        self.person.clicked.connect(self._ask_who)
        self.said.hide()

    def title(self) -> str:
        return self.tr("Add an entry or exit")

    def retranslate(self) -> None:
        super().retranslate()
        self.person.setText(self._full_name or self.tr("Who? Touch to choose"))
        for kind, button in self.types.items():
            button.setText(event_style(kind).name)

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        employee_id, request_id = self._employee_id, self._missing.request_id
        if employee_id is None:
            self.notice.say("advice", self.tr("Choose first whose entry or exit is missing."))
            return None
        at, kind = self.at.moment(), self._kind
        if at is None:
            return None
        return lambda: self.context.backend.add_event(employee_id, kind, at, reason, request_id)

    def done_text(self) -> str:
        return added_text(self._kind, self._full_name, self.at.moment() or self._missing.at, self.context)

    def refused(self) -> None:
        self.notice.say("bad", self.tr("This very entry or exit is there already, or the person has left for good."))

    @property
    def _kind(self) -> EventType:
        return next(kind for kind, button in self.types.items() if button.isChecked())

    def _ask_who(self) -> None:
        staff = StaffScreen(self.context, self.tr("Who was it?"))
        staff.chosen.connect(self._take_person)
        self.opens.emit(staff)

    def _take_person(self, member: EmployeeSummary) -> None:
        self._employee_id, self._full_name = member.person.id, member.person.full_name
        self.notice.clear()
        self.retranslate()


def added_text(kind: EventType, full_name: str, at: datetime, context: EventsContext) -> str:
    """Return a sentence that says what was added."""
    sentence = QCoreApplication.translate("AddScreen", "{name}: {type} at {time} was added.")
    return sentence.format(name=full_name, type=event_style(kind).name, time=time_text(at, context.zone))
