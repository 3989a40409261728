"""The project's Markdown documents, parsed: their links, anchors, code and text."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kiosk.config.paths import PROJECT_DIR

FOLDERS = ("docs", "models", "assets", "tests", "kiosk", "db", "alembic")
SHELL_LANGUAGES = ("", "sh", "bash", "console")
REDIRECTIONS = (">", ">>", "<", "2>")
ENVIRONMENT = re.compile(r"[A-Z_]+=\S*")
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Document:
    """One Markdown file. path: absolute."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(PROJECT_DIR).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(MARKDOWN.parse(self.text))

    @cached_property
    def inline(self) -> tuple[Token, ...]:
        return tuple(child for token in self.tokens for child in token.children or ())

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Targets of links and images, as written."""
        attributes = {"link_open": "href", "image": "src"}
        return tuple(str(t.attrs[attributes[t.type]]) for t in self.inline if t.type in attributes)

    @cached_property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Each heading's tag, such as h2, and its text without markup."""
        found = []
        for opening, content in zip(self.tokens, self.tokens[1:], strict=False):
            if opening.type == "heading_open":
                text = "".join(child.content for child in content.children or ())
                found.append((opening.tag, text))
        return tuple(found)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The fragments by which GitHub links to the headings."""
        anchors: set[str] = set()
        for _, text in self.headings:
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            anchors.add(slug if slug not in anchors else f"{slug}-{sum(a.startswith(slug) for a in anchors)}")
        return frozenset(anchors)

    @cached_property
    def code_spans(self) -> tuple[str, ...]:
        return tuple(token.content for token in self.inline if token.type == "code_inline")

    def code_blocks(self, *languages: str) -> tuple[str, ...]:
        """Contents of indented blocks and of fences that name one of the languages."""
        return tuple(t.content for t in self.tokens if t.type in ("code_block", "fence") and t.info in languages)

    @cached_property
    def commands(self) -> tuple[tuple[str, ...], ...]:
        """The simple commands in code, each as its words, without sudo and assignments before them
        and redirections behind."""
        lines = [line for block in self.code_blocks(*SHELL_LANGUAGES) for line in block.splitlines()]
        return tuple(command for line in (*lines, *self.code_spans) for command in split_commands(line))

    def table(self, heading: str) -> tuple[tuple[str, ...], ...]:
        """The rows, without the header, of the tables below a heading and the headings under it, as written."""
        lines = iter(self.section(heading).splitlines())
        rows: list[tuple[str, ...]] = []
        for line in lines:
            if line.startswith("|"):
                cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
                if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                    rows.pop()
                else:
                    rows.append(cells)
        return tuple(rows)

    def section(self, heading: str) -> str:
        """The text from a heading to the next of its level or above. Raises StopIteration when there is none."""
        lines = self.text.splitlines()
        start, level = next(
            (place, len(line) - len(line.lstrip("#")))
            for place, line in enumerate(lines)
            if line.startswith("#") and line.lstrip("#").strip() == heading
        )
        end = next(
            (i for i, line in enumerate(lines[start + 1 :], start + 1) if re.match(rf"#{{1,{level}}} ", line)),
            len(lines),
        )
        return "\n".join(lines[start + 1 : end])


def split_commands(line: str) -> Iterator[tuple[str, ...]]:
    """Split a line of shell into its simple commands, without what leads their output elsewhere.

    A line that is no shell has none.
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars="&|;>")
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:
        return
    command: list[str] = []
    for word in [*words, ";"]:
        if not set(word) <= set("&|;"):
            command.append(word)
            continue
        if stripped := _without_prefixes(_without_redirection(command)):
            yield stripped
        command = []


def _without_redirection(command: Sequence[str]) -> Sequence[str]:
    """Drop `> FILE` and what follows it."""
    return command[: command.index(">")] if ">" in command else command


def _without_prefixes(command: Sequence[str]) -> tuple[str, ...]:
    redirected = next((place for place, word in enumerate(command) if word in REDIRECTIONS), len(command))
    words = list(command[:redirected])
    while words and (words[0] in ("sudo", "$", "exec") or ENVIRONMENT.fullmatch(words[0])):
        words.pop(0)
    return tuple(words)


def documents() -> tuple[Document, ...]:
    paths = [*PROJECT_DIR.glob("*.md"), *(path for folder in FOLDERS for path in (PROJECT_DIR / folder).rglob("*.md"))]
    return tuple(Document(path) for path in sorted(paths))


def document(name: str) -> Document:
    return Document(PROJECT_DIR / name)
