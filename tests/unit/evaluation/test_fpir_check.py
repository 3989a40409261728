"""Whether a promise is kept, on made embeddings of which it is known how often strangers reach what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.fpir_check import TemplateAndProbe, check_fpir_over_splits
from kiosk.evaluation.protocol import Transaction, TransactionResult

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))


def directions(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 64))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def people(count: int, attempts: int) -> list[TemplateAndProbe]:
    """Nobody resembles anybody, and no look resembles another: each is a comparison of its own."""
    templates, *seen = (directions(count, seed) for seed in range(attempts + 1))
    transactions = [Transaction(n, Path("x.jpg"), False) for n in range(count)]
    return [
        TemplateAndProbe(
            Template(n, templates[n]),
            TransactionResult(transactions[n], None, tuple(Embedding(s[n], MODEL) for s in seen), 0.9, None),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("attempts", [1, 4])
def test_a_promise_is_kept_where_each_look_is_counted(attempts):
    found = check_fpir_over_splits(people(400, attempts), TAIL, attempts, lambda *_: None)
    assert {(promise.people, promise.promised) for promise in found} == {(50, f) for f in (0.1, 0.03, 0.01, 0.001)}
    (at_ten_percent,) = (promise for promise in found if promise.promised == 0.1)
    assert at_ten_percent.measured == pytest.approx(0.1, rel=0.3)


def test_looks_that_are_not_counted_break_a_promise():
    found = check_fpir_over_splits(people(400, 4), TAIL, 1, lambda *_: None)
    (at_ten_percent,) = (promise for promise in found if promise.promised == 0.1)
    assert at_ten_percent.measured > 0.25
    assert at_ten_percent.kept < 0.5


def test_too_few_people_are_told_how_many_are_needed():
    with pytest.raises(ConfigurationError, match="200 are needed"):
        check_fpir_over_splits(people(199, 1), TAIL, 1, lambda *_: None)
