"""The studies of `kiosk evaluate`, with the product's own networks on real faces."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Template
from kiosk.evaluation import embedder_studies
from kiosk.evaluation.ablation import run_ablation
from kiosk.evaluation.dataset import read_people
from kiosk.evaluation.detection_range import measure_detection_range
from kiosk.evaluation.embedder_studies import margin_study, network_study
from kiosk.evaluation.encounters import Encounter
from kiosk.evaluation.identity_switches import count_identity_switches
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.occlusions import run_altered_transactions
from kiosk.evaluation.protocol import Transaction, split_people
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.study import StudyInputs
from kiosk.evaluation.unrefined_detector import UnrefinedDetector
from kiosk.vision.model_store import ModelStore
from support import photographs

OBAMA, BIDEN, COLLINS = range(3)


pytestmark = [pytest.mark.models, pytest.mark.slow]


def silent(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture(scope="module")
def models() -> Iterator[EvaluationModels]:
    store = ModelStore(PROJECT_DIR / "models", Path("/nonexistent"))
    embedder = store.open_embedder("mobilefacenet")
    with closing(store.open_detector("blazeface-full-range")) as detector:
        yield EvaluationModels(detector, embedder, Decider(embedder.impostor_tail, 0.001))


@pytest.fixture(scope="module")
def gallery(models: EvaluationModels) -> Gallery:
    cache = SamplesCache(models.detector, models.embedder)
    enrolled = {OBAMA: "obama.jpg", BIDEN: "biden.jpg"}
    takes = {person: cache.template(photographs.path(name)) for person, name in enrolled.items()}
    return Gallery(cache.model_version, [Template(person, take.embedding.vector) for person, take in takes.items()])


def transactions(*people: tuple[int, str]) -> list[Transaction]:
    return [Transaction(person, photographs.path(name), person != COLLINS) for person, name in people]


def test_nobody_gets_the_name_of_whom_they_meet(models, gallery):
    found = count_identity_switches(
        transactions((OBAMA, "obama2.jpg"), (BIDEN, "biden.jpg")), models, gallery, silent, clips=4
    )
    assert [outcome.clips for outcome in found.values()] == [1, 1, 1, 1]
    assert sum(outcome.swapped + outcome.swapped_frames for outcome in found.values()) == 0
    assert found[Encounter.CROSSING].faces == 2
    assert sum(outcome.named for outcome in found.values()) >= 4


def test_whoever_is_near_is_found_and_a_crowd_is_counted(models):
    paths = [photographs.path(name) for name in ("obama.jpg", "biden.jpg", "astronaut.png", "coffee.png")]
    detectors = {"unrefined": UnrefinedDetector(models.detector), "refined": models.detector}
    found = measure_detection_range(paths, detectors, models.detector, silent, pictures=3)
    scenes = {(f.detector, f.faces, f.away_m): f for f in found}
    assert scenes["refined", 1, 1.0].found.value == 1
    assert scenes["refined", 5, 1.5].found.total == 15
    share = scenes["refined", 5, 1.5].found.value
    assert share is not None
    assert share >= 0.8


def test_a_mask_and_sunglasses_name_nobody_wrongly(models, gallery):
    people = transactions((OBAMA, "obama2.jpg"), (OBAMA, "obama3.jpg"), (COLLINS, "astronaut.png"))
    found = run_altered_transactions(people, models, gallery, silent)
    assert [result.named for result in found["as they are"]] == [OBAMA, OBAMA, None]
    for results in found.values():
        assert {result.named for result in results} <= {OBAMA, None}
        assert results[-1].named is None


def test_each_part_is_switched_off_in_turn(models, tmp_path):
    people = {"Obama": ("obama.jpg", "obama2.jpg", "obama3.jpg"), "Biden": ("biden.jpg",)}
    for name, files in people.items():
        (tmp_path / name).mkdir()
        for file in files:
            shutil.copy(photographs.path(file), tmp_path / name)
    found = run_ablation(split_people(read_people(tmp_path), 2), models, silent)
    whole, *others = found
    assert whole.rates.recognised.value == 1
    assert (whole.rates.misidentified.count, whole.rates.non_mated_identified.count, whole.missed) == (0, 0, ())
    assert {"1 template each", "no refinement pass", "no quality check", "the best frame alone"} <= {
        other.name for other in others
    }
    frame = next(other for other in others if other.name.startswith("one frame"))
    assert frame.seconds is not None
    assert whole.seconds is not None
    assert frame.seconds < whole.seconds


@pytest.mark.parametrize("walking", [False, True])
def test_networks_meet_the_same_visitors(models, tmp_path, walking):
    for name, files in {"Obama": ("obama.jpg", "obama2.jpg"), "Collins": ("astronaut.png",)}.items():
        (tmp_path / name).mkdir()
        for file in files:
            shutil.copy(photographs.path(file), tmp_path / name)
    embedder = ModelStore(PROJECT_DIR / "models", Path("/nonexistent")).open_embedder("sface")
    other = EvaluationModels(models.detector, embedder, Decider(embedder.impostor_tail, 0.001))
    inputs = StudyInputs(read_people(tmp_path), models, silent, is_walking=walking, other_models={"sface": other})
    found = network_study(inputs)
    *each, difference = found.figures
    for network in each:
        assert (network["recognised"]["count"], network["recognised"]["total"]) == (1, 1)
        assert (network["strangers_named"]["count"], network["strangers_named"]["total"]) == (0, 1)
        assert (network["median_seconds_to_decision"] is not None) is walking
    assert each[0]["threshold"] != each[1]["threshold"]
    assert difference["recognised"]["share"] == 0
    assert all(len(row) == len(found.headings) for row in found.rows)


def test_a_margin_that_nobody_has_names_nobody(models, tmp_path, monkeypatch):
    people = {"Obama": ("obama.jpg", "obama2.jpg"), "Biden": ("biden.jpg", "biden.jpg")}
    for name, files in people.items():
        (tmp_path / name).mkdir()
        for number, file in enumerate(files):
            shutil.copy(photographs.path(file), tmp_path / name / f"{number}{file}")
    monkeypatch.setattr(embedder_studies, "MARGINS", (0.05, 0.9))
    found = margin_study(StudyInputs(read_people(tmp_path), models, silent)).figures
    assert [row["recognised"]["count"] for row in found] == [2, 1]
