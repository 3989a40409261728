"""The simulated change of the embedder: killed on the way, nothing is lost and nobody gets another face."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CertainVisit
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding
from kiosk.errors import ConfigurationError
from kiosk.evaluation import switch_storage
from kiosk.evaluation.dataset import read_people
from kiosk.evaluation.embedder_switch import simulate_switch
from kiosk.evaluation.models import EvaluationModels
from kiosk.vision.model_store import ModelStore
from support import photographs

pytestmark = pytest.mark.slow
DECIDER = Decider(ImpostorTail((0.2, 0.349, 0.454, 0.535, 0.602), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)), 0.001)
AXES = np.eye(8, dtype=np.float32)


def silent(stage: str, done: int, total: int) -> None:
    pass


def visit(person: int, day: int, shows: int) -> CertainVisit:
    return CertainVisit(person, date(2026, 1, 1) + timedelta(days=day), Embedding(AXES[shows], "new"), 0.8, 0.9)


def test_killed_processes_go_on_where_the_database_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch_storage, "KILLS", 2)
    enrolled = [(person, Embedding(AXES[person], "old"), 0.9) for person in (1, 2, 3)]
    days = [[visit(1, day, 1), visit(2, day, 2 if day else 7), visit(3, day, 3)] for day in range(4)]
    stored = switch_storage.store_visits(enrolled, days, "new", DECIDER)
    assert (stored.changed, stored.kills) == ((0, 0, 2, 2), 2)
    assert {one.employee_id for one in stored.templates} == {1, 3}, "a visit of another face stops the change"
    assert all(one.vector[one.employee_id] == 1 for one in stored.templates)


@pytest.fixture(scope="module")
def models() -> Iterator[tuple[EvaluationModels, EvaluationModels]]:
    store = ModelStore(PROJECT_DIR / "models", Path("/nonexistent"))
    embedders = [store.open_embedder(model_id) for model_id in ("mobilefacenet", "sface")]
    with closing(store.open_detector("blazeface-full-range")) as detector:
        lock = threading.Lock()  # as a door's measurement has, which no other process takes over
        old, new = (
            EvaluationModels(detector, one, Decider(one.impostor_tail, 0.02, rise=lambda: 0.0 if lock else None))
            for one in embedders
        )
        yield old, new


@pytest.mark.models
def test_an_office_of_one_is_changed_by_visits(
    models: tuple[EvaluationModels, EvaluationModels], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(switch_storage, "KILLS", 1)
    people = {"obama": ("obama.jpg", "obama2.jpg", "obama3.jpg", "32bit.png"), "biden": ("biden.jpg",)}
    for name, pictures in people.items():
        (tmp_path / name).mkdir()
        for picture in pictures:
            (tmp_path / name / picture).symlink_to(photographs.path(picture))
    found = simulate_switch(read_people(tmp_path), *models, silent, samples=1)
    assert (found.people, found.kills, found.wrong_templates, found.certain_strangers) == (1, 1, 0, 0)
    assert found.changed[-1] == 1
    assert list(found.changed) == sorted(found.changed)
    with pytest.raises(ConfigurationError, match="nobody in the folder has 9 photographs"):
        simulate_switch(read_people(tmp_path), *models, silent, samples=6)
