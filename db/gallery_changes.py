"""Tells when the gallery has changed, whoever changed it, by plain SQL too."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import GalleryChangeRow
from kiosk.errors import ConfigurationError

CHANNEL = "kiosk_gallery"
"""PostgreSQL's channel for a notification at each commit that changed the gallery; the payload is the new version."""


def gallery_version(session: Session) -> int:
    """Return a number that rises with each committed change of templates, names, or who is active or exists."""
    version: int | None = session.scalar(select(GalleryChangeRow.version))
    if version is None:
        raise ConfigurationError("the row of gallery_changes is gone; run: INSERT INTO gallery_changes (id) VALUES (1)")
    return version
