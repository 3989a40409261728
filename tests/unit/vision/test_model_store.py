"""Models in small: found, installed, damaged and mended, without a network."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from kiosk.errors import ConfigurationError, StorageError
from kiosk.vision.golden_image import golden_image
from kiosk.vision.installation import install
from kiosk.vision.model_store import ModelStore
from support.file_size_limit import files_no_larger_than
from support.small_dlib import SmallDlib
from support.small_models import onnx_embedder, sha256

NETWORK = SmallDlib()
PUBLISHED = NETWORK.content()


def golden() -> list[float]:
    """Return what the published network makes of the golden picture, by the oracle."""
    picture = golden_image(NETWORK.size_px)[:, :, ::-1].transpose(2, 0, 1).astype(np.float32)
    mean = np.array([122.782, 117.001, 104.298], dtype=np.float32)[:, None, None]
    vector = NETWORK.oracle((picture - mean) / np.float32(256))
    return [round(float(value), 5) for value in vector / np.linalg.norm(vector)]


@dataclass
class Entry:
    """A table of a catalogue; the small dlib network unless told otherwise."""

    id: str = "small"
    file: str = "small.dat"
    content: bytes = PUBLISHED
    dimension: int = NETWORK.dimension
    size_px: int = NETWORK.size_px
    scale: float = 1 / 256
    mean: tuple[float, float, float] = (122.782, 117.001, 104.298)
    golden: list[float] = field(default_factory=golden)
    default: bool = True

    def text(self) -> str:
        right = self.size_px * 0.65
        return f"""
[[model]]
id = "{self.id}"
title = "A small network"
role = "embedder"
file = "{self.file}"
sha256 = "{sha256(self.content)}"
size_bytes = {len(self.content)}
licence = "MIT"
training = "none"
default = {str(self.default).lower()}
dimension = {self.dimension}
golden = {self.golden}
preprocessing = {{ colour = "RGB", mean = {list(self.mean)}, scale = {self.scale}, layout = "NCHW" }}
alignment = {{ size_px = {self.size_px}, points_xy = [[6.0, 6.0], [{right}, 6.0], [9.0, 9.0], [9.0, 13.0]] }}
impostor_tail = {{ similarities = [0.3, 0.5], fmr = [1e-2, 1e-4] }}
"""


def own_arcface(content: bytes | None = None, **changes: object) -> Entry:
    """Return an ArcFace-style network of the office's own."""
    values = {"id": "own", "file": "own.onnx", "content": content or onnx_embedder(16, 112), "dimension": 16}
    values |= {"size_px": 112, "scale": 1 / 127.5, "mean": (127.5, 127.5, 127.5), "golden": [], **changes}
    return Entry(**values)  # type: ignore[arg-type]


class Folders:
    """The folders of a store, and one with the files as published."""

    def __init__(self, root: Path) -> None:
        self.models, self.own, self.source = root / "models", root / "own", root / "source"
        for folder in (self.models, self.own, self.source):
            folder.mkdir()
        self.describe(Entry())

    def describe(self, *entries: Entry) -> None:
        (self.models / "catalogue.toml").write_text("".join(entry.text() for entry in entries))

    def describe_own(self, *entries: Entry) -> None:
        (self.own / "catalogue.toml").write_text("".join(entry.text() for entry in entries))

    @property
    def store(self) -> ModelStore:
        return ModelStore(self.models, self.own)

    def install(self, *ids: str) -> list[str]:
        lines: list[str] = []
        store = self.store
        install(store, [store.find(model_id) for model_id in ids or ("small",)], self.source, lines.append)
        return lines

    def installed(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.models.iterdir() if path.name != "catalogue.toml"}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("small.dat", id="by-name"),
        pytest.param("renamed.bin", id="by-checksum"),
        pytest.param("deeper/in/it/small.dat", id="in-a-folder-below"),
    ],
)
def test_a_model_is_installed_from_a_folder(folders: Folders, place: str) -> None:
    path = folders.source / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PUBLISHED)
    assert folders.install() == ["installing small"]

    store = folders.store
    assert store.is_installed(store.find("small"))
    assert store.problem(store.find("small")) is None
    assert store.open_embedder("small").golden_cosine() == pytest.approx(1, abs=1e-6)
    assert sorted(folders.installed()) == ["small.onnx", "small.onnx.sha256"]
    assert folders.install() == ["small is installed"]


def nothing_there(folders: Folders) -> None:
    pass


def another_version(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED[:-4] + b"\0\0\0\0")


def cut_short(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED[:1000])


def no_folder(folders: Folders) -> None:
    folders.source.rmdir()


def computes_something_else(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED)
    folders.describe(Entry(golden=golden()[::-1]))


