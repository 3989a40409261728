"""get_recognition_service(): the one that this process has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.installed_service import InstalledService

if TYPE_CHECKING:
    from kiosk.recognition.gallery_service import GalleryService
    from kiosk.recognition.service import RecognitionService

_service: InstalledService[RecognitionService] = InstalledService("open_recognition_service")
_gallery: InstalledService[GalleryService] = InstalledService("open_services")
install_recognition_service = _service.installed
install_gallery_service = _gallery.installed


def get_recognition_service() -> RecognitionService:
    """Return the service that this process has opened.

    Raises ConfigurationError, which says how to open it, when it has not: `kiosk serve` opens it, and so does
    kiosk.app.services.open_recognition_service.
    """
    return _service.get()


def get_gallery_service() -> GalleryService:
    """Return the service of the look through the enrolled people, as get_recognition_service does."""
    return _gallery.get()
