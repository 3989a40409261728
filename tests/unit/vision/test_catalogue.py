"""What a catalogue may say, and how a fault in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.device_settings import DEFAULT_EMBEDDER
from kiosk.config.paths import PROJECT_DIR
from kiosk.config.settings import load_settings
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel, read_catalogue

CATALOGUE = PROJECT_DIR / "models" / "catalogue.toml"
TEXT = CATALOGUE.read_text(encoding="utf-8")


def test_the_default_models_of_the_settings_are_in_the_catalogue_and_installed_by_default() -> None:
    default_ids = {model.id for model in read_catalogue(CATALOGUE) if model.default}
    assert {load_settings().detector, DEFAULT_EMBEDDER} <= default_ids


def test_every_model_is_pinned_carried_by_a_package_and_says_what_it_was_trained_on() -> None:
    for model in read_catalogue(CATALOGUE):
        assert model.packages, model.id
        assert all(Path(carrier.path).name == model.file for carrier in model.packages)
        assert model.licence
        assert model.training
        assert isinstance(model, EmbedderModel) <= (len(getattr(model, "golden", ())) > 0)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("dimension = 192", 'dimension = "many"', "mobilefacenet.dimension: Input should be", id="type"),
        pytest.param("dimension = 192", "dimension = 191", "mobilefacenet: .*golden has 192 numbers", id="golden"),
        pytest.param('colour = "RGB"', 'colour = "GRB"', "mobilefacenet.preprocessing.colour", id="choice"),
        pytest.param("scale = 0.0078125", "scale = 0", "mobilefacenet.preprocessing.scale", id="range"),
        pytest.param(
            "scale = 0.0078125", "skale = 0.0078125", "mobilefacenet.preprocessing.scale: Field req", id="typo"
        ),
        pytest.param("fmr = [1e-1,", "fmr = [1e-9,", "mobilefacenet.impostor_tail: .*rates falling", id="tail"),
        pytest.param('sha256 = "d8ba40c0', 'sha256 = "D8BA40C0', "mobilefacenet.sha256", id="checksum"),
        pytest.param('id = "mobilefacenet"', 'id = "dlib-resnet"', "the id dlib-resnet is given twice", id="twice"),
        pytest.param('id = "mobilefacenet"', "", "model 3.id: Field required", id="no-id"),
        pytest.param('file = "MobileFaceNet.tflite"', 'file = "../x.tflite"', "mobilefacenet.file", id="path-as-file"),
        pytest.param('role = "embedder"', 'role = "embeder"', "mobilefacenet", id="role"),
        pytest.param(
            '"blazeface"', '"haar"', "blazeface-short-range.kind: .*no kind haar; known are blazeface", id="kind"
        ),
        pytest.param('"nose_tip"', '"nose"', r"mobilefacenet.alignment.landmarks.2: Input should be", id="landmark"),
        pytest.param(
            '"nose_tip", ', "", "mobilefacenet.alignment: .*4 points need as many landmarks", id="three-of-four"
        ),
        pytest.param("[[model]]", "[[model]", "cannot read .*catalogue.toml", id="toml"),
    ],
)
def test_a_fault_is_named_with_its_field(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in TEXT
    path = tmp_path / "catalogue.toml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_catalogue(path)


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot read .*catalogue\.toml"):
        read_catalogue(tmp_path / "catalogue.toml")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('sha256 = "d8ba40c0', 'sha256 = "d8ba40c1', id="file"),
        pytest.param("mean = [127.5, 127.5, 127.5]", "mean = [127.5, 127.5, 127.0]", id="mean"),
        pytest.param('colour = "RGB"', 'colour = "BGR"', id="colour"),
        pytest.param("scale = 0.0078125", "scale = 0.0078", id="scale"),
        pytest.param("[[38.2946, 51.6963]", "[[38.2946, 51.6964]", id="alignment"),
        pytest.param('"right_eye", "left_eye"', '"left_eye", "right_eye"', id="landmarks"),
    ],
)
def test_whatever_decides_on_vectors_decides_on_the_identity(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    assert identity(path) != identity(CATALOGUE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("similarities = [0.200", "similarities = [0.201", id="tail"),
        pytest.param(
            'landmarks = ["right_eye", "left_eye", "nose_tip", "mouth_centre"]\n', "", id="landmarks-by-place"
        ),
    ],
)
def test_what_does_not_decide_on_vectors_leaves_the_identity_as_it_is(tmp_path: Path, before: str, after: str) -> None:
    assert before in TEXT
    path = tmp_path / "catalogue.toml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    assert identity(path) == identity(CATALOGUE)


def test_identities_are_short_enough_for_their_column() -> None:
    models = [model for model in read_catalogue(CATALOGUE) if isinstance(model, EmbedderModel)]
    longest = models[0].model_copy(update={"id": "x" * 47})
    assert len(longest.model_version) == 64
    assert models[0].model_version.startswith("mobilefacenet@")


def identity(path: Path) -> str:
    (model,) = (model for model in read_catalogue(path) if model.id == "mobilefacenet")
    assert isinstance(model, EmbedderModel)
    return model.model_version