def of_another_dimension(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED)
    folders.describe(Entry(dimension=7, golden=[]))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(nothing_there, "has no small.dat .*nothing was replaced", id="missing"),
        pytest.param(another_version, "damaged or another version", id="wrong-checksum"),
        pytest.param(cut_short, "damaged or another version", id="truncated"),
        pytest.param(no_folder, "is not a folder", id="no-folder"),
        pytest.param(computes_something_else, "disagrees with the published one", id="golden-vector"),
        pytest.param(of_another_dimension, "dimension is 7", id="dimension"),
    ],
)
def test_a_failed_installation_leaves_what_was_there(
    folders: Folders, spoil: Callable[[Folders], None], said: str
) -> None:
    before = {"small.onnx": b"an older network", "small.onnx.sha256": b"and its checksum"}
    for name, content in before.items():
        (folders.models / name).write_bytes(content)
    spoil(folders)
    with pytest.raises(ConfigurationError, match=said):
        folders.install()
    assert folders.installed() == before


def test_a_disk_that_refuses_leaves_what_was_there(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED)
    (folders.models / "small.onnx").write_bytes(b"an older network")
    with files_no_larger_than(1000), pytest.raises(StorageError, match="nothing was replaced"):
        folders.install()
    assert folders.installed() == {"small.onnx": b"an older network"}


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def lose_the_checksum(path: Path) -> None:
    path.with_name("small.onnx.sha256").unlink()


def spoil_the_checksum(path: Path) -> None:
    path.with_name("small.onnx.sha256").write_bytes(b"\xff")


@pytest.mark.parametrize("spoil", [flip_a_bit, cut_in_half, lose_the_checksum, spoil_the_checksum])
def test_a_damaged_model_is_named_and_installed_anew(folders: Folders, spoil: Callable[[Path], None]) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED)
    folders.install()
    spoil(folders.models / "small.onnx")
    store = folders.store
    assert not store.is_installed(store.find("small"))
    assert "run: kiosk models install small" in str(store.problem(store.find("small")))
    with pytest.raises(ConfigurationError, match=r"damaged.*run: kiosk models install"):
        store.open_embedder("small")
    folders.install()
    assert store.problem(store.find("small")) is None


def test_a_model_made_from_another_file_is_out_of_date(folders: Folders) -> None:
    (folders.source / "small.dat").write_bytes(PUBLISHED)
    folders.install()
    folders.describe(Entry(content=PUBLISHED + b"\0"))
    assert "out of date" in str(folders.store.problem(folders.store.find("small")))


def test_a_model_that_is_not_installed_is_a_problem_unless_it_is_on_request(folders: Folders) -> None:
    folders.describe(Entry(), Entry(id="other", default=False))
    store = folders.store
    assert "not installed; run: kiosk models install small" in str(store.problem(store.find("small")))
    assert store.problem(store.find("other")) is None


def test_a_network_of_the_offices_own_works_as_it_lies_there(folders: Folders) -> None:
    folders.describe_own(own_arcface())
    (folders.own / "own.onnx").write_bytes(own_arcface().content)
    store = folders.store
    assert store.problem(store.find("own")) is None
    embedder = store.open_embedder("own")
    (embedding,) = embedder.embed([golden_image(112)])
    assert embedding.vector.shape == (16,)
    assert embedding.model_version == embedder.model_version
    assert folders.install("own") == ["own is installed"]


def test_a_damaged_network_of_the_offices_own_is_theirs_to_replace(folders: Folders) -> None:
    folders.describe_own(own_arcface())
    (folders.own / "own.onnx").write_bytes(b"damaged")
    with pytest.raises(ConfigurationError, match=f"own .*damaged.*put it into {folders.own}"):
        folders.install("own")


def test_a_network_of_the_offices_own_may_not_hide_a_built_in_one(folders: Folders) -> None:
    folders.describe_own(own_arcface(id="small"))
    with pytest.raises(ConfigurationError, match=r"own/catalogue\.toml: small is the id of a built-in model"):
        _ = folders.store


def test_a_network_of_the_offices_own_has_to_be_onnx(folders: Folders) -> None:
    folders.describe_own(own_arcface(file="own.tflite"))
    with pytest.raises(ConfigurationError, match=r"own\.file has to be an \.onnx file"):
        _ = folders.store


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("smal", "did you mean small", id="nearly"),
        pytest.param("facenet-xxl", "known are small", id="unknown"),
    ],
)
def test_an_unknown_model_is_named_with_what_there_is(folders: Folders, asked: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        folders.store.open_embedder(asked)


def test_an_embedder_is_no_detector(folders: Folders) -> None:
    with pytest.raises(ConfigurationError, match="small is an embedder and cannot find faces; set KIOSK_DETECTOR"):
        folders.store.open_detector("small")
