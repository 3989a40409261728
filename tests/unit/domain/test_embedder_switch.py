"""Which visits are certain, what a person's visits say under the new network, and which network decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import (
    CertaintyRule,
    CertainVisit,
    EmbedderSwitch,
    SwitchState,
    Verdict,
    best_of_each_day,
    judge,
    model_after,
)
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Decision, DecisionStatus, Embedding, Template

TAIL = ImpostorTail((0.2, 0.349, 0.454, 0.535, 0.602), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5))
DECIDER = Decider(TAIL, 0.001)
MONDAY = date(2026, 3, 2)
ANNA, BORIS = 1, 2


def unit(*values: float) -> np.ndarray:
    vector = np.array([*values, *[0.0] * (8 - len(values))], dtype=np.float32)
    return vector / np.linalg.norm(vector)


GALLERY = Gallery("old", [Template(ANNA, unit(1)), Template(BORIS, unit(0, 1))])
TWINS = Gallery("old", [Template(ANNA, unit(1)), Template(BORIS, unit(1, 0.5))])


def match(similarity: float = 0.85, margin: float | None = 0.6) -> Decision:
    return Decision(DecisionStatus.MATCH, ANNA, similarity, margin)


@pytest.mark.parametrize(
    ("decision", "quality", "gallery", "certain"),
    [
        pytest.param(match(), 0.9, GALLERY, True, id="certain"),
        pytest.param(match(similarity=0.62), 0.9, GALLERY, False, id="enough-for-the-door-alone"),
        pytest.param(match(margin=0.15), 0.9, GALLERY, False, id="somebody-else-near"),
        pytest.param(match(margin=None), 0.9, GALLERY, False, id="no-margin-known"),
        pytest.param(match(), 0.4, GALLERY, False, id="poor-picture"),
        pytest.param(match(), 0.9, TWINS, False, id="look-alike-enrolled"),
        pytest.param(match(similarity=float("nan")), 0.9, GALLERY, False, id="nan-similarity"),
        pytest.param(match(margin=float("nan")), 0.9, GALLERY, False, id="nan-margin"),
        pytest.param(match(), float("nan"), GALLERY, False, id="nan-quality"),
        pytest.param(Decision(DecisionStatus.LOW_CONFIDENCE, None, 0.9, 0.6), 0.9, GALLERY, False, id="no-match"),
    ],
)
def test_a_visit_counts_only_without_doubt(decision, quality, gallery, certain):
    assert CertaintyRule(DECIDER).is_certain(decision, quality, gallery) is certain


def test_one_person_alone_needs_no_margin():
    alone = Gallery("old", [Template(ANNA, unit(1))])
    assert CertaintyRule(DECIDER).is_certain(match(margin=None), 0.9, alone)


def test_a_strangers_visit_is_certain_as_seldom_as_two_visits_are_named():
    similarity = CertaintyRule(DECIDER).least_similarity(GALLERY)
    assert similarity == pytest.approx(replace(DECIDER, target_fpir=1e-6).thresholds(GALLERY).accept)
    assert similarity > DECIDER.thresholds(GALLERY).accept + 0.1


def visit(day: int, *values: float, quality: float = 0.8, person: int = ANNA) -> CertainVisit:
    return CertainVisit(person, MONDAY + timedelta(days=day), Embedding(unit(*values), "new"), quality, 0.85)


THREE_DAYS = [visit(0, 1, 0.1), visit(1, 1, 0, 0.1), visit(2, 1, 0, 0, 0.1)]
NOBODY = Gallery("new", [])
BORIS_ALONE = Gallery("new", [Template(BORIS, unit(0, 1))])


@pytest.mark.parametrize(
    ("visits", "others", "verdict"),
    [
        pytest.param(THREE_DAYS, BORIS_ALONE, Verdict.CONFIRMED, id="three-days-of-one-face"),
        pytest.param(THREE_DAYS, NOBODY, Verdict.CONFIRMED, id="first-of-all"),
        pytest.param(THREE_DAYS[:2], NOBODY, Verdict.WAITING, id="two-days"),
        pytest.param(
            [visit(0, 1), visit(0, 1), visit(1, 1), visit(1, 1)], NOBODY, Verdict.WAITING, id="two-days-often"
        ),
        pytest.param([], NOBODY, Verdict.WAITING, id="never"),
        pytest.param([*THREE_DAYS, visit(3, 0, 0, 0, 0, 1)], NOBODY, Verdict.VISITS_DISAGREE, id="another-face-once"),
        pytest.param(
            [visit(day, 1) if day % 2 else visit(day, 0, 0, 0, 0, 1) for day in range(6)],
            NOBODY,
            Verdict.VISITS_DISAGREE,
            id="two-people-in-turn",
        ),
        pytest.param(
            THREE_DAYS, Gallery("new", [Template(BORIS, unit(1, 0.2))]), Verdict.RESEMBLES_ANOTHER, id="face-of-boris"
        ),
    ],
)
def test_what_visits_say_under_the_new_network(visits, others, verdict):
    assert judge(visits, DECIDER, others) is verdict


def test_one_template_a_day_the_best():
    visits = [visit(0, 1, quality=0.6), visit(0, 1, quality=0.9), visit(1, 1, quality=0.7), visit(2, 1, quality=0.8)]
    assert [one.quality_score for one in best_of_each_day(visits, 10)] == [0.9, 0.8, 0.7]
    assert [one.quality_score for one in best_of_each_day(visits, 2)] == [0.9, 0.8]


def switch(old: str, new: str, state: SwitchState) -> EmbedderSwitch:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return EmbedderSwitch(1, old, f"{old}@1", new, f"{new}@1", state, now, None, None)


A_TO_B, B_TO_A = ("a", "b"), ("b", "a")
GATHERING, FINISHED, CLOSED = SwitchState.GATHERING, SwitchState.FINISHED, SwitchState.CLOSED


@pytest.mark.parametrize(
    ("configured", "switches", "model"),
    [
        pytest.param("a", [], "a", id="none"),
        pytest.param(None, [], None, id="none-and-nothing-named"),
        pytest.param("a", [(*A_TO_B, GATHERING)], "a", id="under-way"),
        pytest.param(None, [(*A_TO_B, GATHERING)], "a", id="under-way-and-nothing-named"),
        pytest.param("b", [(*A_TO_B, GATHERING)], "a", id="under-way-and-the-new-one-named"),
        pytest.param("c", [(*A_TO_B, GATHERING)], "c", id="under-way-and-a-third-named"),
        pytest.param("a", [(*A_TO_B, FINISHED)], "b", id="finished"),
        pytest.param("b", [(*A_TO_B, FINISHED)], "b", id="finished-and-named"),
        pytest.param("a", [(*A_TO_B, CLOSED)], "b", id="closed"),
        pytest.param(None, [(*A_TO_B, CLOSED)], "b", id="closed-and-nothing-named"),
        pytest.param("a", [(*A_TO_B, CLOSED), (*B_TO_A, GATHERING)], "b", id="on-the-way-back"),
        pytest.param("a", [(*A_TO_B, CLOSED), (*B_TO_A, CLOSED)], "a", id="there-and-back"),
        pytest.param("b", [(*A_TO_B, CLOSED), (*B_TO_A, CLOSED)], "a", id="there-and-back-from-there"),
        pytest.param("a", [(*A_TO_B, CLOSED), ("b", "c", FINISHED)], "c", id="twice"),
    ],
)
def test_which_network_decides(configured, switches, model):
    assert model_after(configured, [switch(*each) for each in switches]) == model
