"""Noticing that the gallery of faces has changed, whoever changed it, plain SQL included."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import GalleryChangeRow
from kiosk.errors import ConfigurationError

CHANNEL = "kiosk_gallery"
"""PostgreSQL notifies here at each commit that changed the gallery; the payload is the new version."""


def gallery_version(session: Session) -> int:
    """Return a number that rises with every committed change of templates, of who is active, or of who exists."""
    version: int | None = session.scalar(select(GalleryChangeRow.version))
    if version is None:
        raise ConfigurationError("the row of gallery_changes is gone; run: INSERT INTO gallery_changes (id) VALUES (1)")
    return version
