"""The list of what makes enrolled people missed or mistaken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex

from kiosk.domain.gallery_finding import FindingKind, GalleryFinding
from kiosk.employees.results import PairJudgement
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.gallery.backend import GalleryBackend, GalleryReport, SwitchShown
from kiosk.ui.gallery.finding_screen import FindingScreen
from kiosk.ui.gallery.labels import finding_heading, finding_text, switch_text
from kiosk.ui.gallery.switch_screen import SwitchScreen
from kiosk.ui.people.backend import PersonBackend
from kiosk.ui.widgets import Button, Label

Item: TypeAlias = SwitchShown | GalleryFinding


class GalleryScreen(AdminScreen):
    """Touching a row opens it; a judgement is taken back above the list."""

    def __init__(self, backend: GalleryBackend, people: PersonBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._people, self._background, self._zone = backend, people, background, zone
        self._report: GalleryReport | None = None
        self._press: Callable[[], None] = self.load
        self.model = RowsModel[Item](self._row, self)
        self.list, self.notice = RowList(), Notice()
        self.list.setModel(self.model)
        self.list.chosen.connect(self._open)
        self.notice.pressed.connect(self._press_notice)
        self._count, self.refresh = Label("soft"), Button("icon", "repeat")
        self._count.setWordWrap(False)
        self.refresh.clicked.connect(self.load)
        self.add_to_head(self._count)
        self.add_to_head(self.refresh)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)

    @property
    def is_loaded(self) -> bool:
        """Whether the gallery was looked through."""
        return self._report is not None

    def title(self) -> str:
        return self.tr("Check of the faces")

    def entered(self) -> None:
        self.load()

    def load(self) -> None:
        """Look through the gallery."""
        self._background.run(self, self._backend.report, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.refresh.setAccessibleName(self.tr("Refresh"))
        self.list.setAccessibleName(self.tr("Check of the faces"))
        count = 0 if self._report is None else len(self._report.findings)
        self._count.setText(self.tr("%n found", "", count) if count else "")
        nothing = self.tr("Everybody who is enrolled is told apart, and recognised by the face.")
        self.list.set_placeholder(self.tr("One moment…") if self._report is None else nothing)

    def _loaded(self, report: GalleryReport) -> None:
        self._report = report
        switch = () if report.switch is None else (report.switch,)
        self.model.show((*switch, *report.findings))
        self.retranslate()

    def _failed(self, _error: KioskError) -> None:
        self.notice.say("bad", self.tr("The database does not answer; the list may be out of date."), self.tr("Again"))
        self._press = self.load

    def _press_notice(self) -> None:
        self._press()

    def _row(self, item: Item) -> Row:
        assert self._report is not None  # noqa: S101  rows come from a report
        if isinstance(item, SwitchShown):
            return Row(self.tr("Change to another network"), switch_text(item), icon="repeat")
        asked = Badge(self.tr("Judge"), "advice") if item.kind is FindingKind.SAME_PERSON else None
        icon = "people" if item.other_id else "person"
        return Row(
            finding_heading(item, self._report),
            finding_text(item),
            icon=icon,
            icon_colour="accent" if item.kind is FindingKind.LOOK_ALIKES else "advice",
            badges=() if asked is None else (asked,),
        )

    def _open(self, index: QModelIndex) -> None:
        item = self.model.items[index.row()]
        if isinstance(item, SwitchShown):
            self.opens.emit(SwitchScreen(item, self._zone))
            return
        assert self._report is not None  # noqa: S101  rows come from a report
        screen = FindingScreen(self._backend, self._people, self._background, item, self._report)
        screen.judged.connect(self._say_judged)
        self.opens.emit(screen)

    def _say_judged(self, judgement: PairJudgement, sentence: str) -> None:
        self.notice.say("good", sentence, self.tr("Undo"))
        self._press = lambda: self._take_back(judgement)
        self.load()

    def _take_back(self, judgement: PairJudgement) -> None:
        def take_back() -> None:
            self._backend.take_back_judgement(judgement)

        def failed(_: KioskError) -> None:
            sentence = self.tr("The database does not answer. Nothing is lost; try again.")
            self.notice.say("bad", sentence, self.tr("Again"))

        self._background.run(self, take_back, lambda _: self._taken_back(), failed)

    def _taken_back(self) -> None:
        self.notice.say("good", self.tr("It is undone: what counted before counts again."))
        self.load()
