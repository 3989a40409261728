"""A folder of people to evaluate with: FOLDER/person/photograph, and the lists that may go with it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.domain.image_limits import SUFFIXES
from kiosk.errors import ConfigurationError

GROUPS_FILE = "groups.csv"


class Half(StrEnum):
    """A half of a folder's people, so that what is tuned on some people is checked on others."""

    TUNING = "tuning"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the folder.

    Attributes:
        name: of the person's own folder.
        photographs: in the order of their names, never empty.
    """

    name: str
    photographs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Who of a folder's people takes part.

    Attributes:
        samples: photographs to enroll each person from; whoever has more is enrolled.
        half: of the people, None for all.
        single_strangers: whether those who are not enrolled take part only with a single photograph. The visits of
            somebody who comes twice say less than those of two people.
    """

    samples: int
    half: Half | None = None
    single_strangers: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonPair:
    """Two photographs to be verified against each other."""

    first: Path
    second: Path
    is_same_person: bool


def read_people(folder: Path, half: Half | None = None) -> tuple[Person, ...]:
    """Return the people of a folder in the order of their names. Raises ConfigurationError when there are none.

    half: every second of them; the checking half begins with the first.
    """
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir())
        found = [Person(path.name, _photographs(path)) for path in folders]
    except OSError as error:
        raise ConfigurationError(f"cannot read {folder}: {error.strerror}") from error
    people = tuple(person for person in found if person.photographs)
    if not people:
        raise ConfigurationError(f"{folder} holds no photographs; put them there as PERSON/photograph.jpg")
    return people if half is None else people[half is Half.TUNING :: 2]


def select_people(folder: Path, selection: Selection) -> tuple[Person, ...]:
    """Return the people of a folder who take part. Raises ConfigurationError when there are none."""
    people = read_people(folder, selection.half)
    if not selection.single_strangers:
        return people
    return tuple(person for person in people if not 1 < len(person.photographs) <= selection.samples)


def read_groups(folder: Path) -> dict[str, str]:
    """Return each person's group from groups.csv (person,group); empty without such a file.

    Raises ConfigurationError when the file has other columns or names somebody who is not there.
    """
    path = folder / GROUPS_FILE
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"cannot read {path}: {error}") from error
    if rows and not {"person", "group"} <= rows[0].keys():
        raise ConfigurationError(f"{path}: the first line must be person,group")
    groups = {row["person"]: row["group"] for row in rows}
    unlisted = sorted(groups.keys() - {person.name for person in read_people(folder)})
    if unlisted:
        raise ConfigurationError(f"{path}: there are no photographs of {unlisted[0]}")
    return groups


def read_pairs(path: Path, people: Sequence[Person]) -> tuple[tuple[ComparisonPair, ...], ...]:
    """Return the folds of a pairs file of Labelled Faces in the Wild.

    Its first line is "folds pairs", or "pairs" for a single fold; every fold has that many lines "name n m" of the
    same person and then as many "name n other m". Raises ConfigurationError naming the line.
    """
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read {path}: {error}") from error
    photographs = {person.name: person.photographs for person in people}
    try:
        *folds, count = (int(number) for number in lines[0])
        pairs = [_pair(words, photographs) for words in lines[1:]]
    except (IndexError, ValueError, KeyError) as error:
        raise ConfigurationError(f"{path} is not a pairs file for this folder: {error}") from error
    if count < 1 or len(pairs) != 2 * count * (folds[0] if folds else 1):
        raise ConfigurationError(f"{path}: the first line promises another number of pairs than the {len(pairs)} there")
    return tuple(tuple(pairs[start : start + 2 * count]) for start in range(0, len(pairs), 2 * count))


def _photographs(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES))


def _pair(words: Sequence[str], photographs: dict[str, tuple[Path, ...]]) -> ComparisonPair:
    match words:
        case [name, first, second]:
            return ComparisonPair(_photograph(photographs, name, first), _photograph(photographs, name, second), True)
        case [name, first, other, second]:
            return ComparisonPair(_photograph(photographs, name, first), _photograph(photographs, other, second), False)
    raise ValueError(f"cannot understand {' '.join(words)!r}")


def _photograph(photographs: dict[str, tuple[Path, ...]], name: str, number: str) -> Path:
    """Return the photograph called name_0007, as the collection numbers them."""
    stem = f"{name}_{int(number):04d}"
    for path in photographs.get(name, ()):
        if path.stem == stem:
            return path
    raise ValueError(f"there is no photograph {stem}")
