"""Today's events, and who is in."""

from __future__ import annotations

import time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget

from kiosk.domain.attendance_log import LogEntry
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.background import Background
from kiosk.ui.events.backend import EventsBackend
from kiosk.ui.events.model import EventsModel
from kiosk.ui.events.void_screen import VoidScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

REFRESH_MS = 10_000
# No more than one part in so many of the time is spent on asking.
REFRESH_SHARE = 20
Entries: TypeAlias = tuple[LogEntry, ...]


class EventsScreen(AdminScreen):
    """Two lists that are refreshed every few seconds."""

    def __init__(self, backend: EventsBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self._is_loading = self._was_loaded = False
        self._asked_s = 0.0
        self.events, self.present = EventsModel(zone, self), EventsModel(zone, self)
        self.events_list, self.present_list = RowList(), RowList()
        self.events_list.setModel(self.events)
        self.present_list.setModel(self.present)
        self.events_list.chosen.connect(lambda index: self._open(self.events, index))
        self.present_list.chosen.connect(lambda index: self._open(self.present, index))
        self.refresh, self.notice = Button("icon", "repeat"), Notice()
        self.refresh.clicked.connect(self.load)
        self.notice.pressed.connect(self.load)
        self.add_to_head(self.refresh)
        self.show_events, self.show_present = Button("secondary"), Button("secondary")
        self._choice = QButtonGroup(self)
        self._tabs, self._lists = QHBoxLayout(), QStackedWidget()
        for button, shown in ((self.show_events, self.events_list), (self.show_present, self.present_list)):
            button.setCheckable(True)
            self._choice.addButton(button)
            self._tabs.addWidget(button, 1)
            self._lists.addWidget(shown)
            button.clicked.connect(lambda _=False, shown=shown: self._lists.setCurrentWidget(shown))
        self.show_events.setChecked(True)
        self.body.addLayout(self._tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._lists, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.load)

    def title(self) -> str:
        return self.tr("Today's events")

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()

    def load(self) -> None:
        """Read today's events."""
        if not self._is_loading:
            self._is_loading, self._asked_s = True, time.monotonic()
            before = (tuple(self.events.entries), tuple(self.present.entries)) if self._was_loaded else None
            self._background.run(self, lambda: self._changes(before), self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.events_list.setAccessibleName(self.tr("Events of today"))
        self.present_list.setAccessibleName(self.tr("Who is in now"))
        self._say_counts()

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._tabs.setSpacing(scale.px("s"))

    def _say_counts(self) -> None:
        self.show_events.setText(self.tr("Events: %n", "", self.events.rowCount()))
        self.show_present.setText(self.tr("In now: %n", "", self.present.rowCount()))
        if not self._was_loaded:
            nothing = nobody = self.tr("One moment…")
        else:
            nothing, nobody = self.tr("Nothing has happened today."), self.tr("Nobody is in.")
        self.events_list.set_placeholder(nothing)
        self.present_list.set_placeholder(nobody)

    def _changes(self, before: tuple[Entries, Entries] | None) -> tuple[Entries, Entries] | None:
        """Return the events and who is in, or None when all is as before; thousands are no work for the main thread."""
        found = self._backend.events_today(), self._backend.present()
        return None if found == before else found

    def _loaded(self, changes: tuple[Entries, Entries] | None) -> None:
        self._was_loaded = True
        self._rest()
        self.notice.clear()
        if changes is not None:
            _show(self.events, self.events_list, changes[0])
            _show(self.present, self.present_list, changes[1])
        self._say_counts()

    def _rest(self) -> None:
        """Ask less often where reading a long day takes long."""
        self._is_loading = False
        took_ms = round((time.monotonic() - self._asked_s) * 1000)
        self._timer.setInterval(max(REFRESH_MS, took_ms * REFRESH_SHARE))

    def _failed(self, _error: KioskError) -> None:
        self._rest()
        self.notice.say("bad", self.tr("The database does not answer; the list may be out of date."), self.tr("Again"))

    def _open(self, model: EventsModel, index: QModelIndex) -> None:
        self.opens.emit(VoidScreen(self._backend, self._background, model.entry_at(index.row()), self._zone))


def _show(model: EventsModel, shown: RowList, entries: Entries) -> None:
    """Show other rows and keep the scroll position."""
    scrolled = shown.verticalScrollBar().value()
    model.show(entries)
    shown.verticalScrollBar().setValue(scrolled)
