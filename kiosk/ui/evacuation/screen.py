"""Who is in, by department, in large letters; it serves without the database too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer

from kiosk.domain.office_language import OfficeLanguage
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.evacuation.backend import EvacuationBackend, PeopleIn
from kiosk.ui.events.labels import short_day_text
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import shown_language, time_text
from kiosk.ui.widgets import Button, Label

REFRESH_MS = 10_000


class EvacuationScreen(AdminScreen):
    """Reads the list again every few seconds; what cannot be read stays as it was, and says so.

    Attributes:
        is_loading: an answer is awaited.
    """

    def __init__(
        self, backend: EvacuationBackend, background: Background, zone: ZoneInfo, *, may_save: bool = True
    ) -> None:
        """may_save: whether the list may be written onto a stick."""
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self._shown: PeopleIn | None = None
        self.is_loading, self._language = False, shown_language()
        self.model, self.list, self.notice = RowsModel[Row](lambda row: row, self), RowList(is_large=True), Notice()
        self.list.setModel(self.model)
        self.list.setSelectionMode(RowList.SelectionMode.NoSelection)
        self._as_of, self.refresh, self.save = Label("soft"), Button("icon", "repeat"), Button("secondary", "disk")
        self._as_of.setWordWrap(False)
        self.saved = Notice()
        for widget in (self._as_of, self.refresh, self.save):
            self.add_to_head(widget)
        self.save.setVisible(may_save)
        self.add_notice(self.notice)
        self.add_notice(self.saved)
        self.body.addWidget(self.list, 1)
        self.refresh.clicked.connect(self.load)
        self.save.clicked.connect(self._ask_where)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.load)

    def title(self) -> str:
        return self.tr("Who is in") if self._shown is None else self.tr("In now: %n", "", len(self._shown.people))

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()

    def load(self) -> None:
        """Read who is in."""
        if not self.is_loading:
            self.is_loading = True
            self._background.run(self, self._backend.people_in, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.save.setText(self.tr("Save"))
        self.save.setAccessibleName(self.tr("Save the list of who is in"))
        self.list.setAccessibleName(self.tr("Who is in"))
        shown = self._shown
        if shown is None:
            self.list.set_placeholder(self.tr("One moment…"))
            return
        self.list.set_placeholder(self.tr("Nobody is in."))
        if self.model.items and shown_language() is not self._language:
            self._show(shown)
        self._language = shown_language()
        self._as_of.setText(self.tr("as of {time}").format(time=time_text(shown.as_of, self._zone)))
        if shown.is_copy:
            sentence = self.tr(
                "The database does not answer. This is the copy of {time} with what this door has seen since; at other "
                "doors people may have come or left."
            )
            self.notice.say("advice", sentence.format(time=time_text(shown.as_of, self._zone)))

    def _loaded(self, found: PeopleIn) -> None:
        self.is_loading = False
        before, self._shown = self._shown, found
        self.notice.clear()
        if before is None or before.people != found.people:
            self._show(found)
        self.retranslate()

    def _show(self, found: PeopleIn) -> None:
        scrolled = self.list.verticalScrollBar().value()
        self.model.show(tuple(_rows(found, self._zone, self.tr("Without a department"))))
        self.list.verticalScrollBar().setValue(scrolled)

    def _failed(self, _error: KioskError) -> None:
        self.is_loading = False
        if self._shown is None:
            self.list.set_placeholder("")
        sentence = self.tr("Neither the database nor a copy of the list can be read; ask another door.")
        self.notice.say("bad", sentence)

    def _ask_where(self) -> None:
        self.saved.clear()
        files = FilesScreen(self._background, wants_folder=True)
        files.chosen.connect(lambda chosen: self._write(chosen[0]))
        self.opens.emit(files)

    def _write(self, folder: Path) -> None:
        self.save.setEnabled(False)
        language = OfficeLanguage(shown_language().value)
        self._background.run(
            self,
            lambda: self._backend.save_evacuation_list(folder, language=language),
            self._saved,
            lambda _: self._not_saved(folder),
        )

    def _saved(self, path: Path) -> None:
        self.save.setEnabled(True)
        self.saved.say("good", self.tr("Saved as {path}.").format(path=path))

    def _not_saved(self, folder: Path) -> None:
        self.save.setEnabled(True)
        sentence = self.tr("Nothing was saved in {folder}: there is no room, or nothing may be written there.")
        self.saved.say("bad", sentence.format(folder=folder))


def _rows(found: PeopleIn, zone: ZoneInfo, without: str) -> Iterator[Row]:
    """Yield a heading for each department, and its people."""
    today = found.as_of.astimezone(zone).date()
    for department, people in groupby(found.people, key=lambda person: person.department):
        of_department = tuple(people)
        yield Row(f"{department or without}: {len(of_department)}", is_heading=True)
        for person in of_department:
            day = person.since_at.astimezone(zone).date()
            since = "" if day == today else short_day_text(day)
            second = " · ".join(part for part in (since, person.door) if part)
            yield Row(person.full_name, second, lead=time_text(person.since_at, zone))
