"""The journal: the events of a day, a week or a month, of everybody or of some."""

from __future__ import annotations

import time
from datetime import date, datetime
from datetime import time as time_of_day

from PySide6.QtCore import QModelIndex, QTimer

from kiosk.domain.attendance_log import LogEntry, LogKind
from kiosk.employees.results import EmployeeSummary
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.events.add_screen import AddScreen, Missing
from kiosk.ui.events.backend import EventsContext, JournalEvents, JournalQuery, JournalSpan
from kiosk.ui.events.choice_screen import ChoiceScreen
from kiosk.ui.events.correction_notice import CorrectionNotice
from kiosk.ui.events.day_screen import DayScreen
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.export_screen import ExportScreen
from kiosk.ui.events.journal_tools import KIND_ICONS, JournalTools, kind_text
from kiosk.ui.events.labels import month_text
from kiosk.ui.events.model import JournalModel
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

REFRESH_MS = 10_000
# No more than one part in so many of the time is spent on asking.
REFRESH_SHARE = 20
# What is proposed for an event that is added to a day that is over.
USUAL_END = time_of_day(18)
# So many events are read at first, and again so many more when the list is scrolled to its end.
PAGE_EVENTS = 500


class EventsScreen(AdminScreen):
    """Reads the events in the background; those of the present day are read again every few seconds."""

    column_width = "wide"

    def __init__(
        self,
        context: EventsContext,
        day: date | None = None,
        person: tuple[int, str] | None = None,
        span: JournalSpan = JournalSpan.DAY,
    ) -> None:
        """day: shown at first; None for the present office day. person: number and name of the one to be shown."""
        super().__init__()
        self._context = context
        self._shown: JournalEvents | None = None
        self._most, self._asked, self._asked_s = PAGE_EVENTS, 0, 0.0
        number, name = person or (None, "")
        self.tools = JournalTools(JournalQuery(day, span, number), name)
        self.events = JournalModel(context, self)
        self.list = RowList()
        self.list.setModel(self.events)
        self.notice, self.closed_month = CorrectionNotice(context), Notice()
        self.refresh, self.save = Button("icon", "repeat"), Button("secondary", "stick")
        self.add = Button("primary", "add")
        for button in (self.refresh, self.save, self.add):
            self.add_to_head(button)
        self.body.addWidget(self.tools)
        for notice in (self.closed_month, self.notice):
            self.add_notice(notice)
        self.body.addWidget(self.list, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._refresh)
        self.list.chosen.connect(self._open)
        self.list.verticalScrollBar().valueChanged.connect(self._read_more)
        self.notice.changed.connect(self.load)
        self.closed_month.pressed.connect(self._ask_reopen)
        self.refresh.clicked.connect(self.load)
        self.add.clicked.connect(self._add)
        self.save.clicked.connect(self._save)
        self.tools.changed.connect(self._show_other)
        self.tools.day_wanted.connect(self._ask_day)
        self.tools.person_wanted.connect(self._ask_person)
        self.tools.department_wanted.connect(self._ask_department)
        self.tools.kind_wanted.connect(self._ask_kind)

    def title(self) -> str:
        return self.tr("Journal")

    def entered(self) -> None:
        self._timer.start()
        self.events.resume()
        self.load()

    def left(self) -> None:
        self._timer.stop()
        self.events.stop()

    def load(self) -> None:
        """Read the events; the answer to an older question is ignored."""
        self._asked, self._asked_s = self._asked + 1, time.monotonic()
        asked, query, most, before = self._asked, self.tools.query, self._most, self._shown
        backend = self._context.backend

        def changes() -> JournalEvents | None:
            """Return the events, or None when all is as before; thousands are no work for the main thread."""
            found = backend.events_of(query, most)
            return None if found == before else found

        self._context.background.run(
            self, changes, lambda found: self._loaded(asked, found), lambda error: self._failed(asked, error)
        )

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.save.setText(self.tr("Save"))
        self.save.setAccessibleName(self.tr("Save to a stick"))
        self.list.setAccessibleName(self.tr("Events"))
        self.add.setText(self.tr("Add"))
        self._say_closed()
        self.list.set_placeholder(self.tr("One moment…") if self._shown is None else self._nothing())

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self.events.set_side(scale.times(96))

    @property
    def is_loaded(self) -> bool:
        """Whether what is wanted is shown."""
        return self._shown is not None

    def _show_other(self) -> None:
        self._shown, self._most = None, PAGE_EVENTS
        self.notice.clear()
        self.events.show_events(())
        self.retranslate()
        self.load()

    def _nothing(self) -> str:
        query = self.tools.query
        if query.kind is LogKind.UNKNOWN:
            return self.tr("No unknown visitor was seen.")
        if query.kind is not LogKind.ALL or query.department is not None:
            return self.tr("Nothing like this was registered.")
        if self.tools.person_name:
            return self.tr("Nothing was registered of {name}.").format(name=self.tools.person_name)
        return self.tr("Nothing has happened yet.") if self.tools.holds_today else self.tr("Nothing happened then.")

    def _say_closed(self) -> None:
        shown = self._shown
        if shown is None or shown.closed_by is None:
            self.closed_month.clear()
            return
        sentence = self.tr("{month} is closed by {name}. To correct it, open it again.")
        self.closed_month.say(
            "advice",
            sentence.format(month=month_text(shown.first), name=shown.closed_by),
            self.tr("Open the month"),
        )

    def _refresh(self) -> None:
        if self.tools.holds_today:
            self.load()

    def _read_more(self, scrolled: int) -> None:
        """Read earlier events when the list is scrolled to its end."""
        shown, bar = self._shown, self.list.verticalScrollBar()
        is_at_end = scrolled > 0 and scrolled == bar.maximum() and not self.events.canFetchMore()
        if is_at_end and shown is not None and shown.has_more and self._most == len(shown.entries):
            self._most += PAGE_EVENTS
            self.load()

    def _loaded(self, asked: int, found: JournalEvents | None) -> None:
        if asked != self._asked:
            return
        self._rest()
        if found is not None:
            self._shown = found
            self.tools.show_today(found.today)
            scrolled = self.list.verticalScrollBar().value()
            self.events.show_events(found.entries, with_days=found.first != found.last)
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

    def _ask_day(self) -> None:
        if self._shown is not None:
            days = DayScreen(self.tools.query.day or self._shown.today, self._shown.today)
            days.chosen.connect(self.tools.show_day)
            self.opens.emit(days)

    def _ask_person(self) -> None:
        staff = StaffScreen(self._context, self.tr("Whose events?"), offers_everybody=True)
        staff.chosen.connect(self._show_person)
        self.opens.emit(staff)

    def _show_person(self, member: EmployeeSummary | None) -> None:
        self.tools.show_person(None if member is None else (member.person.id, member.person.full_name))

    def _ask_department(self) -> None:
        read, asked = self._context.backend.departments, self._asked
        self._context.background.run(self, read, self._offer_departments, lambda error: self._failed(asked, error))

    def _offer_departments(self, names: tuple[str, ...]) -> None:
        everyone: list[tuple[object, str, str]] = [(None, self.tr("All departments"), "people")]
        choices = everyone + [(name, name, "folder") for name in names]
        screen = ChoiceScreen(self.tr("Which department?"), choices, self.tools.query.department)
        screen.chosen.connect(self.tools.show_department)
        self.opens.emit(screen)

    def _ask_kind(self) -> None:
        choices = [(kind, kind_text(kind), KIND_ICONS[kind]) for kind in LogKind]
        screen = ChoiceScreen(self.tr("Which events?"), choices, self.tools.query.kind)
        screen.chosen.connect(self.tools.show_kind)
        self.opens.emit(screen)

    def _ask_reopen(self) -> None:
        if self._shown is not None:
            screen = ReopenScreen(self._context.backend, self._context.background, self._shown.first.replace(day=1))
            screen.reopened.connect(self.load)
            self.opens.emit(screen)

    def _open(self, index: QModelIndex) -> None:
        entry = self.events.items[index.row()]
        if not isinstance(entry, LogEntry):
            return
        screen = EventScreen(self._context, entry)
        screen.correcting.connect(self.notice.follow)
        screen.undo_wanted.connect(self.notice.undo)
        self.opens.emit(screen)

    def _save(self) -> None:
        self.opens.emit(ExportScreen(self._context, self.tools.query))

    def _add(self) -> None:
        if self._shown is None:
            return
        zone, query = self._context.zone, self.tools.query
        of_day = datetime.now(zone).time().replace(second=0, microsecond=0) if self.tools.holds_today else USUAL_END
        day = self._shown.today if self.tools.holds_today else (query.day or self._shown.today)
        at = datetime.combine(day, of_day, zone)
        screen = AddScreen(self._context, Missing(at, employee_id=query.employee_id, full_name=self.tools.person_name))
        self.opens.emit(self.notice.follow(screen))
