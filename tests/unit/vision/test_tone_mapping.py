"""A face in bad light gets the contrasts of a well lit one; in good light nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TypeAlias

import numpy as np
import pytest

from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.quality import PROBE_LIMITS, Reason, assess, inner_face, luminance
from kiosk.domain.types import FaceDetection, Image, Vector
from kiosk.evaluation.occlusions import backlight, darkness
from kiosk.vision.model_store import ModelStore
from kiosk.vision.tone_mapping import DARKEST, LIGHTEST, tone_mapped
from kiosk.vision.warp import align_face
from support import photographs

Alteration: TypeAlias = Callable[[Image, FaceDetection], Image]
RAMP = np.tile(np.linspace(0, 1, 112)[:, None, None], (1, 112, 3))


def lit(span: float, darkest: float = 20.0) -> Image:
    """Return a picture that is lighter below, whose inner face spans about so many luminances."""
    return np.clip(RAMP * span / 0.56 + darkest, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def detector(model_store: ModelStore) -> Iterator[FaceDetector]:
    with closing(model_store.open_detector("blazeface-full-range")) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedder(model_store: ModelStore) -> Embedder:
    return model_store.open_embedder("sface")


@pytest.mark.parametrize("span", [pytest.param(110, id="good light"), pytest.param(10, id="more noise than face")])
def test_a_face_that_needs_nothing_or_cannot_be_helped_is_left_alone(span: float) -> None:
    picture = lit(span)
    assert tone_mapped(picture) is picture


@pytest.mark.parametrize(("span", "darkest"), [(30, 5), (60, 90), (40, 150)])
def test_bad_light_is_stretched_to_the_whole_range(span: float, darkest: float) -> None:
    mapped = tone_mapped(lit(span, darkest))
    assert np.percentile(inner_face(luminance(mapped)), (2, 98)) == pytest.approx((DARKEST, LIGHTEST), abs=8)


@pytest.mark.parametrize(
    ("altered", "refused"),
    [
        pytest.param(backlight, (Reason.LOW_CONTRAST, Reason.TOO_BLURRED), id="before a bright window"),
        pytest.param(darkness, (), id="in a fifth of the light"),
    ],
)
def test_who_stands_in_bad_light_is_known_by_their_photograph(
    detector: FaceDetector, embedder: Embedder, altered: Alteration, refused: tuple[Reason, ...]
) -> None:
    enrolled = photographs.picture("obama.jpg")
    template = embedded(embedder, aligned(enrolled, only_face(detector, enrolled), embedder))
    again = photographs.picture("obama2.jpg")
    picture = altered(again, only_face(detector, again))
    face = only_face(detector, picture)
    before = aligned(picture, face, embedder)
    after = tone_mapped(before)
    assert assess(face, picture.shape, before, PROBE_LIMITS).reasons == refused
    assert assess(face, picture.shape, after, PROBE_LIMITS).is_sufficient
    assert template @ embedded(embedder, after) > embedder.impostor_tail.similarity_at(1e-5)


def only_face(detector: FaceDetector, picture: Image) -> FaceDetection:
    (face,) = detector.detect(picture)
    return face


def aligned(picture: Image, face: FaceDetection, embedder: Embedder) -> Image:
    return align_face(picture, face.landmarks_xy, embedder.alignment)


def embedded(embedder: Embedder, picture: Image) -> Vector:
    return np.asarray(embedder.embed([picture])[0].vector)
