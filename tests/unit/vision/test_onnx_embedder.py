"""Embeddings of networks in small, and of the installed one on real faces."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import Image
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.embedders.onnx import OnnxEmbedder
from kiosk.vision.golden_image import golden_image
from kiosk.vision.model_store import ModelStore
from kiosk.vision.warp import align_face
from support import photographs
from support.small_models import onnx_embedder, sha256


def described(content: bytes, *, dimension: int = 16, size_px: int = 112, **preprocessing: object) -> EmbedderModel:
    how = {"colour": "RGB", "mean": (127.5, 127.5, 127.5), "scale": 1 / 127.5, "layout": "NCHW", **preprocessing}
    return EmbedderModel.model_validate(
        {
            "id": "arcface",
            "title": "ArcFace-style",
            "role": "embedder",
            "file": "arcface.onnx",
            "sha256": sha256(content),
            "licence": "MIT",
            "training": "none",
            "dimension": dimension,
            "preprocessing": how,
            "alignment": {"size_px": size_px, "points_xy": [(38, 52), (74, 52), (56, 72), (56, 92)]},
            "impostor_tail": {"similarities": (0.3, 0.5), "fmr": (1e-2, 1e-4)},
        }
    )


def embedder(content: bytes, threads: int = 1, **described_as: object) -> OnnxEmbedder:
    return OnnxEmbedder(content, described(content, **described_as), threads)  # type: ignore[arg-type]


def faces(count: int, size_px: int = 112) -> list[Image]:
    random = np.random.default_rng(count)
    coarse = random.integers(0, 256, (count, 8, 8, 3), dtype=np.uint8)
    return [np.kron(one, np.ones((size_px // 8, size_px // 8, 1), np.uint8)) for one in coarse]


def vectors(one: Embedder, pictures: list[Image]) -> np.ndarray:
    return np.stack([embedding.vector for embedding in one.embed(pictures)])


def test_several_faces_at_once_give_what_each_gives_alone() -> None:
    one = embedder(onnx_embedder())
    together = vectors(one, faces(5))
    alone = np.concatenate([vectors(one, [face]) for face in faces(5)])
    np.testing.assert_allclose(together, alone, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    assert together.dtype == np.float32
    assert one.embed([]) == ()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(embedder(onnx_embedder(batch=1)), id="one-at-a-time"),
        pytest.param(embedder(onnx_embedder(layout="NHWC"), layout="NHWC"), id="channels-last"),
        pytest.param(embedder(onnx_embedder(), threads=2), id="two-threads"),
    ],
)
def test_batch_layout_and_threads_change_nothing(other: OnnxEmbedder) -> None:
    expected = vectors(embedder(onnx_embedder()), faces(3))
    np.testing.assert_allclose(vectors(other, faces(3)), expected, atol=1e-6)


def test_colour_and_mean_are_taken_in_the_catalogues_order() -> None:
    content, mean = onnx_embedder(), (120.0, 110.0, 100.0)
    turned = [np.ascontiguousarray(face[:, :, ::-1]) for face in faces(2)]
    as_rgb = vectors(embedder(content, colour="RGB", mean=mean), faces(2))
    as_bgr = vectors(embedder(content, colour="BGR", mean=mean), turned)
    np.testing.assert_allclose(as_rgb, as_bgr, atol=1e-6)
    assert (np.abs(as_rgb - vectors(embedder(content, colour="BGR", mean=mean), faces(2))) > 0.01).any()


def test_with_mirror_a_face_and_its_mirror_image_give_the_same() -> None:
    content = onnx_embedder()
    mirrored = [np.ascontiguousarray(face[:, ::-1]) for face in faces(2)]
    one = embedder(content, mirror=True)
    np.testing.assert_allclose(vectors(one, faces(2)), vectors(one, mirrored), atol=1e-6)
    plain = embedder(content)
    assert (np.abs(vectors(plain, faces(2)) - vectors(plain, mirrored)) > 0.01).any()


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(float("nan"), id="nan"),
        pytest.param(0.0, id="zero"),
        pytest.param(float("inf"), id="infinite"),
        pytest.param(1e30, id="too-long-to-measure"),
    ],
)
def test_an_answer_that_is_no_direction_is_never_evidence(factor: float) -> None:
    one = embedder(onnx_embedder(factor=factor))
    with pytest.raises(ConfigurationError, match="answers with no number"):
        one.embed(faces(2))


def test_a_face_of_another_size_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match=r"\(112, 112, 3\)"):
        embedder(onnx_embedder()).embed(faces(1, size_px=96))


@pytest.mark.parametrize(
    ("content", "described_as", "said"),
    [
        pytest.param(b"no network", {}, "not a network", id="no-onnx"),
        pytest.param(onnx_embedder()[:500], {}, "not a network", id="truncated"),
        pytest.param(onnx_embedder(32), {}, r"dimension is 16, the network's \[32\]", id="dimension"),
        pytest.param(onnx_embedder(16, 128), {}, "the catalogue says", id="size"),
        pytest.param(onnx_embedder(layout="NHWC"), {}, "the catalogue says", id="layout"),
        pytest.param(onnx_embedder(batch=4), {}, "the catalogue says", id="batch-of-four"),
    ],
)
def test_a_network_that_is_not_as_described_is_refused(content: bytes, described_as: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        embedder(content, **described_as)


@pytest.mark.parametrize(
    ("model_id", "cosine"),
    [pytest.param("mobilefacenet", pytest.approx(1, abs=1e-6)), pytest.param("sface", pytest.approx(0.998, abs=1e-3))],
)
def test_the_installed_network_is_the_published_one(model_store: ModelStore, model_id: str, cosine: float) -> None:
    """The golden vectors were made from the published files in float32, with a preprocessing written for them alone."""
    model = model_store.find(model_id)
    assert isinstance(model, EmbedderModel)
    one = model_store.open_embedder(model_id)
    assert one.golden_cosine() == cosine

    golden = np.array(model.golden) / np.linalg.norm(model.golden)
    picture = golden_image(112)
    wrong = [picture[:, :, ::-1], np.roll(picture, 1, axis=1), picture[:, ::-1]]
    cosines = vectors(one, [np.ascontiguousarray(image) for image in wrong]) @ golden
    assert (cosines < model.least_cosine).all()


@pytest.mark.parametrize("model_id", ["mobilefacenet", "sface"])
def test_the_installed_network_knows_people_again(model_store: ModelStore, model_id: str) -> None:
    one, detector = model_store.open_embedder(model_id), model_store.open_detector("blazeface-short-range")
    aligned = [aligned_face(detector, one, file) for file in ("obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png")]
    detector.close()
    obama, again, biden, collins = vectors(one, aligned)
    assert obama @ again > one.impostor_tail.similarity_at(1e-5)
    assert max(obama @ biden, obama @ collins, biden @ collins) < one.impostor_tail.similarity_at(1e-2)


def aligned_face(detector: FaceDetector, one: Embedder, file: str) -> Image:
    picture = photographs.picture(file)
    return align_face(picture, detector.detect(picture)[0].landmarks_xy, one.alignment)
