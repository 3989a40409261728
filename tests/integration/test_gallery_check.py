"""kiosk gallery check: what is out of order among the enrolled, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import active_names
from db.session import Database
from db.templates import add_templates
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.gallery_finding import FindingKind, GalleryFinding
from kiosk.domain.types import Embedding, Method, Vector
from kiosk.recognition.gallery_check import check_gallery
from support.builders import event
from support.database_rows import add_person

MODEL = "model@1"
DECIDER = Decider(ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5)), target_fpir=0.001)
AXES = np.eye(16, dtype=np.float32)


def between(axis: int, other: int, cosine: float) -> Vector:
    """A vector whose cosine with one axis is given, the rest along another."""
    vector: Vector = (cosine * AXES[axis] + np.sqrt(1 - cosine**2) * AXES[other]).astype(np.float32)
    return vector


def enrolled(database: Database, name: str, *vectors: Vector, scores: tuple[float, ...] = ()) -> int:
    person = add_person(database, name)
    with database.transaction() as session:
        add_templates(session, person, [Embedding(v, MODEL) for v in vectors], scores or [0.9] * len(vectors))
    return person


def found(database: Database) -> list[tuple[FindingKind, int, int | None]]:
    return [(one.kind, one.employee_id, one.other_id) for one in check_gallery(database, DECIDER, MODEL)]


def test_nothing_is_said_of_people_who_differ(database: Database) -> None:
    for axis in (0, 2, 4):
        enrolled(database, f"Person {axis}", AXES[axis], between(axis, axis + 1, 0.8))
    assert found(database) == []


def test_an_empty_office_is_in_order(database: Database) -> None:
    assert found(database) == []


def test_one_person_enrolled_twice_and_look_alikes_are_told_apart(database: Database) -> None:
    anna = enrolled(database, "Anna", AXES[0])
    twice = enrolled(database, "Anna again", between(0, 1, 0.9))
    boris = enrolled(database, "Boris", AXES[5])
    like = enrolled(database, "Like Boris", between(5, 6, 0.5))
    assert found(database) == [
        (FindingKind.SAME_PERSON, anna, twice),
        (FindingKind.LOOK_ALIKES, boris, like),
    ]


def test_a_template_of_somebody_else_is_named(database: Database) -> None:
    enrolled(database, "Anna", AXES[0], between(0, 1, 0.9), AXES[7])
    (odd,) = check_gallery(database, DECIDER, MODEL)
    assert (odd.kind, odd.template_id) == (FindingKind.ODD_TEMPLATE, 3)
    assert odd.figure == pytest.approx(0.0, abs=1e-6)


def test_one_poor_template_is_too_little(database: Database) -> None:
    poor = enrolled(database, "Anna", AXES[0], scores=(0.4,))
    enrolled(database, "Boris", AXES[2], AXES[2], scores=(0.4, 0.4))
    enrolled(database, "Clara", AXES[4], scores=(0.6,))
    assert found(database) == [(FindingKind.POOR_TEMPLATE, poor, None)]


@pytest.mark.parametrize(
    ("faces", "pins", "days_ago", "expected"),
    [
        pytest.param(2, 5, 1, 2 / 7, id="mostly by PIN"),
        pytest.param(5, 2, 1, None, id="mostly by the face"),
        pytest.param(0, 5, 1, None, id="too few to tell"),
        pytest.param(2, 5, 40, None, id="long ago"),
    ],
)
def test_who_mostly_types_the_pin_is_named(
    database: Database, faces: int, pins: int, days_ago: int, expected: float | None
) -> None:
    anna = enrolled(database, "Anna", AXES[0])
    at = datetime.now(UTC) - timedelta(days=days_ago)
    looks = [event(anna, at=at) for _ in range(faces)]
    typed = [replace(event(anna, at=at), method=Method.PIN) for _ in range(pins)]
    by_hand = [replace(event(anna, at=at), method=Method.MANUAL) for _ in range(20)]
    DatabaseAttendanceLog(database).record([*looks, *typed, *by_hand])
    shares = [one.figure for one in check_gallery(database, DECIDER, MODEL) if one.kind is FindingKind.MOSTLY_MISSED]
    assert shares == ([] if expected is None else [pytest.approx(expected)])


def test_whoever_was_never_enrolled_or_has_left_is_not_missed(database: Database) -> None:
    never, left = add_person(database, "Never"), add_person(database, "Left", active=False)
    rows = [replace(event(one), occurred_at=datetime.now(UTC), method=Method.PIN) for one in [never, left] * 10]
    DatabaseAttendanceLog(database).record(rows)
    assert found(database) == []


@pytest.mark.parametrize("kind", list(FindingKind))
def test_each_kind_says_whom_it_is_about_and_what_to_do(database: Database, kind: FindingKind) -> None:
    anna, boris = add_person(database, "Anna"), add_person(database, "Борис")
    pair = kind in (FindingKind.SAME_PERSON, FindingKind.LOOK_ALIKES)
    with database.reading() as session:
        names = active_names(session)
    sentence = GalleryFinding(kind, anna, 0.42, boris if pair else None, 7).sentence(names)
    assert sentence.startswith(("Anna (1)", "Template 7 of Anna (1)"))
    assert ("Борис (2)" in sentence) is pair
    assert "enroll" in sentence or "photographs" in sentence
