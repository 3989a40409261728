"""The journal: a day's events, of everybody or of one person."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.domain.attendance_log import LogEntry
from kiosk.employees.results import EmployeeSummary
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.events.add_screen import AddScreen, Missing
from kiosk.ui.events.backend import DayEvents, EventsContext
from kiosk.ui.events.correction_notice import CorrectionNotice
from kiosk.ui.events.day_screen import DayScreen
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.labels import day_text, month_text, shortened
from kiosk.ui.events.model import row_of
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

REFRESH_MS = 10_000
# No more than one part in so many of the time is spent on asking.
REFRESH_SHARE = 20
# What is proposed for an event that is added to a day that is over.
USUAL_END = time_of_day(18)


class EventsScreen(AdminScreen):
    """Reads the day in the background; the present day is read again every few seconds."""

    def __init__(self, context: EventsContext, day: date | None = None, person: tuple[int, str] | None = None) -> None:
        """day: shown at first; None for the present office day. person: number and name of the one to be shown."""
        super().__init__()
        self._context, self._wanted, self._person = context, day, person
        self._shown: DayEvents | None = None
        self._asked, self._asked_s = 0, 0.0
        self.events = RowsModel[LogEntry](lambda entry: row_of(entry, context.zone, context.exit_reasons), self)
        self.list = RowList()
        self.list.setModel(self.events)
        self.list.chosen.connect(self._open)
        self.notice, self.closed_month = CorrectionNotice(context), Notice()
        self.refresh, self.add = Button("icon", "repeat"), Button("primary", "add")
        self.add_to_head(self.refresh)
        self.add_to_head(self.add)
        self.before, self.after = Button("secondary", "back"), Button("secondary", "next")
        for arrow in (self.before, self.after):
            arrow.setProperty("snug", "true")
        self.day, self.today = Button("secondary"), Button("secondary")
        self.person = Button("secondary", "person")
        self._days, self._filters, self._tools = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for widget, stretch in ((self.before, 0), (self.day, 1), (self.after, 0)):
            self._days.addWidget(widget, stretch)
        self._filters.addWidget(self.today)
        self._filters.addWidget(self.person, 1)
        self._tools.addLayout(self._days)
        self._tools.addLayout(self._filters)
        self.body.addLayout(self._tools)
        for notice in (self.closed_month, self.notice):
            self.add_notice(notice)
        self.body.addWidget(self.list, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._connect()

    def _connect(self) -> None:
        self.notice.changed.connect(self.load)
        self.closed_month.pressed.connect(self._ask_reopen)
        self.refresh.clicked.connect(self.load)
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(1))
        self.today.clicked.connect(lambda: self.show_day(None))
        self.day.clicked.connect(self._ask_day)
        self.person.clicked.connect(self._ask_person)
        self.add.clicked.connect(self._add)

    def title(self) -> str:
        return self.tr("Journal")

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()

    def show_day(self, day: date | None) -> None:
        """Show another day; None for the present office day."""
        self._wanted, self._shown = day, None
        self.notice.clear()
        self.events.show(())
        self.retranslate()
        self.load()

    def load(self) -> None:
        """Read the events; the answer to an older question is ignored."""
        self._asked, self._asked_s = self._asked + 1, time.monotonic()
        asked, day, before = self._asked, self._wanted, self._shown
        employee_id, backend = None if self._person is None else self._person[0], self._context.backend

        def changes() -> DayEvents | None:
            """Return the events, or None when all is as before; thousands are no work for the main thread."""
            found = backend.events_of(day, employee_id)
            return None if found == before else found

        self._context.background.run(
            self, changes, lambda found: self._loaded(asked, found), lambda error: self._failed(asked, error)
        )

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.before.setAccessibleName(self.tr("The day before"))
        self.after.setAccessibleName(self.tr("The day after"))
        self.list.setAccessibleName(self.tr("Events of the day"))
        self.add.setText(self.tr("Add"))
        self.today.setText(self.tr("Today"))
        name = self.tr("Everybody") if self._person is None else self._person[1]
        self.person.setText(shortened(name))
        self.person.setAccessibleName(name)
        day = self._wanted or (self._shown.today if self._shown is not None else None)
        self.day.setText(self.tr("Today") if day is None else day_text(day))
        self.after.setEnabled(not self._is_today)
        self.today.setEnabled(not self._is_today)
        self._say_closed()
        self.list.set_placeholder(self.tr("One moment…") if self._shown is None else self._nothing())

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        for layout in (self._tools, self._days, self._filters):
            layout.setSpacing(scale.px("s"))

    @property
    def is_loaded(self) -> bool:
        """Whether the day that is wanted is shown."""
        return self._shown is not None

    @property
    def _is_today(self) -> bool:
        return self._wanted is None or (self._shown is not None and self._wanted >= self._shown.today)

    def _nothing(self) -> str:
        if self._person is not None:
            return self.tr("Nothing was registered of {name} on this day.").format(name=self._person[1])
        return self.tr("Nothing has happened today.") if self._is_today else self.tr("Nothing happened on this day.")

    def _say_closed(self) -> None:
        shown = self._shown
        if shown is None or shown.closed_by is None:
            self.closed_month.clear()
            return
        sentence = self.tr("{month} is closed by {name}. To correct it, open it again.")
        self.closed_month.say(
            "advice",
            sentence.format(month=month_text(shown.day), name=shown.closed_by),
            self.tr("Open the month"),
        )

    def _refresh(self) -> None:
        if self._is_today:
            self.load()

    def _loaded(self, asked: int, found: DayEvents | None) -> None:
        if asked != self._asked:
            return
        self._rest()
        if found is not None:
            self._shown = found
            scrolled = self.list.verticalScrollBar().value()
            self.events.show(found.entries)
            self.list.verticalScrollBar().setValue(scrolled)
        self.retranslate()

    def _rest(self) -> None:
        """Ask less often where reading a long day takes long."""
        took_ms = round((time.monotonic() - self._asked_s) * 1000)
        self._timer.setInterval(max(REFRESH_MS, took_ms * REFRESH_SHARE))

    def _failed(self, asked: int, _error: KioskError) -> None:
        if asked == self._asked:
            self._rest()
            self.notice.say_away(self.tr("The database does not answer; the list may be out of date."))

    def _move(self, days: int) -> None:
        day = self._wanted or (None if self._shown is None else self._shown.today)
        if day is not None:
            moved = day + timedelta(days=days)
            self.show_day(None if self._shown is not None and moved >= self._shown.today else moved)

    def _ask_day(self) -> None:
        if self._shown is not None:
            days = DayScreen(self._shown.day, self._shown.today)
            days.chosen.connect(self.show_day)
            self.opens.emit(days)

    def _ask_person(self) -> None:
        staff = StaffScreen(self._context, self.tr("Whose events?"), offers_everybody=True)
        staff.chosen.connect(self._show_person)
        self.opens.emit(staff)

    def _show_person(self, member: EmployeeSummary | None) -> None:
        self._person = None if member is None else (member.person.id, member.person.full_name)
        self.show_day(self._wanted)

    def _ask_reopen(self) -> None:
        if self._shown is not None:
            screen = ReopenScreen(self._context.backend, self._context.background, self._shown.day.replace(day=1))
            screen.reopened.connect(self.load)
            self.opens.emit(screen)

    def _open(self, index: QModelIndex) -> None:
        screen = EventScreen(self._context, self.events.items[index.row()])
        screen.correcting.connect(self.notice.follow)
        screen.undo_wanted.connect(self.notice.undo)
        self.opens.emit(screen)

    def _add(self) -> None:
        if self._shown is None:
            return
        zone = self._context.zone
        of_day = datetime.now(zone).time().replace(second=0, microsecond=0) if self._is_today else USUAL_END
        at = datetime.combine(self._shown.day, of_day, zone)
        employee_id, name = self._person or (None, "")
        screen = AddScreen(self._context, Missing(at, employee_id=employee_id, full_name=name))
        self.opens.emit(self.notice.follow(screen))
