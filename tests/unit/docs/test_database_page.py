"""The page on the database names every table."""

from __future__ import annotations

import re

import db.tables  # noqa: F401  registers every table
from db.base import Base
from support.documents import document


def test_every_table_has_a_row() -> None:
    rows = document("docs/database.md").table("Tables")
    named = [table for row in rows for table in re.findall(r"`([^`]+)`", row[0])]
    assert sorted(named) == sorted(Base.metadata.tables)
