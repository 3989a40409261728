"""A fake backend of the look through the enrolled people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.domain.gallery_finding import FindingKind, GalleryFinding
from kiosk.employees.results import PairJudgement
from kiosk.employees.schemas import Employee
from kiosk.errors import KioskError
from kiosk.ui.gallery.backend import GalleryReport, PersonLeft, SwitchShown


class FakeGalleryBackend:
    """A GalleryBackend that finds something of each kind among the staff.

    Attributes:
        switch: the change that is under way; None for none.
        judged: the pairs that were judged, with the number that was kept.
        refuses: raised by every method; None for nothing.
    """

    def __init__(self, staff: Callable[[], tuple[Employee, ...]]) -> None:
        self._staff = staff
        self.switch: SwitchShown | None = None
        self.judged: list[tuple[int, int, int | None]] = []
        self.refuses: KioskError | None = None

    def report(self) -> GalleryReport:
        self._work()
        staff = self._staff()
        names = {person.id: person.full_name for person in staff}
        if len(staff) < 6:
            return GalleryReport((), names, self.switch)
        ids = [person.id for person in staff]
        same = GalleryFinding(FindingKind.SAME_PERSON, ids[0], 0.74, ids[1])
        if self.judged:
            same = replace(same, kind=FindingKind.LOOK_ALIKES)
        found = (
            same,
            GalleryFinding(FindingKind.LOOK_ALIKES, ids[1], 0.49, ids[2]),
            GalleryFinding(FindingKind.ODD_TEMPLATE, ids[3], 0.12, template_id=21),
            GalleryFinding(FindingKind.POOR_TEMPLATE, ids[4], 0.31, template_id=25),
            GalleryFinding(FindingKind.MOSTLY_MISSED, ids[5], 0.2),
        )
        return GalleryReport(found, names, self.switch)

    def finding_count(self) -> int:
        found = self.report().findings
        return sum(finding.kind is not FindingKind.LOOK_ALIKES for finding in found)

    def judge_pair(self, first: int, second: int, keep: int | None, /) -> PairJudgement:
        self._work()
        self.judged.append((first, second, keep))
        gone = None if keep is None else second if keep == first else first
        return PairJudgement(first, second, deactivated=gone)

    def take_back_judgement(self, _judgement: PairJudgement, /) -> None:
        self._work()
        self.judged.pop()

    def begin_switch(self) -> None:
        """Let a change be under way that some of the staff still lack pictures for."""
        staff = self._staff()
        left = tuple(PersonLeft(person.id, person.full_name, days) for days, person in enumerate(staff[:4]))
        self.switch = SwitchShown("mobilefacenet", "sface", 48, left, is_finished=False, back_until=None, needed_days=3)

    def _work(self) -> None:
        if self.refuses is not None:
            raise self.refuses
