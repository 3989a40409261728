"""One thing that the look through the enrolled people found, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kiosk.domain.gallery_finding import FindingKind, GalleryFinding
from kiosk.employees.results import EmployeeSummary, PairJudgement
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.gallery.backend import GalleryBackend, GalleryReport
from kiosk.ui.gallery.labels import finding_heading, finding_help, finding_text
from kiosk.ui.people.backend import PersonBackend
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.widgets import Button, Label


class FindingScreen(AdminScreen):
    """Closes when the pair was judged.

    Signals:
        judged: the PairJudgement, and the sentence that says it.
    """

    judged = Signal(PairJudgement, str)

    def __init__(
        self,
        backend: GalleryBackend,
        people: PersonBackend,
        background: Background,
        finding: GalleryFinding,
        report: GalleryReport,
    ) -> None:
        self._backend, self._people, self._background = backend, people, background
        self._finding, self._report = finding, report
        super().__init__()
        self.said, self.help, self.notice = Label("strong"), Label("body"), Notice()
        numbers = (finding.employee_id, finding.other_id)
        self.two = Button("primary", "people")
        self.keep = {number: Button("secondary", "person") for number in numbers if number is not None}
        self.show_person = {number: Button("secondary", "next") for number in numbers if number is not None}
        column = ScrollColumn()
        for widget in (self.said, self.help):
            column.content.addWidget(widget)
        if finding.kind is FindingKind.SAME_PERSON:
            for button in (self.two, *self.keep.values()):
                column.content.addWidget(button)
        for button in self.show_person.values():
            column.content.addWidget(button)
        column.content.addStretch(1)
        self.add_notice(self.notice)
        self.body.addWidget(column)
        self.two.clicked.connect(lambda: self._judge(None))
        for number, button in self.keep.items():
            button.clicked.connect(lambda _=False, kept=number: self._judge(kept))
        for number, button in self.show_person.items():
            button.clicked.connect(lambda _=False, whose=number: self._open(whose))

    def title(self) -> str:
        return finding_heading(self._finding, self._report)

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(finding_text(self._finding))
        self.help.setText(finding_help(self._finding))
        self.two.setText(self.tr("They are two people"))
        for number, button in self.keep.items():
            text = self.tr("One person: keep {name} (no. {number})")
            button.setText(text.format(name=self._name(number), number=number))
        for number, button in self.show_person.items():
            button.setText(self.tr("Open {name}").format(name=self._name(number)))

    def _name(self, number: int) -> str:
        return self._report.names.get(number, str(number))

    def _judge(self, kept: int | None) -> None:
        first, second = self.keep

        def judge() -> PairJudgement:
            return self._backend.judge_pair(first, second, kept)

        self._background.run(self, judge, self._say_judged, self._failed)

    def _say_judged(self, judgement: PairJudgement) -> None:
        gone = judgement.deactivated
        if gone is None:
            said = self.tr("They count as two people now. Enroll both again, so that the kiosk can tell them apart.")
        else:
            said = self.tr("{name} (no. {number}) is deactivated.").format(name=self._name(gone), number=gone)
        self.closed.emit()
        self.judged.emit(judgement, said)

    def _open(self, number: int) -> None:
        def read() -> EmployeeSummary:
            return self._people.person(number)

        self._background.run(self, read, self._opened, self._failed)

    def _opened(self, member: EmployeeSummary) -> None:
        self.opens.emit(PersonScreen(self._people, self._background, member))

    def _failed(self, _: KioskError) -> None:
        self.notice.say("bad", self.tr("The database does not answer. Nothing was changed; try again."))
