"""kiosk models, as a person types it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.cli.models import app
from kiosk.config import paths, settings_base
from kiosk.errors import ConfigurationError
from support.small_models import onnx_embedder, sha256

pytestmark = pytest.mark.models

OWN = """
[[model]]
id = "own"
title = "Our own"
role = "embedder"
file = "own.onnx"
sha256 = "{sha256}"
licence = "ours"
training = "our own staff"
dimension = 16
preprocessing = {{ colour = "RGB", mean = [127.5, 127.5, 127.5], scale = 0.0078, layout = "NCHW" }}
alignment = {{ size_px = 112, points_xy = [[38.3, 51.7], [73.5, 51.5], [56.0, 71.7], [56.1, 92.3]] }}
impostor_tail = {{ similarities = [0.3, 0.5], fmr = [1e-2, 1e-4] }}
"""


@pytest.fixture
def models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed models, to be spoilt."""
    folder = tmp_path / "project" / "models"
    shutil.copytree(paths.MODELS_DIR, folder)
    monkeypatch.setattr(settings_base, "MODELS_DIR", folder)
    return folder


@pytest.fixture
def own_network(tmp_path: Path) -> Path:
    """A network of the office's own, in the data directory."""
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    (folder / "own.onnx").write_bytes(onnx_embedder())
    (folder / "catalogue.toml").write_text(OWN.format(sha256=sha256(onnx_embedder())))
    return folder / "own.onnx"


def kiosk_models(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "120"}).invoke(app, arguments)


def test_list_shows_each_model(models_dir: Path, own_network: Path) -> None:
    (models_dir / "mobilefacenet.onnx").unlink()
    lines = kiosk_models("list").stdout.splitlines()
    rows = {line.split()[0]: line.split() for line in lines}
    assert list(rows) == [
        "id",
        "blazeface-short-range",
        "blazeface-full-range",
        "mobilefacenet",
        "sface",
        "face-landmarker",
        "dlib-resnet",
        "own",
    ]
    assert rows["blazeface-short-range"][1:4] == ["detector", "yes", "Apache-2.0"]
    assert rows["mobilefacenet"][1:4] == ["embedder", "no", "Apache-2.0"]
    assert rows["own"][1:4] == ["embedder", "yes", "ours"]


def test_verify_says_what_is_whole(models_dir: Path, own_network: Path) -> None:
    result = kiosk_models("verify")
    assert result.exit_code == 0
    assert "mobilefacenet is whole" in result.stdout
    assert "own is whole" in result.stdout


def test_verify_ends_with_2_when_something_is_wrong(models_dir: Path, own_network: Path) -> None:
    (models_dir / "face_detection_short_range.tflite").write_bytes(b"spoilt")
    own_network.write_bytes(b"spoilt")
    result = kiosk_models("verify")
    assert result.exit_code == 2
    assert "blazeface-short-range (face_detection_short_range.tflite) is damaged" in result.stderr
    assert "run: kiosk models install blazeface-short-range" in result.stderr
    assert "own (own.onnx) is damaged" in result.stderr
    assert "mobilefacenet is whole" in result.stdout


def test_install_leaves_what_is_installed(models_dir: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in models_dir.iterdir()}
    result = kiosk_models("install")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "blazeface-short-range is installed",
        "blazeface-full-range is installed",
        "mobilefacenet is installed",
        "sface is installed",
        "face-landmarker is installed",
    ]
    assert {path.name: path.stat().st_mtime_ns for path in models_dir.iterdir()} == before


def test_install_from_a_folder_mends_a_damaged_model(models_dir: Path, tmp_path: Path) -> None:
    damaged = models_dir / "face_detection_short_range.tflite"
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(damaged, stick)
    damaged.write_bytes(b"spoilt")
    result = kiosk_models("install", "blazeface-short-range", "--from", str(stick))
    assert result.exit_code == 0
    assert result.stderr.splitlines() == ["installing blazeface-short-range"]
    assert damaged.read_bytes() == (stick / damaged.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("install", "mobilefacent"), "did you mean mobilefacenet", id="typo"),
        pytest.param(("install", "blazeface-short-range", "--from", __file__), "is not a folder", id="no-folder"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence(models_dir: Path, arguments: tuple[str, ...], said: str) -> None:
    (models_dir / "face_detection_short_range.tflite").unlink()
    result = kiosk_models(*arguments)
    assert isinstance(result.exception, ConfigurationError)
    assert said in str(result.exception)
