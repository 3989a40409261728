"""Comparing texts that people typed."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case and to how its letters are composed."""
    return unicodedata.normalize("NFC", text).casefold()
