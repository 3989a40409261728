"""Every relative link of every document leads to a file, and to a heading in it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from kiosk.config.paths import PROJECT_DIR
from support.documents import Document, documents


def dead(document: Document, link: str) -> str | None:
    """Return why a link leads nowhere, None when it does lead somewhere; pages of the web are not visited."""
    parts = urlsplit(link)
    if parts.scheme:
        return None if parts.scheme == "https" and parts.netloc else f"{link}: not https"
    target = (document.path.parent / unquote(parts.path)).resolve() if parts.path else document.path
    if not target.is_relative_to(PROJECT_DIR):
        return f"{link}: outside of the project"
    if not target.exists():
        return f"{link}: no such file"
    if parts.fragment and parts.fragment not in Document(target).anchors:
        return f"{link}: no such heading"
    return None


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_links_lead_somewhere(document: Document) -> None:
    assert [fault for fault in (dead(document, link) for link in document.links) if fault is not None] == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("nowhere.md", "no such file"),
        ("technician.en.md#nowhere", "no such heading"),
        ("#nowhere", "no such heading"),
        ("../../elsewhere.md", "outside of the project"),
        ("http://example.com/", "not https"),
        ("technician.en.md#upgrade", None),
        ("#routes", None),
        ("../README.md", None),
        ("https://example.com/", None),
    ],
)
def test_dead_links_are_noticed(link: str, fault: str | None) -> None:
    found = dead(Document(PROJECT_DIR / "docs" / "api.md"), link)
    assert found is None if fault is None else found == f"{link}: {fault}"


def test_every_document_is_linked_to() -> None:
    linked = {
        (document.path.parent / urlsplit(link).path).resolve()
        for document in documents()
        for link in document.links
        if not urlsplit(link).scheme
    }
    unlinked = {d.name for d in documents() if d.path not in linked}
    orphans = [name for name in unlinked if name != "README.md" and not name.startswith("assets/consent/")]
    assert orphans == []
