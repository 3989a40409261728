"""Who corrects, in whose name, and why: what has to be said with each correction. Pure."""

from __future__ import annotations

from db.corrections import Authorship
from kiosk.errors import InvalidInput

LONGEST_REASON = 500
LONGEST_AUTHOR = 100


def authorship(author: str, reason: str) -> Authorship:
    """Raises InvalidInput for a reason that is missing or too long."""
    return Authorship(author, required_reason(reason, "it stays with the correction"))


def required_reason(reason: str, why: str) -> str:
    """Return a reason without spaces around it. Raises InvalidInput, with why it is needed."""
    reason = reason.strip()
    if not reason:
        raise InvalidInput(f"a reason is needed; {why}")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"the reason has {len(reason)} characters; at most {LONGEST_REASON} are kept")
    return reason


def author_named(actor: str, name: str | None) -> str:
    """Return the author of what somebody does by a program: `token:payroll/anna` for a token and the name it gives.

    Raises InvalidInput for a name that cannot be kept.
    """
    if name is None:
        return actor
    name = name.strip()
    if not name or len(name) > LONGEST_AUTHOR or not name.isprintable():
        raise InvalidInput(f"an author has 1 to {LONGEST_AUTHOR} printable characters")
    return f"{actor}/{name}"
