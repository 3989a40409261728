"""A face is told by one rule: the door, before which it is held still, and the API answer the same."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Box, DecisionStatus, Embedding, FaceDetection, Frame, Image, Template
from kiosk.evaluation.ablation import NO_LIMITS
from kiosk.recognition.recognizer import Recognizer
from kiosk.recognition.service import RecognitionService
from support.fakes import MORNING

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))
DECIDER = Decider(TAIL, 0.001)
ANNA, BORIS = 7, 9
PICTURE = np.full((400, 400, 3), 128, np.uint8)
PHOTOGRAPH = cv2.imencode(".png", PICTURE)[1].tobytes()
HELD_FOR_S, FRAME_S = 5.0, 0.04


def towards(*weights: float) -> Embedding:
    """An embedding whose cosine with the first axes is given; the rest points elsewhere."""
    vector = np.zeros(8, np.float32)
    vector[: len(weights)] = weights
    vector[7] = np.sqrt(max(0.0, 1 - float((vector**2).sum())))
    return Embedding(vector, MODEL)


def gallery(*templates: tuple[int, Embedding]) -> Gallery:
    return Gallery(MODEL, [Template(employee_id, embedding.vector) for employee_id, embedding in templates])


APART = gallery((ANNA, towards(1.0)), (BORIS, towards(0.0, 1.0)))
TWINS = gallery((ANNA, towards(1.0)), (BORIS, towards(0.98, np.sqrt(1 - 0.98**2))))
SISTERS = gallery((ANNA, towards(1.0)), (BORIS, towards(0.8, 0.6)))
ALONE = gallery((ANNA, towards(1.0)))


class OneFace:
    """A detector that always finds one face in the middle, and an embedder that always gives the same probe."""

    model_version = MODEL
    alignment = AlignmentTemplate(112, ((38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (56.1, 92.3)))
    impostor_tail = TAIL

    def __init__(self, probe: Embedding) -> None:
        self._probe = probe

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        points = np.array([(160, 160), (240, 160), (200, 205), (200, 250), (120, 180), (280, 180)], np.float32)
        return (FaceDetection((100, 100, 300, 300), points, 0.95),)

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        return self.detect(image_bgr)

    def close(self) -> None:
        pass

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        return tuple(self._probe for _ in faces_bgr)


def at_the_door(probe: Embedding, known: Gallery) -> tuple[DecisionStatus, int | None]:
    """Hold one face still before the camera until the door has had time enough to say what it thinks."""
    face = OneFace(probe)
    recognizer = Recognizer(face, face, lambda: known, DECIDER, NO_LIMITS)
    for index in range(round(HELD_FOR_S / FRAME_S)):
        at_s = index * FRAME_S
        frame = Frame(PICTURE, MORNING + timedelta(seconds=at_s), at_s, index)
        (seen,) = recognizer.process(frame).observations
    assert seen.decision is not None
    return seen.decision.status, seen.decision.employee_id


def from_the_api(probe: Embedding, known: Gallery) -> tuple[DecisionStatus, int | None]:
    with closing(ThreadPool("inference", 1)) as inference:
        service = RecognitionService(
            sample_to_enroll=lambda _: probe,
            sample_to_recognise=lambda _: probe,
            gallery=lambda: known,
            decider=DECIDER,
            inference=inference,
        )
        found = asyncio.run(service.recognize_face(PHOTOGRAPH))
    return found.status, found.employee_id


@pytest.mark.parametrize("ask", [at_the_door, from_the_api])
@pytest.mark.parametrize(
    ("probe", "known", "status", "employee_id"),
    [
        pytest.param(towards(0.9), APART, DecisionStatus.MATCH, ANNA, id="near"),
        pytest.param(towards(0.9), ALONE, DecisionStatus.MATCH, ANNA, id="alone"),
        pytest.param(towards(0.5), APART, DecisionStatus.LOW_CONFIDENCE, None, id="between the thresholds"),
        pytest.param(towards(0.1), APART, DecisionStatus.UNKNOWN, None, id="far"),
        pytest.param(towards(0.70, 0.68), APART, DecisionStatus.LOW_CONFIDENCE, None, id="small margin"),
        pytest.param(towards(0.97, 0.1), TWINS, DecisionStatus.LOW_CONFIDENCE, None, id="twins, near both"),
        pytest.param(towards(0.1), TWINS, DecisionStatus.UNKNOWN, None, id="twins, far from both"),
        # As like Anna as her sister is: the margin would do, and it is no evidence all the same.
        pytest.param(towards(0.78, -0.3), SISTERS, DecisionStatus.LOW_CONFIDENCE, None, id="look-alike"),
        pytest.param(towards(0.95, 0.05), SISTERS, DecisionStatus.MATCH, ANNA, id="clearly one of two alike"),
        pytest.param(towards(0.9), gallery(), DecisionStatus.UNKNOWN, None, id="nobody enrolled"),
    ],
)
def test_the_door_and_the_api_answer_the_same(ask, probe, known, status, employee_id):
    assert ask(probe, known) == (status, employee_id)
