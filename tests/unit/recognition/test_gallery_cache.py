"""The gallery's copy on disk: whole and of this model, or not used at all."""

from __future__ import annotations

import hashlib
import io
import logging
import random
import stat
from pathlib import Path

import numpy as np
import pytest

from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding, Template
from kiosk.recognition import gallery_cache
from kiosk.recognition.gallery_cache import CachedGallery
from support.database_rows import MODEL, OTHER_MODEL, face
from support.file_size_limit import files_no_larger_than

TEMPLATES = (Template(7, face(1)), Template(7, face(2)), Template(9, face(3)))
NAMES = {7: "Анна Å", 9: "Boris", 12: "nobody's face"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / gallery_cache.FILE_NAME


@pytest.fixture(autouse=True)
def every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kiosk")


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, object]]:
    return [(record.message, getattr(record, "fields", {}).get("reason")) for record in caplog.records]


def loaded(path: Path) -> CachedGallery:
    enrolled = gallery_cache.load(path, MODEL)
    assert enrolled is not None
    return enrolled


def test_a_copy_comes_back_bit_by_bit(path: Path) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    enrolled = loaded(path)
    assert enrolled.names == NAMES
    assert (enrolled.gallery.person_count, enrolled.gallery.template_count) == (2, 3)
    original = Gallery(MODEL, TEMPLATES)
    for seed in range(10):
        probe = Embedding(face(seed), MODEL)
        assert enrolled.gallery.search(probe) == original.search(probe)


def test_what_people_are_called_comes_back_and_is_missing_in_an_older_copy(path: Path) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES, {7: "Аня"})
    assert dict(loaded(path).called) == {7: "Аня"}
    content = path.read_bytes()[: -gallery_cache.DIGEST_LENGTH]
    with np.load(io.BytesIO(content), allow_pickle=False) as copy:
        older = {name: copy[name] for name in copy.files if "called" not in name}
    archive = io.BytesIO()
    np.savez(archive, **older)
    path.write_bytes(archive.getvalue() + hashlib.sha256(archive.getvalue()).digest())
    assert (dict(loaded(path).names), dict(loaded(path).called)) == (NAMES, {})


def test_an_empty_gallery_is_a_copy_too(path: Path) -> None:
    gallery_cache.save(path, MODEL, (), {})
    assert loaded(path).gallery.template_count == 0


def test_only_the_kiosk_can_read_a_copy_and_it_opens_as_an_archive(path: Path) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir() if p.name.startswith("gallery")] == [path.name]
    with np.load(path, allow_pickle=False) as archive:
        assert archive["vectors"].shape == (3, 192)


def test_no_copy_is_not_worth_a_line(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert gallery_cache.load(path, MODEL) is None
    assert lines(caplog) == []


def test_a_copy_of_another_model_is_not_used(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    assert gallery_cache.load(path, OTHER_MODEL) is None
    assert lines(caplog) == [("gallery.copy_ignored", "another model")]


def test_a_copy_cut_anywhere_is_not_used(path: Path) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    whole = path.read_bytes()
    for length in [*range(80), *range(80, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert gallery_cache.load(path, MODEL) is None, length


def test_a_copy_with_any_bit_flipped_is_not_used(path: Path) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    whole = path.read_bytes()
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        damaged, place = bytearray(whole), chance.randrange(len(whole))
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert gallery_cache.load(path, MODEL) is None, place


def test_a_copy_that_cannot_be_read_is_named(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.mkdir()
    assert gallery_cache.load(path, MODEL) is None
    assert lines(caplog) == [("gallery.copy_ignored", "Is a directory")]


def test_a_disk_that_refuses_leaves_no_copy_with_people_who_may_be_gone(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gallery_cache.save(path, MODEL, TEMPLATES, NAMES)
    with files_no_larger_than(100):
        gallery_cache.save(path, MODEL, TEMPLATES[:1], {7: NAMES[7]})
    assert not path.exists()
    assert lines(caplog) == [("gallery.copy_failed", "File too large")]


def test_a_folder_that_is_gone_is_named(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gallery_cache.save(path / "nowhere" / "gallery.npz", MODEL, TEMPLATES, NAMES)
    assert lines(caplog) == [("gallery.copy_failed", "No such file or directory")]
