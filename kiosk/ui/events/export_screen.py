"""Saving what the journal shows to a stick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from kiosk.core.progress import Progress
from kiosk.domain.office_language import OfficeLanguage
from kiosk.errors import Cancelled, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonRow, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.events.backend import EventsContext, JournalQuery
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import shown_language
from kiosk.ui.widgets import Button, Label

LOOKED_EVERY_MS = 100


class ExportScreen(AdminScreen):
    """Asks for the folder, writes a spreadsheet, and says how far that is; leaving it cancels."""

    def __init__(self, context: EventsContext, query: JournalQuery) -> None:
        super().__init__()
        self._context, self._query = context, query
        self._progress: Progress | None = None
        self._folder: Path | None = None
        self.said, self.notice, self.bar = Label("strong"), Notice(), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.save, self.cancel = Button("primary", "stick"), Button("secondary", "close")
        self.cancel.hide()
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self._cancel)
        self.notice.pressed.connect(self._write)
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.said, self.bar, ButtonRow(self.save, self.cancel)):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def title(self) -> str:
        return self.tr("Save the journal")

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(self.tr("A spreadsheet of the events that the journal shows now, with their corrections."))
        self.save.setText(self.tr("Choose a stick"))
        self.cancel.setText(self.tr("Cancel"))
        self.bar.setAccessibleName(self.tr("Progress"))

    def left(self) -> None:
        # The chooser of folders is shown above this screen before anything is written.
        self._cancel()

    def _ask_where(self) -> None:
        self.notice.clear()
        files = FilesScreen(self._context.background, wants_folder=True)
        files.chosen.connect(lambda chosen: self.write(chosen[0]))
        self.opens.emit(files)

    def write(self, folder: Path) -> None:
        """Write the file into a folder."""
        self._folder = folder
        self._write()

    def _write(self) -> None:
        folder, progress = self._folder, Progress()
        if folder is None:
            return
        self._progress = progress
        language = OfficeLanguage(shown_language().value)
        backend, query = self._context.backend, self._query
        self.notice.clear()
        self._set_busy(True)
        self._context.background.run(
            self,
            lambda: backend.save_events(query, folder, progress, language=language),
            self._saved,
            self._failed,
        )

    def _look(self) -> None:
        """Show how far it is; the administration does not close meanwhile."""
        self.alive.emit()
        share = None if self._progress is None else self._progress.share
        self.bar.setRange(0, 0 if share is None else 100)
        if share is not None:
            self.bar.setValue(round(share * 100))

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _saved(self, path: Path) -> None:
        self._set_busy(False)
        self.notice.say("good", self.tr("Saved as {path}. The stick may be pulled out.").format(path=path))

    def _failed(self, error: KioskError) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            self.notice.say("advice", self.tr("Cancelled. Nothing was left on the stick."))
            return
        sentence = self.tr("Nothing was saved in {folder}: there is no room, or the database does not answer.")
        self.notice.say("bad", sentence.format(folder=self._folder), self.tr("Again"))

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.save.setVisible(not busy)
        if busy:
            self._timer.start()
            self._look()
            return
        self._progress = None
        self._timer.stop()
