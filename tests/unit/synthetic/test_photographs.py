"""Where the photographs come from, and what is said when one is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.core.package_download import Package, Progress, WantedFile
from kiosk.demo.demo_people import EMPLOYEES
from kiosk.errors import ConfigurationError
from kiosk.synthetic import photographs as room
from kiosk.synthetic.photographs import catalogue, photograph, photograph_path
from support import photographs


def test_every_file_is_pinned_and_named_once() -> None:
    files = [known.file for known in catalogue()]
    assert len(set(files)) == len(files)
    assert all(len(bytes.fromhex(known.sha256)) == 32 for known in catalogue())


def test_an_sdist_is_pinned_too_because_fetching_it_runs_its_code() -> None:
    assert all(known.package.sha256 for known in catalogue() if known.package.registry == "pypi-sdist")


def test_the_demo_enrolls_from_photographs_of_the_right_people() -> None:
    assert [photograph(person.photograph).person for person in EMPLOYEES] == [person.full_name for person in EMPLOYEES]


@pytest.mark.parametrize("known", catalogue(), ids=lambda known: known.file)
def test_what_the_catalogue_says_lies_within_the_picture(known: room.Photograph) -> None:
    height, width = photographs.picture(known.file).shape[:2]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in known.outline_xy)
    if known.face is not None:
        assert known.face.width_px / 2 <= known.face.x <= width - known.face.width_px / 2
        assert known.face.width_px / 2 <= known.face.y <= height - known.face.width_px / 2


def test_each_package_is_asked_once_for_all_of_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[list[Package], list[WantedFile]]] = []

    def record(packages: list[Package], files: list[WantedFile], progress: Progress) -> None:
        asked.append((packages, files))

    monkeypatch.setattr(room, "fetch_files", record)
    room.fetch_photographs(print, tmp_path)
    assert [str(packages[0]).split()[0] for packages, _ in asked] == ["face_recognition", "scikit-image"]
    assert {file.destination for _, files in asked for file in files} == {
        tmp_path / known.file for known in catalogue()
    }


def test_what_is_there_already_is_not_fetched_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for known in catalogue():
        shutil.copy(photographs.path(known.file), tmp_path)
    monkeypatch.setenv("PATH", "")  # no client of a registry could be started
    said: list[str] = []
    room.fetch_photographs(said.append, tmp_path)
    assert said == []


@pytest.mark.parametrize("content", [None, b"half of a photogr"], ids=["missing", "damaged"])
def test_a_photograph_that_is_not_whole_is_named_with_what_to_do(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "obama.jpg").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"obama\.jpg .*kiosk demo --fetch-only"):
        photograph_path("obama.jpg", tmp_path)
