"""A model's kind decides what runs it, and a new kind is one module."""

from __future__ import annotations

import shutil
from contextlib import closing
from importlib import import_module
from inspect import signature
from pathlib import Path

import numpy as np
import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.vision import detectors, embedders
from kiosk.vision.detectors.blazeface import BlazeFaceDetector
from kiosk.vision.model_kinds import DetectorModule, EmbedderModule, detector_kinds, embedder_kinds
from kiosk.vision.model_store import ModelStore
from support.small_models import sha256

MODELS_DIR = PROJECT_DIR / "models"

CENTRE_OF_THE_PICTURE = """
import numpy as np
from kiosk.domain.types import FaceDetection


def open_detector(model, read, minimum_score):
    return CentreDetector(read(model.id), minimum_score)


class CentreDetector:
    network_s = 0.0

    def __init__(self, content, minimum_score):
        self.score = float(content) * minimum_score

    def detect(self, image_bgr):
        height, width = image_bgr.shape[:2]
        return (FaceDetection((0, 0, width, height), np.full((6, 2), np.nan, np.float32), self.score),)

    def find_candidates(self, image_bgr):
        return self.detect(image_bgr)

    def detect_at(self, image_bgr, places):
        return self.detect(image_bgr)

    def close(self):
        pass
"""


def described(name: str, content: bytes, **fields: object) -> str:
    table: dict[str, object] = {
        "id": "own",
        "title": "Our own",
        "role": "detector",
        "file": name,
        "sha256": sha256(content),
    }
    table |= {"licence": "MIT", "training": "none", "input_px": 128, "range_m": 2.0, **fields}
    return "[[model]]\n" + "".join(f"{key} = {value!r}\n" for key, value in table.items())


def test_a_new_kind_is_one_module_and_an_entry_of_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "centre.py").write_text(CENTRE_OF_THE_PICTURE)
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path / "modules")])
    (tmp_path / "catalogue.toml").write_text(described("one.txt", b"1.5", kind="centre"))
    (tmp_path / "one.txt").write_bytes(b"1.5")
    with closing(ModelStore(MODELS_DIR, tmp_path).open_detector("own", minimum_score=0.5)) as detector:
        (face,) = detector.detect(np.zeros((20, 30, 3), np.uint8))
    assert (face.box_xyxy, face.detection_score) == ((0, 0, 30, 20), 0.75)


@pytest.mark.models
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": "blazeface"}, id="named"),
        pytest.param({}, id="not-named"),
        pytest.param({"closer_look": "blazeface-short-range"}, id="refined-as-it-was-called"),
        pytest.param({"refinement": "blazeface-short-range"}, id="refined"),
    ],
)
def test_a_detector_of_the_offices_own_is_a_blazeface_unless_it_names_another_kind(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    file = MODELS_DIR / "face_detection_short_range.tflite"
    shutil.copy(file, tmp_path)
    (tmp_path / "catalogue.toml").write_text(described(file.name, file.read_bytes(), **fields))
    with closing(ModelStore(MODELS_DIR, tmp_path).open_detector("own")) as detector:
        assert isinstance(detector, BlazeFaceDetector)


@pytest.mark.parametrize("kind", detector_kinds())
def test_every_kind_of_detector_can_be_opened(kind: str) -> None:
    module = import_module(f"{detectors.__name__}.{kind}")
    assert list(signature(module.open_detector).parameters) == parameters(DetectorModule.open_detector)


@pytest.mark.parametrize("kind", embedder_kinds())
def test_every_kind_of_embedder_can_be_opened(kind: str) -> None:
    module = import_module(f"{embedders.__name__}.{kind}")
    assert list(signature(module.open_embedder).parameters) == parameters(EmbedderModule.open_embedder)


def parameters(method: object) -> list[str]:
    return list(signature(method).parameters)[1:]  # type: ignore[arg-type]
