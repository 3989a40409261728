"""One employee: what is known, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout

from kiosk.domain.stored_data import StoredData
from kiosk.employees.results import EmployeeSummary, Erasure, PersonalDataExport
from kiosk.employees.schemas import Employee
from kiosk.errors import EmployeeNotFound, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.events.backend import EventsContext, JournalSpan
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.people.backend import PersonBackend
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.month_bars import MonthBars
from kiosk.ui.people.person_labels import PersonLabels
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.portrait import Portrait
from kiosk.ui.theme import Scale
from kiosk.ui.timesheets.screen import TimesheetScreen
from kiosk.ui.widgets import Button, Label

PORTRAIT_PX = 240


class PersonScreen(AdminScreen):
    """Deactivating can be undone at once; erasing asks first."""

    column_width = "wide"

    def __init__(
        self,
        backend: PersonBackend,
        background: Background,
        member: EmployeeSummary,
        events: EventsContext | None = None,
    ) -> None:
        """events: what the journal is made with; None for a page that does not lead to it."""
        self.member, self._events = member, events
        self._stored: StoredData | None = None
        super().__init__()
        self._backend, self._background = backend, background
        self.notice = Notice()
        self._undo: Callable[[], None] = self.load
        self._is_away, self._is_more_shown, self._asked = False, False, 0
        self.notice.pressed.connect(self._press_notice)
        self.details, self.month, self.stored = DetailsCard(8), MonthBars(), Label("soft")
        self.portrait, self.summary = Portrait(member.person.full_name, 132), Label("body")
        self.journal, self.hours = Button("secondary", "list"), Button("secondary", "stick")
        self.edit, self.set_pin = Button("secondary", "edit"), Button("secondary", "keypad")
        self.enroll, self.export = Button("secondary", "camera"), Button("secondary", "disk")
        self.more = Button("quiet", "down")
        self.activity, self.remove_pin, self.erase = (Button("quiet") for _ in range(3))
        self._buttons = (self.journal, self.hours, self.enroll, self.edit, self.set_pin, self.export)
        for button in self._buttons:
            button.setProperty("snug", "true")
        self._grid, self._others = QGridLayout(), QVBoxLayout()
        self._who, self._halves = QHBoxLayout(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._connect()

    def _build(self) -> None:
        column, left, right = ScrollColumn(), QVBoxLayout(), QVBoxLayout()
        self._who.addWidget(self.portrait)
        self._who.addWidget(self.summary, 1)
        for layout in (self._who, self._grid):
            left.addLayout(layout)
        left.addStretch(1)
        right.addWidget(self.month)
        right.addStretch(1)
        self._halves.addLayout(left, 7)
        self._halves.addLayout(right, 6)
        column.content.addLayout(self._halves)
        for widget in (self.details, self.stored, self.more):
            column.content.addWidget(widget)
        for button in (self.activity, self.remove_pin, self.erase):
            self._others.addWidget(button)
        column.content.addLayout(self._others)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.add_notice(self.notice)

    def _connect(self) -> None:
        self.edit.clicked.connect(lambda: self._open(EditScreen))
        self.set_pin.clicked.connect(lambda: self._open(SetPinScreen))
        self.enroll.clicked.connect(lambda: self._open(EnrollScreen))
        self.journal.clicked.connect(self._open_journal)
        self.hours.clicked.connect(self._open_hours)
        self.more.clicked.connect(self._show_more)
        self.month.wanted.connect(self._read_month)
        self.activity.clicked.connect(self._change_activity)
        self.export.clicked.connect(self._ask_where)
        self.erase.clicked.connect(self._ask_erase)
        self.remove_pin.clicked.connect(self._ask_remove_pin)

    def title(self) -> str:
        return self.member.person.full_name

    def entered(self) -> None:
        self.load()
        person, read = self.member.person, self._backend.portrait
        self._background.run(self, lambda: read(person, PORTRAIT_PX), self.portrait.show_picture, lambda _: None)
        self._read_month(None)

    def load(self) -> None:
        """Read the employee again."""
        employee_id, asked, run = self.member.person.id, self._ask(), self._background.run
        run(self, lambda: self._backend.person(employee_id), lambda member: self._loaded(asked, member), self._failed)
        run(self, lambda: self._backend.stored_about(employee_id), self._show_stored, lambda _: None)

    def _read_month(self, month: date | None) -> None:
        employee_id = self.member.person.id
        read = self._backend.month_of
        self._background.run(self, lambda: read(employee_id, month), self.month.show_month, lambda _: None)

    def _show_stored(self, stored: StoredData) -> None:
        self._stored = stored
        self.retranslate()

    def _open_journal(self) -> None:
        if self._events is not None:
            person = self.member.person
            self.opens.emit(EventsScreen(self._events, None, (person.id, person.full_name), JournalSpan.MONTH))

    def _open_hours(self) -> None:
        whose = self.member.person.id, self.member.person.full_name
        self.opens.emit(TimesheetScreen(self._backend, self._background, person=whose))

    def _show_more(self) -> None:
        self._is_more_shown = not self._is_more_shown
        self.retranslate()

    def _ask(self) -> int:
        """Return a number for a question; an answer to an older question is ignored."""
        self._asked += 1
        return self._asked

    def retranslate(self) -> None:
        super().retranslate()
        person = self.member.person
        self.details.set_rows(PersonLabels().details(self.member))
        self.summary.setText(PersonLabels().summary(self.member))
        enrolled = self.member.templates or self.member.outdated
        self.enroll.setText(self.tr("Enroll again") if enrolled else self.tr("Enroll the face"))
        self.edit.setText(self.tr("Edit"))
        self.set_pin.setText(self.tr("Set PIN") if self.member.number is None else self.tr("New PIN"))
        self.activity.setText(self.tr("Deactivate") if person.is_active else self.tr("Restore"))
        self.export.setText(self.tr("Copy of the data"))
        self.erase.setText(self.tr("Erase the face"))
        self.remove_pin.setText(self.tr("Remove the PIN"))
        self.journal.setText(self.tr("Journal"))
        self.hours.setText(self.tr("Hours to a stick"))
        self.journal.setVisible(self._events is not None)
        self.more.setText(self.tr("More"))
        shown = self._is_more_shown or not person.is_active
        self.more.setVisible(person.is_active)
        self.activity.setVisible(shown)
        self.erase.setVisible(shown)
        self.remove_pin.setVisible(shown and self.member.number is not None)
        if self._stored is not None:
            self.stored.setText(PersonLabels().stored(self._stored))
        for button in (self.enroll, self.set_pin):
            button.setEnabled(person.is_active)

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        for layout in (self._grid, self._who, self._others):
            layout.setSpacing(scale.px("s"))
        self._halves.setSpacing(scale.px("m"))
        upright = scale.is_portrait
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        for place, button in enumerate(self._buttons if self._events is not None else self._buttons[1:]):
            self._grid.addWidget(button, *divmod(place, 2))

    def _loaded(self, asked: int, member: EmployeeSummary) -> None:
        if asked != self._asked:
            return
        if self._is_away:
            self._is_away = False
            self.notice.clear()
        self._show(member)

    def _show(self, member: EmployeeSummary) -> None:
        self.member = member
        self.retranslate()

    def _open(self, kind: Callable[[PersonBackend, Background, Employee], AdminScreen]) -> None:
        self.notice.clear()
        self.opens.emit(kind(self._backend, self._background, self.member.person))

    def _change_activity(self) -> None:
        person = self.member.person
        self.activity.setEnabled(False)
        self._ask()
        change = self._backend.deactivate if person.is_active else self._backend.restore
        self._background.run(self, lambda: change(person.id), self._changed_activity, self._failed)

    def _changed_activity(self, person: Employee) -> None:
        self.activity.setEnabled(True)
        name = person.full_name
        if person.is_active:
            self.notice.say("good", self.tr("{name} has been restored.").format(name=name))
        else:
            self._undo = self._change_activity
            sentence = self.tr("{name} has been deactivated; the door does not know them any more.")
            self.notice.say("advice", sentence.format(name=name), self.tr("Undo"))
        self._show(EmployeeSummary(person, self.member.templates, self.member.outdated, self.member.number))

    def _ask_where(self) -> None:
        self.notice.clear()
        files = FilesScreen(self._background, wants_folder=True)
        files.chosen.connect(self._export)
        self.opens.emit(files)

    def _export(self, chosen: tuple[Path]) -> None:
        employee_id, (folder,) = self.member.person.id, chosen
        self.export.setEnabled(False)
        self._background.run(
            self,
            lambda: self._backend.export(employee_id, folder),
            self._exported,
            lambda _: self._not_exported(folder),
        )

    def _exported(self, exported: PersonalDataExport) -> None:
        self.export.setEnabled(True)
        sentence = PersonLabels().exported(exported)
        self.notice.say("good", sentence)

    def _not_exported(self, folder: Path) -> None:
        self.export.setEnabled(True)
        self._undo = lambda: self._export((folder,))
        sentence = self.tr("Nothing was saved in {folder}: there is no room, or nothing may be written there.")
        self.notice.say("bad", sentence.format(folder=folder), self.tr("Again"))

    def _press_notice(self) -> None:
        self._undo()

    def _ask_remove_pin(self) -> None:
        question = ConfirmScreen(
            self.tr("Remove the PIN of {name}?").format(name=self.member.person.full_name),
            self.tr("Their number and PIN will not work any more. A new PIN comes with a new number."),
            self.tr("Remove"),
        )
        question.confirmed.connect(self._remove_pin)
        self.opens.emit(question)

    def _remove_pin(self) -> None:
        employee_id = self.member.person.id
        self.remove_pin.setEnabled(False)
        self._background.run(
            self, lambda: self._backend.remove_pin(employee_id), lambda _: self._removed_pin(), self._failed
        )

    def _removed_pin(self) -> None:
        self.remove_pin.setEnabled(True)
        self.notice.say("good", self.tr("The PIN was removed."))
        self.load()

    def _ask_erase(self) -> None:
        question = ConfirmScreen(
            self.tr("Erase the face of {name}?").format(name=self.member.person.full_name),
            self.tr(
                "All data of the face, the portrait and the snapshots are deleted at once, and the consent is "
                "withdrawn. The person, their PIN and the list of their entries and exits stay. This cannot be undone."
            ),
            self.tr("Erase for good"),
        )
        question.confirmed.connect(self._erase)
        self.opens.emit(question)

    def _erase(self) -> None:
        employee_id = self.member.person.id
        self.erase.setEnabled(False)
        self._background.run(self, lambda: self._backend.erase(employee_id), self._erased, self._failed)

    def _erased(self, erasure: Erasure) -> None:
        self.erase.setEnabled(True)
        sentence = PersonLabels().erased(erasure)
        self.notice.say("advice" if erasure.remains else "good", sentence)
        self.load()

    def _failed(self, error: KioskError) -> None:
        for button in (self.activity, self.erase, self.remove_pin):
            button.setEnabled(True)
        if isinstance(error, EmployeeNotFound):
            self.notice.say("bad", self.tr("This person is not in the database any more."))
            return
        self._undo, self._is_away = self.load, True
        self.notice.say("bad", self.tr("The database does not answer. Try again."), self.tr("Again"))
