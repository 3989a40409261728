"""What stands above the journal's list: which days, whose events, and of what kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from kiosk.domain.attendance_log import LogKind
from kiosk.ui.events.backend import JournalQuery, JournalSpan
from kiosk.ui.events.labels import days_text, shortened
from kiosk.ui.panel import Panel
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class JournalTools(Panel):
    """Arrows, the span, and three filters.

    Signals:
        changed: another query is wanted.
        day_wanted: a day shall be chosen.
        person_wanted: a person shall be chosen.
        department_wanted: a department shall be chosen.
        kind_wanted: a kind of events shall be chosen.
    """

    changed = Signal()
    day_wanted = Signal()
    person_wanted = Signal()
    department_wanted = Signal()
    kind_wanted = Signal()

    def __init__(self, query: JournalQuery, name: str = "") -> None:
        """name: of the person whose events alone are shown."""
        super().__init__()
        self.query, self._name = query, name
        self._today: date | None = None
        self.before, self.after = Button("secondary", "back"), Button("secondary", "next")
        self.day, self.today = Button("secondary"), Button("secondary")
        self.spans = SegmentedButtons(*JournalSpan)
        self.spans.choose(query.span)
        self.person, self.department, self.kind = (
            Button("secondary", "person"), Button("secondary", "people"), Button("secondary", "list"),
        )  # fmt: skip
        for button in (self.before, self.after, self.today):
            button.setProperty("snug", "true")
        self._days, self._spans = QHBoxLayout(), QHBoxLayout()
        self._when, self._filters = (QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.before, 0), (self.day, 1), (self.after, 0)):
            self._days.addWidget(widget, stretch)
        self._spans.addWidget(self.spans, 3)
        self._spans.addWidget(self.today, 1)
        for button in (self.person, self.department, self.kind):
            self._filters.addWidget(button, 1)
        self._when.addLayout(self._days, 3)
        self._when.addLayout(self._spans, 2)
        self._column.addLayout(self._when)
        self._column.addLayout(self._filters)
        self._connect()

    def _connect(self) -> None:
        self.spans.chosen.connect(lambda span: self._set(replace(self.query, span=span)))
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(1))
        self.today.clicked.connect(lambda: self.show_day(None))
        self.day.clicked.connect(self.day_wanted)
        self.person.clicked.connect(self.person_wanted)
        self.department.clicked.connect(self.department_wanted)
        self.kind.clicked.connect(self.kind_wanted)

    def show_today(self, today: date) -> None:
        """Say which office day it is now."""
        if today != self._today:
            self._today = today
            self.retranslate()

    def show_day(self, day: date | None) -> None:
        """Ask for another day; None for the present office day."""
        self._set(replace(self.query, day=day))

    def show_person(self, person: tuple[int, str] | None) -> None:
        """Ask for the events of one person, by number and name, or of everybody."""
        number, self._name = person or (None, "")
        self._set(replace(self.query, employee_id=number, department=None))

    def show_department(self, name: str | None) -> None:
        """Ask for the events of one department or of all."""
        self._name = ""
        self._set(replace(self.query, employee_id=None, department=name))

    def show_kind(self, kind: LogKind) -> None:
        self._set(replace(self.query, kind=kind))

    @property
    def person_name(self) -> str:
        """The name of the person whose events alone are shown; "" for everybody."""
        return self._name

    @property
    def holds_today(self) -> bool:
        """Whether the present office day is among those shown."""
        day = self.query.day
        return day is None or (self._today is not None and self.query.span.around(day)[1] >= self._today)

    def retranslate(self) -> None:
        self.before.setAccessibleName(self.tr("Earlier"))
        self.after.setAccessibleName(self.tr("Later"))
        day, span = self.query.day or self._today, self.query.span
        self.day.setText(self.tr("Today") if day is None else days_text(*span.around(day), span))
        self.spans.set_texts(
            {
                JournalSpan.DAY: self.tr("Day"),
                JournalSpan.WEEK: self.tr("Week"),
                JournalSpan.MONTH: self.tr("Month"),
            }
        )
        self.today.setText(self.tr("Today"))
        self.after.setEnabled(not self.holds_today)
        self.today.setEnabled(not self.holds_today)
        name = self._name or self.tr("Everybody")
        self.person.setText(shortened(name))
        self.person.setAccessibleName(name)
        department = self.query.department or self.tr("All departments")
        self.department.setText(shortened(department))
        self.department.setAccessibleName(department)
        self.kind.setText(kind_text(self.query.kind))

    def arrange(self, scale: Scale) -> None:
        upright = scale.is_portrait
        for layout in (self._when, self._filters):
            layout.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        for spaced in (self._column, self._when, self._days, self._spans, self._filters):
            spaced.setSpacing(scale.px("s"))

    def _set(self, query: JournalQuery) -> None:
        if query != self.query:
            self.query = query
            self.retranslate()
            self.changed.emit()

    def _move(self, spans: int) -> None:
        day = self.query.day or self._today
        if day is None:
            return
        first, last = self.query.span.around(day)
        moved = last + timedelta(days=1) if spans > 0 else first - timedelta(days=1)
        is_present = self._today is not None and self.query.span.around(moved)[1] >= self._today
        self.show_day(None if is_present else moved)


def kind_text(kind: LogKind) -> str:
    words = {
        LogKind.ALL: QCoreApplication.translate("JournalTools", "All events"),
        LogKind.ENTRY: QCoreApplication.translate("JournalTools", "Entries"),
        LogKind.EXIT: QCoreApplication.translate("JournalTools", "Exits"),
        LogKind.UNKNOWN: QCoreApplication.translate("JournalTools", "Unknown visitors"),
        LogKind.CORRECTED: QCoreApplication.translate("JournalTools", "Corrected"),
    }
    return words[kind]


KIND_ICONS = {
    LogKind.ALL: "list",
    LogKind.ENTRY: "entry",
    LogKind.EXIT: "exit",
    LogKind.UNKNOWN: "question",
    LogKind.CORRECTED: "edit",
}
