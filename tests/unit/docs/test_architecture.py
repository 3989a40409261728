"""The page on the architecture describes the rooms that there are, and the glossary the words that they use."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from support.documents import document

PAGE = document("docs/architecture.md")
PLAIN_WORDS = "Words that need no entry"
ROOMS = ("kiosk", "db", "alembic", "models", "assets", "tests", "docs")


def folders() -> set[str]:
    """The rooms: the top level, and the packages of kiosk/."""
    packages = {f"kiosk/{path.parent.name}" for path in (PROJECT_DIR / "kiosk").glob("*/__init__.py")}
    return packages | set(ROOMS) - {"kiosk"}


def floors(text: str) -> list[set[str]]:
    return [{room.strip() for room in line.split("|")} for line in text.splitlines() if line.strip()]


def singular(word: str) -> str:
    for ending, without in (("ies", "y"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            return word.removesuffix(ending) + without
    return word


def explained_words() -> set[str]:
    """The words of the glossary's terms, and those that need no entry."""
    terms = [row[0] for row in PAGE.table("Glossary")]
    terms += re.findall(r"\*\*([^*]+)\*\*", PAGE.section("Glossary"))
    terms += [row[1] for row in PAGE.table(PLAIN_WORDS)]
    return {singular(word) for term in terms for word in re.findall(r"[a-z0-9]+", term.lower())}


def modules() -> list[Path]:
    paths = [path.relative_to(PROJECT_DIR) for room in ("kiosk", "db") for path in (PROJECT_DIR / room).rglob("*.py")]
    return sorted(path for path in paths if not path.stem.startswith("__"))


def test_the_rooms_are_those_that_there_are() -> None:
    named = [room for row in PAGE.table("Rooms") for room in re.findall(r"`([^`]+)`", row[0])]
    assert sorted(named) == sorted(folders())


def test_the_floors_are_those_that_the_import_linter_checks() -> None:
    config = configparser.ConfigParser()
    config.read(PROJECT_DIR / "setup.cfg")
    block = next(block for block in PAGE.code_blocks("") if block.startswith("kiosk.__main__"))
    assert floors(block) == floors(config["importlinter:contract:layers"]["layers"])


def test_every_module_is_called_by_a_known_word() -> None:
    known = explained_words()
    words = ((path, word) for path in modules() for word in path.stem.split("_"))
    unknown = [f"{word} ({path})" for path, word in words if singular(word) not in known]
    assert not unknown, f"not in the glossary of {PAGE.name}: {', '.join(unknown)}"


@pytest.mark.parametrize("word", ["curtain", "shelf", "peephole"])
def test_a_private_word_is_noticed(word: str) -> None:
    assert word not in explained_words()


def test_terms_are_explained_once() -> None:
    terms = [row[0] for row in PAGE.table("Glossary") if row not in PAGE.table(PLAIN_WORDS)]
    assert sorted(terms) == sorted(set(terms))
