"""Embeddings of a network in small on LiteRT."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.embedders.litert import LiteRtEmbedder
from kiosk.vision.tflite_graph import TfliteGraph
from support.small_models import sha256

SIZE_PX, DIMENSION = 8, 4


def network(size_px: int = SIZE_PX, dimension: int = DIMENSION, bias: float = 0.0) -> bytes:
    """Return one whose vector is a matrix times the picture."""
    weights = np.random.default_rng(1).normal(size=(dimension, 3 * size_px**2)).astype(np.float32)
    graph = TfliteGraph((3, size_px, size_px))
    graph.vector(weights, np.full(dimension, bias, np.float32))
    return graph.content()


def embedder(content: bytes, layout: str = "NHWC", threads: int = 1) -> LiteRtEmbedder:
    model = EmbedderModel.model_validate(
        {
            "id": "small",
            "title": "Small",
            "role": "embedder",
            "kind": "litert",
            "file": "small.tflite",
            "sha256": sha256(content),
            "licence": "MIT",
            "training": "none",
            "dimension": DIMENSION,
            "preprocessing": {"colour": "RGB", "mean": (0, 0, 0), "scale": 1, "layout": layout},
            "alignment": {"size_px": SIZE_PX, "points_xy": [(3, 3), (5, 3), (4, 4), (4, 6)]},
            "impostor_tail": {"similarities": (0.3, 0.5), "fmr": (1e-2, 1e-4)},
        }
    )
    assert not model.is_converted
    return LiteRtEmbedder(content, model, threads)


def faces(count: int) -> list[np.ndarray]:
    return list(np.random.default_rng(2).integers(0, 256, (count, SIZE_PX, SIZE_PX, 3), dtype=np.uint8))


@pytest.mark.parametrize("threads", [1, 2])
def test_each_face_gives_the_matrix_times_its_pixels(threads: int) -> None:
    weights = np.random.default_rng(1).normal(size=(DIMENSION, 3 * SIZE_PX**2))
    expected = np.stack([weights @ face[..., ::-1].transpose(2, 0, 1).reshape(-1).astype(float) for face in faces(3)])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    found = np.stack([embedding.vector for embedding in embedder(network(), threads=threads).embed(faces(3))])
    assert ((found * expected).sum(axis=1) > 0.999).all()
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_a_network_that_answers_with_no_number_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="answers with no number"):
        embedder(network(bias=float("nan"))).embed(faces(1))


@pytest.mark.parametrize(
    ("content", "layout", "said"),
    [
        pytest.param(network()[:200], "NHWC", "not a network that LiteRT can load", id="truncated"),
        pytest.param(b"", "NHWC", "not a network that LiteRT can load", id="empty"),
        pytest.param(network(dimension=5), "NHWC", "the catalogue says", id="dimension"),
        pytest.param(network(size_px=6), "NHWC", "the catalogue says", id="size"),
        pytest.param(network(), "NCHW", "the catalogue says", id="layout"),
    ],
)
def test_a_network_that_is_not_as_described_is_refused(content: bytes, layout: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        embedder(content, layout)
