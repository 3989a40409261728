"""What the administrator learns of the enrolled people at the door, and says of pairs who look alike."""

from __future__ import annotations

import threading
from datetime import timedelta

from db.employee_queries import active_names
from db.session import Database
from kiosk.core.context import acting_as
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CERTAIN_DAYS, SwitchState
from kiosk.domain.gallery_finding import FindingKind
from kiosk.domain.ports import Clock
from kiosk.employees.results import PairJudgement
from kiosk.employees.store import EmployeeStore
from kiosk.recognition.embedder_switches import EmbedderSwitches, SwitchProgress
from kiosk.recognition.gallery_check import check_gallery
from kiosk.ui.gallery.backend import GalleryReport, PersonLeft, SwitchShown

ACTOR = "admin"
# Thousands of enrolled people are compared with each other in a second or more.
COUNTED_EVERY_S = 600.0


class AdminGallery:
    """Any thread may call any method; all may block and raise StorageError.

    Args:
        database: of the office.
        decider: of the door.
        model_version: of the embedder that decides.
        clock: the time.
        visits_make_templates: whether certain visits become templates of a new embedder.
        way_back: how long old templates are kept after a change was finished.
    """

    def __init__(  # noqa: PLR0917
        self,
        database: Database,
        decider: Decider,
        model_version: str,
        clock: Clock,
        visits_make_templates: bool,
        way_back: timedelta,
    ) -> None:
        self._database, self._decider, self._model_version = database, decider, model_version
        self._clock, self._visits_make_templates, self._way_back = clock, visits_make_templates, way_back
        self._counting = threading.Lock()
        self._counted: tuple[float, int] | None = None

    def report(self) -> GalleryReport:
        findings = check_gallery(self._database, self._decider, self._model_version)
        with self._database.reading() as session:
            names = active_names(session)
        progress = EmbedderSwitches(self._database).progress()
        report = GalleryReport(findings, names, None if progress is None else self._shown(progress))
        to_do = sum(finding.kind is not FindingKind.LOOK_ALIKES for finding in findings)
        self._counted = self._clock.monotonic_s(), to_do
        return report

    def finding_count(self) -> int:
        with self._counting:
            if self._counted is None or self._clock.monotonic_s() - self._counted[0] > COUNTED_EVERY_S:
                self.report()
            return 0 if self._counted is None else self._counted[1]

    def judge_pair(self, first: int, second: int, keep: int | None) -> PairJudgement:
        self._counted = None
        with acting_as(ACTOR):
            return EmployeeStore(self._database).judge_pair(first, second, keep)

    def take_back_judgement(self, judgement: PairJudgement) -> None:
        self._counted = None
        with acting_as(ACTOR):
            EmployeeStore(self._database).take_back_judgement(judgement)

    def _shown(self, progress: SwitchProgress) -> SwitchShown:
        switch = progress.switch
        return SwitchShown(
            old_model=switch.old_model,
            new_model=switch.new_model,
            people=len(progress.people),
            left=tuple(PersonLeft(one.employee_id, one.full_name, one.certain_days) for one in progress.left),
            is_finished=switch.state is SwitchState.FINISHED,
            back_until=None if switch.finished_at is None else switch.finished_at + self._way_back,
            needed_days=CERTAIN_DAYS if self._visits_make_templates else None,
        )
