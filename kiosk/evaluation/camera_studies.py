"""What a camera's own measurement of its people is worth: people before one camera, and a simulated door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.door_simulation import DoorDay, PersonSamples, Visit, simulate_door
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.one_camera import leave_one_out, read_one_camera
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.report import exact_percent
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.study import StudyInputs, StudyResult

DAYS, PEOPLE = 30, 150
SHOWN_DAYS = (1, 2, 5, 10, 20, 30)
ONE_CAMERA_HEADINGS = (
    "enrolled",
    "measured visits",
    "target",
    "threshold",
    "recognised",
    "somebody else",
    "strangers named",
    "FMR expected",
    "FMR of pairs",
)
DOOR_HEADINGS = (
    "day",
    "visits",
    "pairs",
    "rise",
    "at most",
    "threshold",
    "strangers named",
    "recognised",
    "one enrolled wrongly: at most",
    "threshold",
    "strangers named",
)


def one_camera_study(folder: Path, models: EvaluationModels, progress: Progress, *, clips: bool) -> StudyResult:
    """Return what becomes of known people and strangers before one camera. Raises ConfigurationError, DeviceError."""
    found = leave_one_out(read_one_camera(folder, models, progress, clips=clips), models.decider, progress)
    return StudyResult(
        ONE_CAMERA_HEADINGS,
        [
            (
                f"{r.enrolled}",
                f"{r.after}",
                f"{r.fpir:.1%}",
                f"{r.threshold:.3f}",
                exact_percent(r.recognised),
                exact_percent(r.misidentified),
                exact_percent(r.strangers_named),
                f"{r.expected_fmr:.1e}",
                _rate(r.fmr),
            )
            for r in found
        ],
        [asdict(r) for r in found],
    )


def door_study(inputs: StudyInputs) -> StudyResult:
    """Return how a door of up to PEOPLE people learns its tail. Raises ConfigurationError with fewer than six.

    Beside it the same door where one person is enrolled with another's photograph.
    """
    models, samples, progress = inputs.models, inputs.samples, inputs.progress
    people, strangers = _office(inputs.people, SamplesCache(models.detector, models.embedder), samples, progress)
    if len(people) < 6:
        raise ConfigurationError(f"{len(people)} people with more than {samples} photographs are too few for a door")
    right = simulate_door(people, strangers, models.decider, DAYS)
    progress("doors", 1, 2)
    (_, other), *_ = people[1].visits[0].samples
    mistaken = {**people, 0: PersonSamples((other,), people[0].visits)}
    wrong = simulate_door(mistaken, strangers, models.decider, DAYS)
    progress("doors", 2, 2)
    doors = {"right": right, "one wrong": wrong}
    return StudyResult(
        DOOR_HEADINGS,
        [
            (
                f"{a.day}",
                f"{a.visits:,}",
                f"{a.pairs:,.0f}",
                _similarity(a.rise),
                _similarity(a.upper),
                f"{a.threshold:.3f}",
                exact_percent(a.strangers_named),
                exact_percent(a.recognised),
                _similarity(b.upper),
                f"{b.threshold:.3f}",
                exact_percent(b.strangers_named),
            )
            for a, b in _shown(right, wrong)
        ],
        [{"enrollments": kind, **asdict(day)} for kind, days in doors.items() for day in days],
    )


def _rate(share: Proportion) -> str:
    low, high = share.exact_interval
    return f"{share.value or 0:.1e} ({low:.1e}–{high:.1e}), {share.count:.0f} of {share.total:,}"


def _similarity(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _shown(right: tuple[DoorDay, ...], wrong: tuple[DoorDay, ...]) -> Iterator[tuple[DoorDay, DoorDay]]:
    return ((a, b) for a, b in zip(right, wrong, strict=True) if a.day in SHOWN_DAYS)


def _office(
    people: tuple[Person, ...], cache: SamplesCache, samples: int, progress: Progress
) -> tuple[dict[int, PersonSamples], list[Visit]]:
    """Return who is enrolled, from their first photographs, and the visits of those who have too few."""
    enrolled: dict[int, PersonSamples] = {}
    strangers: list[Visit] = []
    for done, person in enumerate(people, start=1):
        progress("people", done, len(people))
        if len(person.photographs) <= samples:
            strangers += _visits(person.photographs[:1], cache)
        elif len(enrolled) < PEOPLE:
            templates = [cache.template(path).embedding for path in person.photographs[:samples]]
            visits = _visits(person.photographs[samples:], cache)
            usable = tuple(template for template in templates if template is not None)
            if usable and visits:
                enrolled[len(enrolled)] = PersonSamples(usable, tuple(visits))
    return enrolled, strangers


def _visits(paths: tuple[Path, ...], cache: SamplesCache) -> list[Visit]:
    samples = [cache.probe(path) for path in paths]
    return [Visit(((s.quality.quality_score, s.embedding),)) for s in samples if s.embedding and s.quality]
