"""The months, to close one or to open it again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.events.labels import month_text
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.language import date_text
from kiosk.ui.timesheets.backend import ClosedMonthsBackend, MonthState
from kiosk.ui.timesheets.close_month_screen import CloseMonthScreen


class ClosedMonthsScreen(AdminScreen):
    """Touching an open month asks to close it, touching a closed one to open it; closing can be undone at once."""

    def __init__(self, backend: ClosedMonthsBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self.model, self.list, self.notice = RowsModel[MonthState](self._row, self), RowList(), Notice()
        self.list.setModel(self.model)
        self.list.chosen.connect(self._open)
        self._closed: tuple[MonthState, str] | None = None
        self.notice.pressed.connect(self._press_notice)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        return self.tr("Close a month")

    def entered(self) -> None:
        self.load()

    def load(self) -> None:
        """Read the months."""
        self._background.run(self, self._backend.months, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(self.tr("Months"))
        self.list.set_placeholder(self.tr("One moment…"))
        self.list.viewport().update()

    def _row(self, state: MonthState) -> Row:
        if state.closed_by is not None and state.closed_at is not None:
            day = date_text(state.closed_at, self._zone)
            second = self.tr("closed by {name}, {day}").format(name=state.closed_by, day=day)
            mark = Badge(self.tr("Closed"), "good")
        elif state.is_over:
            second, mark = self.tr("open: touch to close it"), Badge(self.tr("Open"), "advice")
        else:
            second, mark = self.tr("not over yet"), Badge(self.tr("Open"))
        return Row(month_text(state.month), second, icon="lock" if state.closed_by else "edit", badges=(mark,))

    def _loaded(self, months: tuple[MonthState, ...]) -> None:
        if months != self.model.items:
            self.model.show(months)

    def _failed(self, _error: KioskError) -> None:
        self._closed = None
        self.notice.say("bad", self.tr("The database does not answer; the list may be out of date."), self.tr("Again"))

    def _open(self, index: QModelIndex) -> None:
        state = self.model.items[index.row()]
        self.notice.clear()
        if state.closed_by is not None:
            reopen = ReopenScreen(self._backend, self._background, state.month)
            reopen.reopened.connect(lambda _: self._say_open(state))
            self.opens.emit(reopen)
        elif state.is_over:
            close = CloseMonthScreen(self._backend, self._background, state.month)
            close.done.connect(lambda name: self.say_closed(state, name))
            self.opens.emit(close)
        else:
            self._closed = None
            self.notice.say("advice", self.tr("A month is closed when its last day has ended."))

    def say_closed(self, state: MonthState, name: str) -> None:
        """Say that a month was closed; the notice's button undoes it."""
        self._closed = state, name
        sentence = self.tr("{month} is closed by {name}; nothing in it is corrected any more.")
        self.notice.say("good", sentence.format(month=month_text(state.month), name=name), self.tr("Undo"))

    def _say_open(self, state: MonthState) -> None:
        self._closed = None
        sentence = self.tr("{month} is open again. Close it when it is corrected.")
        self.notice.say("good", sentence.format(month=month_text(state.month)))
        self.load()

    def _press_notice(self) -> None:
        if self._closed is None:
            self.notice.clear()
            self.load()
            return
        (state, name), reason = self._closed, self.tr("Closed by mistake; undone at once")
        self._background.run(
            self,
            lambda: self._backend.reopen_month(state.month, name, reason),
            lambda _: self._say_open(state),
            self._failed,
        )
