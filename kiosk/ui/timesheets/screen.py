"""Saving a month's timesheet onto a stick, and the way to closing months."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QGridLayout

from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.language import shown_language
from kiosk.ui.theme import Scale
from kiosk.ui.timesheets.backend import TimesheetBackend
from kiosk.ui.timesheets.closed_months_screen import ClosedMonthsScreen
from kiosk.ui.widgets import Button, Label

FORMATS = (TimesheetFormat.XLSX, TimesheetFormat.PDF, TimesheetFormat.T13_XLSX, TimesheetFormat.T13_PDF)


class TimesheetScreen(AdminScreen):
    """The month and the form are chosen first, then the folder."""

    def __init__(
        self,
        backend: TimesheetBackend,
        background: Background,
        closing: Callable[[], ClosedMonthsScreen] | None = None,
        person: tuple[int, str] | None = None,
    ) -> None:
        """Args:
        backend: saves the timesheet.
        background: where that is done.
        closing: makes the screen on which months are closed; None for a screen that does not lead there.
        person: number and name of the one whose timesheet it is; None for everybody's.
        """
        self._person = person
        super().__init__()
        self._backend, self._background = backend, background
        self.notice = Notice()
        self.notice.pressed.connect(self._save_again)
        self.last_month, self.this_month = Button("secondary"), Button("secondary")
        self.formats = {file_format: Button("secondary") for file_format in FORMATS}
        self.save, self.close_month = Button("primary", "disk"), Button("secondary", "lock")
        self._month, self._form = Label("body"), Label("body")
        self._again: Callable[[], None] = lambda: None
        self._groups = [self._group(self.last_month, self.this_month), self._group(*self.formats.values())]
        self.last_month.setChecked(True)
        self.formats[TimesheetFormat.XLSX].setChecked(True)
        self._months, self._grid = QGridLayout(), QGridLayout()
        column = ScrollColumn()
        self.add_notice(self.notice)
        column.content.addWidget(self._month)
        column.content.addLayout(self._months)
        column.content.addWidget(self._form)
        column.content.addLayout(self._grid)
        column.content.addWidget(self.save)
        column.content.addWidget(self.close_month)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.save.clicked.connect(lambda: self._ask_where(self._save_timesheet))
        self.close_month.setVisible(closing is not None)
        if closing is not None:
            self.close_month.clicked.connect(lambda: self.opens.emit(closing()))

    def title(self) -> str:
        if self._person is not None:
            return self.tr("Hours of {name}").format(name=self._person[1])
        return self.tr("Timesheets")

    def retranslate(self) -> None:
        super().retranslate()
        self._month.setText(self.tr("Month"))
        self._form.setText(self.tr("Form"))
        self.last_month.setText(self.tr("Last month"))
        self.this_month.setText(self.tr("This month"))
        self.formats[TimesheetFormat.XLSX].setText(self.tr("Spreadsheet"))
        self.formats[TimesheetFormat.PDF].setText(self.tr("PDF"))
        self.formats[TimesheetFormat.T13_XLSX].setText(self.tr("T-13, spreadsheet"))
        self.formats[TimesheetFormat.T13_PDF].setText(self.tr("T-13, PDF"))
        self.save.setText(self.tr("Save the timesheet"))
        self.close_month.setText(self.tr("Close a month"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        for grid in (self._months, self._grid):
            grid.setSpacing(scale.px("s"))
        for place, button in enumerate((self.last_month, self.this_month)):
            self._months.addWidget(button, 0, place)
        for place, button in enumerate(self.formats.values()):
            self._grid.addWidget(button, place // 2, place % 2)

    def _group(self, *buttons: Button) -> QButtonGroup:
        group = QButtonGroup(self)
        for button in buttons:
            button.setCheckable(True)
            group.addButton(button)
        return group

    def _ask_where(self, save: Callable[[Path], Path]) -> None:
        self.notice.clear()
        files = FilesScreen(self._background, wants_folder=True)
        files.chosen.connect(lambda chosen: self._write(save, chosen[0]))
        self.opens.emit(files)

    def _save_timesheet(self, folder: Path) -> Path:
        chosen = next(file_format for file_format, button in self.formats.items() if button.isChecked())
        language = OfficeLanguage(shown_language().value)
        last_month = self.last_month.isChecked()
        number = None if self._person is None else self._person[0]
        return self._backend.save_timesheet(
            chosen, folder, last_month=last_month, language=language, employee_id=number
        )

    def _write(self, save: Callable[[Path], Path], folder: Path) -> None:
        self._again = lambda: self._write(save, folder)
        self._set_waiting(True)
        self._background.run(self, lambda: save(folder), self._saved, lambda error: self._failed(error, folder))

    def _saved(self, path: Path) -> None:
        self._set_waiting(False)
        self.notice.say("good", self.tr("Saved as {path}.").format(path=path))

    def _failed(self, _error: KioskError, folder: Path) -> None:
        self._set_waiting(False)
        sentence = self.tr("Nothing was saved in {folder}: there is no room, or the database does not answer.")
        self.notice.say("bad", sentence.format(folder=folder), self.tr("Again"))

    def _save_again(self) -> None:
        self._again()

    def _set_waiting(self, waiting: bool) -> None:
        self.save.setEnabled(not waiting)
