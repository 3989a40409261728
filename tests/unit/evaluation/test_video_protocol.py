"""Who is judged when somebody walks up: real faces before the real networks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import DecisionStatus, Template
from kiosk.evaluation.approach_clip import approach_clip
from kiosk.evaluation.protocol import Transaction
from kiosk.evaluation.samples_cache import SamplesCache, central_face
from kiosk.evaluation.video_protocol import SystemUnderTest, frame_of, run_approach_transactions
from kiosk.recognition.recognizer import Recognizer
from kiosk.vision.model_store import ModelStore
from support import photographs

OBAMA = 1


@pytest.fixture(scope="module")
def system(model_store: ModelStore) -> Iterator[SystemUnderTest]:
    embedder = model_store.open_embedder("mobilefacenet", 1)
    with closing(model_store.open_detector("blazeface-full-range")) as detector:
        take = SamplesCache(detector, embedder).template(photographs.path("obama.jpg"))
        gallery = Gallery(embedder.model_version, [Template(OBAMA, take.embedding.vector)])
        yield SystemUnderTest(detector, embedder, gallery, Decider(embedder.impostor_tail, 0.001))


def transaction(picture, folder, system, *, person, is_mated):
    path = folder / "visitor.png"
    assert cv2.imwrite(str(path), picture)
    ((found,),) = run_approach_transactions([Transaction(person, path, is_mated)], [system], lambda *_: None)
    return found


def test_whoever_is_enrolled_is_named_and_looked_at_again_and_again(tmp_path, system):
    found = transaction(photographs.picture("obama.jpg"), tmp_path, system, person=OBAMA, is_mated=True)
    assert found.named == OBAMA
    assert found.refused is None
    assert len(found.attempts) >= 3


def test_somebody_known_beside_a_stranger_is_not_the_visitor(tmp_path, system):
    stranger, known = (cv2.resize(photographs.face_picture(f, 1.2), (300, 300)) for f in ("biden.jpg", "obama.jpg"))
    picture = np.hstack([np.full_like(stranger, 110), stranger, known])
    face = central_face(system.detector.detect(picture), picture)
    recognizer = Recognizer(system.detector, system.embedder, lambda: system.gallery, system.decider)
    assert face is not None
    frames = [frame_of(image, index) for index, image in enumerate(approach_clip(picture, face, 1))]
    seen = [o.decision for frame in frames for o in recognizer.process(frame).observations if o.decision]
    assert OBAMA in {decision.employee_id for decision in seen if decision.status is DecisionStatus.MATCH}

    found = transaction(picture, tmp_path, system, person=9, is_mated=False)
    assert found.named is None
    assert found.attempts
