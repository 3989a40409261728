"""The liveness study on two real faces: what it simulates, and how it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.models import load_face_mesh
from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.decision import Decider
from kiosk.domain.liveness import LivenessVerdict
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.liveness_clips import Behaviour, Model, attack_clip, live_clip
from kiosk.evaluation.liveness_study import Presentation, error_rate, liveness_study, model_of, present
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.study import StudyInputs
from kiosk.recognition.motion_liveness import MotionLiveness
from kiosk.synthetic.held_picture import Species
from kiosk.synthetic.moving_head import MovingHead
from kiosk.vision.model_store import ModelStore
from support import photographs
from support.builders import make_settings

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvaluationModels]:
    store = ModelStore(PROJECT_DIR / "models", Path("/nonexistent"))
    embedder = store.open_embedder("mobilefacenet")
    face_mesh = load_face_mesh(make_settings(tmp_path_factory.mktemp("data")))
    with closing(store.open_detector("blazeface-full-range")) as detector:
        yield EvaluationModels(detector, embedder, Decider(embedder.impostor_tail, 0.001), face_mesh)


@pytest.fixture(scope="module")
def model(models: EvaluationModels) -> Model:
    assert models.face_mesh is not None
    found = model_of(photographs.picture("obama.jpg"), models.detector, models.face_mesh)
    assert found is not None
    return found


def test_a_head_that_turns_moves_its_nose_and_leaves_its_shoulders(model: Model) -> None:
    head = MovingHead(model.photograph_bgr, model.face, model.mesh)
    straight, turned = (head.turned(degrees, 0).image for degrees in (0, 10))
    x, y = (round(place) for place in head.turned(0, 0).anchor_xy)
    size = round(model.face.box_xyxy[2] - model.face.box_xyxy[0])
    moved = np.abs(straight.astype(int) - turned).mean(axis=2)
    assert moved[y - size // 4 : y + size // 4, x - size // 4 : x + size // 4].mean() > 5
    assert moved[y + round(1.2 * size) :].max() == 0


def test_the_same_seed_gives_the_same_clip_and_another_one_another(model: Model) -> None:
    first, again, other = (list(islice(attack_clip(model, Species.TABLET, seed), 2)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_live_head_and_a_print_are_told_apart(models: EvaluationModels, model: Model) -> None:
    live = present(live_clip(model, Behaviour.STANDS, 3), models.detector, MotionLiveness())
    held = present(attack_clip(model, Species.TABLET, 0), models.detector, MotionLiveness())
    assert (live.verdict, held.verdict) == (LivenessVerdict.LIVE, LivenessVerdict.ATTACK)


def answered(*verdicts: LivenessVerdict | None) -> list[Presentation]:
    return [Presentation(verdict, None, 0.0, 1.0) for verdict in verdicts]


def test_a_doubt_counts_against_live_people_alone_and_nobody_found_against_neither() -> None:
    found = answered(LivenessVerdict.LIVE, LivenessVerdict.DOUBTFUL, LivenessVerdict.ATTACK, None)
    attack, bona_fide = error_rate(Species.PRINT, found), error_rate(Behaviour.STANDS, found)
    assert (attack.count, attack.total) == (1, 3)
    assert (bona_fide.count, bona_fide.total) == (2, 3)


def test_without_the_face_landmarker_nothing_is_simulated(models: EvaluationModels) -> None:
    without = EvaluationModels(models.detector, models.embedder, models.decider)
    people = (Person("obama", (photographs.path("obama.jpg"),)),)
    with pytest.raises(ConfigurationError, match="kiosk models install"):
        liveness_study(StudyInputs(people, without, lambda *_: None), attempts=1)
