"""Who may look at the list of who is in, at the door."""

from __future__ import annotations

from enum import StrEnum


class EvacuationAccess(StrEnum):
    """When the list is shown without the administrator's password."""

    PASSWORD = "password"  # noqa: S105  not one itself
    DATABASE_AWAY = "database-away"
    """While the database, which the password is checked with, does not answer."""
    ALWAYS = "always"

    def is_open(self, *, database_away: bool) -> bool:
        """Tell whether the list is shown without the password."""
        return self is EvacuationAccess.ALWAYS or (database_away and self is EvacuationAccess.DATABASE_AWAY)
