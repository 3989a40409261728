"""The photographs of the demo and of the tests: where they come from, and who is in them.

assets/photographs.toml describes them; the files are fetched out of published packages and never committed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from kiosk.config.paths import ASSETS_DIR
from kiosk.core.package_download import Package, Progress, WantedFile, fetch_files, has_checksum
from kiosk.errors import ConfigurationError

CATALOGUE_PATH = ASSETS_DIR / "photographs.toml"
PHOTOGRAPHS_DIR = ASSETS_DIR / "photographs"


@dataclass(frozen=True, slots=True)
class FacePosition:
    """Centre and width of a face, in pixels of its photograph."""

    x: float
    y: float
    width_px: float


@dataclass(frozen=True, slots=True)
class Photograph:
    """One photograph.

    Attributes:
        member: path of the file inside its package.
        package: that carries it.
        sha256: of the file.
        shows: what is to be seen.
        person: full name of the one who is in it; None when nobody is.
        face: of somebody who walks through clips.
        outline_xy: a polygon around that person, in pixels.
    """

    member: str
    package: Package
    sha256: str
    shows: str
    person: str | None = None
    face: FacePosition | None = None
    outline_xy: tuple[tuple[int, int], ...] = ()

    @property
    def file(self) -> str:
        """The file's name, by which a photograph is asked for."""
        return PurePosixPath(self.member).name


@cache
def catalogue() -> tuple[Photograph, ...]:
    """Return what assets/photographs.toml describes, in its order: package after package."""
    with CATALOGUE_PATH.open("rb") as file:
        tables = tomllib.load(file)
    entries = ({**entry, "package": tables["packages"][entry["package"]]} for entry in tables["photographs"])
    return TypeAdapter(tuple[Photograph, ...]).validate_python(tuple(entries))


def photograph(file: str) -> Photograph:
    """Return the photograph of this file name. Raises KeyError."""
    return {known.file: known for known in catalogue()}[file]


def fetch_photographs(progress: Progress, folder: Path = PHOTOGRAPHS_DIR) -> None:
    """Put every photograph into the folder; what is there and whole is not fetched again.

    progress gets a short line now and then. Raises ConfigurationError, StorageError; what was there stays.
    """
    for package, photographs in groupby(catalogue(), key=lambda known: known.package):
        wanted = [WantedFile(known.member, known.sha256, folder / known.file) for known in photographs]
        fetch_files([package], wanted, progress)


def photograph_path(file: str, folder: Path = PHOTOGRAPHS_DIR) -> Path:
    """Return where a photograph stands. Raises ConfigurationError when it is not there or not whole."""
    path = folder / file
    if not has_checksum(path, photograph(file).sha256):
        raise ConfigurationError(
            f"the photograph {file} is missing or damaged in {folder}: "
            "with a network, `kiosk demo --fetch-only` fetches it"
        )
    return path
