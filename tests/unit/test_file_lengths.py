"""A file that is read in one go: whatever grows beyond that is two things, and becomes two files."""

from __future__ import annotations

from kiosk.config.paths import PROJECT_DIR

LONGEST = 300
FOLDERS = ("kiosk", "db", "alembic", "tests")


def test_no_module_is_longer_than_can_be_read_in_one_go() -> None:
    paths = [path for folder in FOLDERS for path in (PROJECT_DIR / folder).rglob("*.py")]
    assert len(paths) > 100
    long = {str(path.relative_to(PROJECT_DIR)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}
