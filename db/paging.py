"""Pages of a list: checked before a database is asked, for SQLite takes a negative limit for none."""

from __future__ import annotations


def require_page(skip: int, limit: int | None) -> None:
    """Raise ValueError unless both are 0 or more; limit may be None for all that follow."""
    if skip < 0:
        raise ValueError(f"skip is 0 or more, not {skip}")
    if limit is not None and limit < 0:
        raise ValueError(f"limit is 0 or more, not {limit}")
