"""Whom a photograph shows, with a detector that is told what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Box, Embedding, FaceDetection, Image
from kiosk.employees.samples import SampleExtractor
from kiosk.errors import SampleRefused

PICTURE = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
PICTURE = np.kron(PICTURE[::8, ::8], np.ones((8, 8, 1), np.uint8))[:300, :400]


def face(x: float, y: float = 150, width: float = 90) -> FaceDetection:
    unit = width / 90
    points = np.array([(-20, -18), (20, -18), (0, 2), (0, 22), (-40, -10), (40, -10)]) * unit + (x, y)
    half = width / 2
    return FaceDetection((x - half, y - half, x + half, y + half), points.astype(np.float32), 0.95)


class FakeDetector:
    def __init__(self, faces: Sequence[FaceDetection]) -> None:
        self.faces = tuple(faces)

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        return self.faces

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        raise AssertionError("a sample is looked for everywhere")

    def close(self) -> None:
        pass


class FakeEmbedder:
    """Sees nothing but how bright the left half of a face is, and the right half."""

    model_version = "halves@1"
    alignment = AlignmentTemplate(112, ((38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (56.1, 92.3)))
    impostor_tail = ImpostorTail((0.3, 0.6), (1e-2, 1e-5))

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        halves = [np.array([f[:, :56].mean(), f[:, 56:].mean()], np.float32) for f in faces_bgr]
        return tuple(Embedding(v / np.linalg.norm(v), self.model_version) for v in halves)


def take(*faces: FaceDetection, image: Image = PICTURE):
    return SampleExtractor(FakeDetector(faces), FakeEmbedder()).extract(image)


@pytest.mark.parametrize(
    ("faces", "reason"),
    [
        pytest.param([], "no_face", id="nobody"),
        pytest.param([face(200)], None, id="one"),
        pytest.param([face(40)], None, id="one, not in the middle"),
        pytest.param([face(200, width=120), face(340, width=35)], None, id="somebody far behind"),
        pytest.param([face(130), face(270)], "several_faces", id="a couple"),
        pytest.param([face(200), face(345)], None, id="a neighbour at the right edge"),
        pytest.param([face(50), face(200), face(345)], None, id="neighbours at both edges"),
        pytest.param([face(200, 200), face(200, 50)], "several_faces", id="one above the other"),
        pytest.param([face(90), face(200), face(310)], "several_faces", id="a group"),
        pytest.param([face(345)] * 2, "several_faces", id="two at the edge, nobody in the middle"),
        pytest.param([face(200, width=30)], "too_small", id="one, too small"),
    ],
)
def test_whom_a_photograph_shows(faces, reason):
    if reason is None:
        take(*faces)
        return
    with pytest.raises(SampleRefused) as refused:
        take(*faces)
    assert refused.value.reason == reason


class DoubtingDetector(FakeDetector):
    """Sees faces surely with something around the picture alone, whose size is known to it."""

    def __init__(self, doubted: Sequence[FaceDetection], sure: Sequence[FaceDetection]) -> None:
        super().__init__(doubted)
        self.sure = tuple(sure)

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        return self.faces if image_bgr.shape == PICTURE.shape else self.sure


@pytest.mark.parametrize(
    ("doubted", "in_border", "reason"),
    [
        pytest.param([], [face(400, 300, width=280)], None, id="missed, then seen"),
        pytest.param([replace(face(200, width=280), detection_score=0.6)], [face(400, 300, 280)], None, id="doubted"),
        pytest.param([replace(face(200, width=280), detection_score=0.6)], [], "uncertain_face", id="doubted twice"),
        pytest.param([replace(face(200, width=90), detection_score=0.6)], [face(400, 300, 280)], "uncertain_face",
                     id="doubted, and small"),
        pytest.param([], [face(400, 300, width=90)], "no_face", id="something small, seen in the border alone"),
    ],
)  # fmt: skip
def test_a_photograph_hardly_wider_than_the_face_is_looked_at_again(doubted, in_border, reason):
    extractor = SampleExtractor(DoubtingDetector(doubted, in_border), FakeEmbedder())
    if reason is None:
        again = extractor.extract(PICTURE)
        at_once = take(face(200, width=280))
        np.testing.assert_allclose(again.embedding.vector, at_once.embedding.vector, atol=1e-5)
        return
    with pytest.raises(SampleRefused) as refused:
        extractor.extract(PICTURE)
    assert refused.value.reason == reason


def test_a_template_is_the_same_for_a_photograph_and_its_mirror_image():
    picture = PICTURE.copy()
    picture[:, :200] //= 3
    straight = take(face(200), image=picture).embedding.vector
    mirrored = take(face(199), image=np.ascontiguousarray(picture[:, ::-1])).embedding.vector
    assert straight @ mirrored == pytest.approx(1, abs=1e-3)
    assert straight[0] == pytest.approx(straight[1], abs=1e-6)
