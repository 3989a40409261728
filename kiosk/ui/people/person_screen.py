"""One employee: what is known, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout

from kiosk.employees.results import EmployeeSummary, Erasure, PersonalDataExport
from kiosk.employees.schemas import Employee
from kiosk.errors import EmployeeNotFound, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.people.backend import PeopleBackend
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.labels import leftover_text
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class PersonScreen(AdminScreen):
    """Deactivating can be undone at once; erasing asks first."""

    def __init__(self, backend: PeopleBackend, background: Background, member: EmployeeSummary) -> None:
        self.member = member
        super().__init__()
        self._backend, self._background = backend, background
        self.notice = Notice()
        self._undo: Callable[[], None] = self.load
        self._is_away, self._asked = False, 0
        self.notice.pressed.connect(self._press_notice)
        self.details = DetailsCard(8)
        self.edit, self.set_pin = Button("secondary", "edit"), Button("secondary", "keypad")
        self.enroll, self.activity = Button("secondary", "camera"), Button("secondary", "power")
        self.export, self.erase = Button("secondary", "disk"), Button("danger", "erase")
        self.remove_pin = Button("danger", "close")
        others = (self.activity, self.export, self.erase, self.remove_pin)
        self._buttons = (self.enroll, self.edit, self.set_pin, *others)
        self._column = ScrollColumn()
        self._grid = QGridLayout()
        self.add_notice(self.notice)
        self._column.content.addWidget(self.details)
        self._column.content.addLayout(self._grid)
        self._column.content.addStretch(1)
        self.body.addWidget(self._column)
        self._connect()

    def _connect(self) -> None:
        make = partial(self._open, self._backend, self._background)
        self.edit.clicked.connect(lambda: make(EditScreen))
        self.set_pin.clicked.connect(lambda: make(SetPinScreen))
        self.enroll.clicked.connect(lambda: make(EnrollScreen))
        self.activity.clicked.connect(self._change_activity)
        self.export.clicked.connect(self._ask_where)
        self.erase.clicked.connect(self._ask_erase)
        self.remove_pin.clicked.connect(self._ask_remove_pin)

    def title(self) -> str:
        return self.member.person.full_name

    def entered(self) -> None:
        self.load()

    def load(self) -> None:
        """Read the employee again."""
        employee_id, asked = self.member.person.id, self._ask()
        self._background.run(
            self, lambda: self._backend.person(employee_id), lambda member: self._loaded(asked, member), self._failed
        )

    def _ask(self) -> int:
        """Return a number for a question; an answer to an older question is ignored."""
        self._asked += 1
        return self._asked

    def retranslate(self) -> None:
        super().retranslate()
        person = self.member.person
        department = person.department or self.tr("none")
        self.details.set_rows(
            (
                (self.tr("Greeted as"), person.called or person.full_name),
                (self.tr("E-mail"), person.shown_email or self.tr("none")),
                (self.tr("Department"), department),
                (self.tr("Position"), person.position or self.tr("none")),
                (self.tr("Personnel number"), person.external_id or self.tr("none")),
                (self.tr("Face"), self._face()),
                (self.tr("PIN"), self._pin()),
                (self.tr("At the door"), self._activity()),
            )
        )
        enrolled = self.member.templates or self.member.outdated
        self.enroll.setText(self.tr("Enroll the face again") if enrolled else self.tr("Enroll the face"))
        self.edit.setText(self.tr("Edit"))
        self.set_pin.setText(self.tr("Set PIN") if self.member.number is None else self.tr("New PIN"))
        self.activity.setText(self.tr("Deactivate") if person.is_active else self.tr("Restore"))
        self.export.setText(self.tr("Save a copy of the data"))
        self.erase.setText(self.tr("Erase the face"))
        self.remove_pin.setText(self.tr("Remove the PIN"))
        self.remove_pin.setVisible(self.member.number is not None)
        for button in (self.enroll, self.set_pin):
            button.setEnabled(person.is_active)

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._grid.setSpacing(scale.px("s"))
        columns = 1 if scale.is_portrait else 2
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def _face(self) -> str:
        if self.member.templates:
            return self.tr("enrolled from %n picture(s)", "", self.member.templates)
        if self.member.outdated:
            return self.tr("has to be enrolled again: recognition was changed")
        return self.tr("not enrolled")

    def _pin(self) -> str:
        number = self.member.number
        return self.tr("none") if number is None else self.tr("PIN number {number}").format(number=number)

    def _activity(self) -> str:
        if not self.member.person.is_active:
            return self.tr("deactivated, not recognised")
        if self.member.is_recognised:
            return self.tr("is recognised")
        return self.tr("registers by PIN") if self.member.number else self.tr("not recognised yet")

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

    def _open(
        self,
        backend: PeopleBackend,
        background: Background,
        kind: Callable[[PeopleBackend, Background, Employee], AdminScreen],
    ) -> None:
        self.notice.clear()
        self.opens.emit(kind(backend, background, self.member.person))

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
        sentence = self.tr("All that is stored about this person is in {path}.").format(path=exported.path)
        if exported.elsewhere:
            sentence += "\n" + self.tr("%n snapshot(s) are on other devices.", "", exported.elsewhere)
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
        sentence = self.tr("Erased: {templates}, {snapshots}, {consents}.").format(
            templates=self.tr("data made of %n picture(s)", "", erasure.templates),
            snapshots=self.tr("%n snapshot(s)", "", erasure.snapshots),
            consents=self.tr("%n consent(s)", "", erasure.consents),
        )
        if erasure.remains:
            remains = (f"• {leftover_text(left)}" for left in erasure.remains)
            sentence = "\n".join((sentence, self.tr("What remains:"), *remains))
        self.notice.say("advice" if erasure.remains else "good", sentence)
        self.load()

    def _failed(self, error: KioskError) -> None:
        for button in (self.activity, self.erase, self.remove_pin):
            button.setEnabled(True)
        if isinstance(error, EmployeeNotFound):
            self.notice.say("bad", self.tr("This person is not in the database any more."))
            return
        self._undo, self._is_away = self.load, True
        sentence = self.tr("The database does not answer. Try again.")
        self.notice.say("bad", sentence, self.tr("Again"))
