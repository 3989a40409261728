"""The marks that a test gets by its folder and its fixtures, and the order in which the folders run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

FOLDERS = {
    "unit": (),
    "integration": (),
    "gui": ("gui",),
    "e2e": ("models", "slow"),
    "faults": ("models", "slow"),
    "device": ("models", "network", "slow", "serial"),
}
"""Folder of tests -> marks of every test in it; what is quick and plain runs first."""

FIXTURES = {
    "postgres_server": "postgres",
    "own_postgres_server": "postgres",
    "model_store": "models",
    "loaded_models": "models",
}
"""Fixture -> mark of every test that uses it, also through other fixtures."""


GROUPS = ("clip_dir", "busy_clip")
"""Fixtures that take so long that one worker runs all tests that use one."""


def mark_and_sort(items: list[pytest.Item]) -> None:
    """Give the tests their marks, and sort them by their folders."""
    for item in items:
        for mark in marks_of(item):
            item.add_marker(mark)
        for fixture in GROUPS:
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(fixture))
    order = list(FOLDERS)
    items.sort(key=lambda item: order.index(folder(item.path.parts)))


def marks_of(item: pytest.Item) -> set[str]:
    """Return the marks that a test gets besides those in its file."""
    fixtures: Sequence[str] = getattr(item, "fixturenames", ())
    callspec = getattr(item, "callspec", None)
    parameters = [] if callspec is None else [value for value in callspec.params.values() if isinstance(value, str)]
    marks = {*FOLDERS[folder(item.path.parts)], *(FIXTURES[name] for name in fixtures if name in FIXTURES)}
    return marks | {"postgres"} if "postgresql" in parameters else marks


def folder(path: Sequence[str]) -> str:
    """Return the innermost of the FOLDERS on a test's path."""
    return next(part for part in reversed(path) if part in FOLDERS)
