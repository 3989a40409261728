"""The administrator's home screen: how the day goes, what happened last, and the ways to everything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_day import OfficeDay
from kiosk.errors import KioskError
from kiosk.monitoring.health import HealthCheck
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.overview import DayPeopleScreen, FigureButton, health_text
from kiosk.ui.admin.registry import ADMIN_SCREENS, AdminBackend, AdminContext, RegisteredScreen
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.events.correction_notice import CorrectionNotice
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.model import JournalModel
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.language import duration_text, time_text
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Label

EVENTS_SHOWN = 5
REFRESH_MS = 20_000


class AdminHome(AdminScreen):
    """Reads in the background what it shows, and again every few seconds.

    Signals:
        wanted: the RegisteredScreen whose button was pressed.
        exit_wanted: the kiosk shall end.
    """

    wanted = Signal(RegisteredScreen)
    exit_wanted = Signal()
    column_width = "wide"

    def __init__(self, context: AdminContext) -> None:
        super().__init__()
        self._context = context
        self._counts: dict[str, int] = {}
        self._day: OfficeDay | None = None
        self._checks: tuple[HealthCheck, ...] | None = None
        self.buttons = {entry.name: self._button(entry) for entry in ADMIN_SCREENS}
        self.in_now, self.late, self.missing, self.questions = (FigureButton() for _ in range(4))
        self._figures = (self.in_now, self.late, self.missing, self.questions)
        self.health, self.notice = Notice(), CorrectionNotice(context.events)
        self.exit = Button("quiet", "power")
        self.exit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.last, self.events = Label("strong"), RowList()
        self.model = JournalModel(context.events, self)
        self.events.setModel(self.model)
        self.events.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._numbers, self._grid, self._list = QGridLayout(), QGridLayout(), QVBoxLayout()
        self._halves, self._enroll = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._connect()

    def _build(self) -> None:
        column = ScrollColumn()
        self._enroll.addWidget(self.buttons["enroll"])
        self._list.addWidget(self.last)
        self._list.addWidget(self.events)
        self._list.addStretch(1)
        ways = QVBoxLayout()
        ways.addLayout(self._enroll)
        ways.addLayout(self._grid)
        ways.addStretch(1)
        self._halves.addLayout(self._list, 1)
        self._halves.addLayout(ways, 1)
        column.content.addWidget(self.health)
        column.content.addLayout(self._numbers)
        column.content.addLayout(self._halves)
        column.content.addWidget(self.exit)
        column.content.addStretch(1)
        self.body.addWidget(column, 1)
        self.add_notice(self.notice)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.load)
        self.exit.clicked.connect(self.exit_wanted)
        self.notice.changed.connect(self.load)
        self.events.chosen.connect(self._open_event)
        self.in_now.clicked.connect(lambda: self._want("evacuation"))
        self.questions.clicked.connect(lambda: self._want("questions"))
        self.health.pressed.connect(lambda: self._want("diagnostics"))
        self.late.clicked.connect(self._show_late)
        self.missing.clicked.connect(self._show_missing)

    def _button(self, entry: RegisteredScreen) -> Button:
        button = Button("primary" if entry.is_primary else "secondary", entry.icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("tile" if entry.is_primary else "snug", "true")
        button.clicked.connect(lambda: self.wanted.emit(entry))
        return button

    def title(self) -> str:
        return self.tr("Administration")

    def entered(self) -> None:
        self._timer.start()
        self.model.resume()
        self.load()

    def left(self) -> None:
        self._timer.stop()
        self.model.stop()

    def load(self) -> None:
        """Read everything; what is not answered shows no number."""
        run, overview = self._context.background.run, self._context.backend.overview
        run(self, overview.health, self._show_health, lambda _: None)
        run(self, overview.present_day, self._show_day, self._failed)
        run(self, lambda: overview.last_events(EVENTS_SHOWN), self._show_events, lambda _: None)
        for entry in ADMIN_SCREENS:
            if entry.count is not None:
                self._ask(entry.name, entry.count)

    @property
    def is_loaded(self) -> bool:
        """Whether figures and events are shown."""
        return self._day is not None and self._checks is not None and self.model.rowCount() > 0

    def _ask(self, name: str, count: Callable[[AdminBackend], int]) -> None:
        backend = self._context.backend
        self._context.background.run(
            self, lambda: count(backend), lambda found: self._show_count(name, found), lambda _: None
        )

    def _show_count(self, name: str, found: int) -> None:
        self._counts[name] = found
        self.retranslate()

    def _show_health(self, checks: tuple[HealthCheck, ...]) -> None:
        if checks != self._checks:
            self._checks = checks
            self.retranslate()

    def _show_day(self, day: OfficeDay) -> None:
        self._day = day
        self.retranslate()

    def _show_events(self, entries: tuple[LogEntry, ...]) -> None:
        self.model.show_events(entries)
        self.arrange_events()

    def _failed(self, _error: KioskError) -> None:
        self._day = None
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.back.setAccessibleName(self.tr("Back to the entrance"))
        for entry in ADMIN_SCREENS:
            count = self._counts.get(entry.name, 0) if entry.name != "questions" else 0  # those have a figure
            self.buttons[entry.name].setText(f"{entry.title()}: {count}" if count else entry.title())
        self.exit.setText(self.tr("Close the kiosk"))
        self.last.setText(self.tr("Last events"))
        self.events.setAccessibleName(self.tr("Last events"))
        self.events.set_placeholder(self.tr("Nothing has happened yet."))
        day = self._day
        self.in_now.show_figure(None if day is None else day.in_now, self.tr("In now"))
        self.late.show_figure(None if day is None else len(day.late), self.tr("Late"))
        self.missing.show_figure(None if day is None else len(day.missing), self.tr("Missing"))
        self._place_figures()
        self.questions.show_figure(self._counts.get("questions"), self.tr("Open questions"))
        if self._checks is not None:
            tone, sentence = health_text(self._checks)
            self.health.say(tone, sentence, "" if tone == "good" else self.tr("Look closer"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        for layout in (self._numbers, self._grid, self._list):
            layout.setSpacing(scale.px("s"))
        self._halves.setSpacing(scale.px("m"))
        upright = scale.is_portrait
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        for figure in self._figures:
            figure.arrange(scale)
        self._place_figures()
        for place, button in enumerate(button for name, button in self.buttons.items() if name != "enroll"):
            self._grid.addWidget(button, place // 2, place % 2)
        self.model.set_side(scale.times(96))
        self.arrange_events()

    def _place_figures(self) -> None:
        """Put the figures that are shown side by side, in a portrait window two in a row."""
        is_planned = self._day is not None and self._day.planned > 0
        shown = [figure for figure in self._figures if is_planned or figure not in (self.late, self.missing)]
        columns = 2 if scale_of(self).is_portrait else len(shown)
        for place, figure in enumerate(shown):
            self._numbers.addWidget(figure, *divmod(place, columns))
        for figure in (self.late, self.missing):
            figure.setVisible(is_planned)

    def arrange_events(self) -> None:
        """Make the list as high as its rows."""
        rows = max(1, self.model.rowCount())
        height = self.events.sizeHintForRow(0) if self.model.rowCount() else self.events.fontMetrics().height() * 4
        self.events.setFixedHeight(rows * height + 2 * self.events.frameWidth())

    def _want(self, name: str) -> None:
        self.wanted.emit(next(entry for entry in ADMIN_SCREENS if entry.name == name))

    def _open_event(self, index: QModelIndex) -> None:
        entry = self.model.items[index.row()]
        if isinstance(entry, LogEntry):
            screen = EventScreen(self._context.events, entry)
            screen.correcting.connect(self.notice.follow)
            screen.undo_wanted.connect(self.notice.undo)
            self.opens.emit(screen)

    def _show_late(self) -> None:
        if self._day is not None:
            zone, told = self._context.zone, self.tr("came at {time}, {late} late")
            self._show_people(
                self.tr("Late today"),
                [
                    (
                        one.employee_id,
                        one.full_name,
                        told.format(time=time_text(one.came_at, zone), late=duration_text(one.late)),
                    )
                    for one in self._day.late
                ],
            )

    def _show_missing(self) -> None:
        if self._day is not None:
            zone, told = self._context.zone, self.tr("should be there since {time}")
            self._show_people(
                self.tr("Missing today"),
                [
                    (one.employee_id, one.full_name, told.format(time=time_text(one.planned_at, zone)))
                    for one in self._day.missing
                ],
            )

    def _show_people(self, title: str, people: list[tuple[int, str, str]]) -> None:
        screen = DayPeopleScreen(title, people)
        screen.chosen.connect(lambda person: self.opens.emit(EventsScreen(self._context.events, None, person)))
        self.opens.emit(screen)
