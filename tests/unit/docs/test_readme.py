"""The README is what a newcomer reads first: short, a picture before everything else, the same in both languages."""

from __future__ import annotations

import re

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.config.setting_faults import PREFIX
from support.documents import Document, document

ENGLISH, RUSSIAN = document("README.md"), document("README.ru.md")
GUIDES = ("administrator", "technician", "messages", "receivers")
LONGEST_README = 8 * 1024


def links(readme: Document) -> set[str]:
    """What a README links to, whatever the language."""
    return {re.sub(r"(README)(\.ru)?\.md|\.(en|ru)\.md", "GUIDE", link.partition("#")[0]) for link in readme.links}


def code(page: Document) -> list[str]:
    """The commands of the blocks, without the comments beside them."""
    lines = [line for block in page.code_blocks("", "sh", "json") for line in block.splitlines()]
    return [stripped for line in lines if (stripped := re.sub(r"(^|\s)#.*", "", line).strip())]


def test_it_is_read_in_a_minute() -> None:
    assert len(ENGLISH.text.encode()) <= LONGEST_README


@pytest.mark.parametrize("readme", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_a_picture_comes_first(readme: Document) -> None:
    first = next(line for line in readme.text.splitlines()[1:] if line)
    assert first.startswith("![")


@pytest.mark.parametrize("readme", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_three_sentences_say_what_it_is(readme: Document) -> None:
    paragraph = readme.text.split("\n\n")[2]
    assert len(re.findall(r"[.!?](?:\s|$)", paragraph)) == 3


def test_both_languages_say_the_same() -> None:
    assert links(RUSSIAN) == links(ENGLISH)
    assert [tag for tag, _ in RUSSIAN.headings] == [tag for tag, _ in ENGLISH.headings]
    assert [line for line in code(RUSSIAN) if "install.sh" in line] == [x for x in code(ENGLISH) if "install.sh" in x]


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_of_a_guide_say_the_same(guide: str) -> None:
    english, russian = document(f"docs/{guide}.en.md"), document(f"docs/{guide}.ru.md")
    assert [tag for tag, _ in russian.headings] == [tag for tag, _ in english.headings]
    assert [line for line in code(russian) if "--name" not in line] == [x for x in code(english) if "--name" not in x]
    named = re.compile(rf"{PREFIX}\w+")
    assert set(named.findall(russian.text)) == set(named.findall(english.text))


def test_the_licence_is_whole() -> None:
    licence = (PROJECT_DIR / "LICENSE").read_text(encoding="ascii")
    assert licence.lstrip().startswith("Apache License\n")
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert licence.endswith("limitations under the License.\n")
