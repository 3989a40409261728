"""What the screens of the look through the enrolled people need of the kiosk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.gallery_finding import GalleryFinding
from kiosk.employees.results import PairJudgement


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody without pictures of the new network. certain_days: days with a visit that may become one."""

    employee_id: int
    full_name: str
    certain_days: int


@dataclass(frozen=True, slots=True)
class SwitchShown:
    """How far the change from one network to another is.

    Attributes:
        new_model: id of the new one.
        people: how many are enrolled with either.
        left: those who have no pictures of the new one.
        is_finished: the new one decides.
        back_until: until when there is a way back; None before it is finished.
        needed_days: certain days that it takes; None where visits make no pictures, by the settings.
    """

    old_model: str
    new_model: str
    people: int
    left: tuple[PersonLeft, ...]
    is_finished: bool
    back_until: datetime | None
    needed_days: int | None


@dataclass(frozen=True, slots=True)
class GalleryReport:
    """What the look through the enrolled people found.

    Attributes:
        findings: the gravest first.
        names: full names of active employees by number.
        switch: the change that is under way or has a way back; None without one.
    """

    findings: tuple[GalleryFinding, ...]
    names: Mapping[int, str]
    switch: SwitchShown | None = None


class GalleryBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def report(self) -> GalleryReport: ...

    def finding_count(self) -> int:
        """Return how many findings ask for something to be done; some minutes old at the most."""

    def judge_pair(self, first: int, second: int, keep: int | None, /) -> PairJudgement:
        """Say that two employees are two people or, with the number that stays, one."""

    def take_back_judgement(self, judgement: PairJudgement, /) -> None: ...
