"""Every scene, in the order in which one meets them."""

from __future__ import annotations

from kiosk.ui.screenshots.admin_scenes import ADMIN_SCENES
from kiosk.ui.screenshots.diagnostics_scenes import DIAGNOSTICS_SCENES
from kiosk.ui.screenshots.enroll_scenes import ENROLL_SCENES
from kiosk.ui.screenshots.entrance_scenes import ENTRANCE_SCENES
from kiosk.ui.screenshots.events_scenes import EVENTS_SCENES
from kiosk.ui.screenshots.files_scenes import FILES_SCENES
from kiosk.ui.screenshots.gallery_scenes import GALLERY_SCENES
from kiosk.ui.screenshots.people_scenes import PEOPLE_SCENES
from kiosk.ui.screenshots.questions_scenes import QUESTIONS_SCENES
from kiosk.ui.screenshots.receivers_scenes import RECEIVERS_SCENES
from kiosk.ui.screenshots.settings_scenes import SETTINGS_SCENES
from kiosk.ui.screenshots.setup_scenes import SETUP_SCENES

SCENES = (
    *ENTRANCE_SCENES,
    *SETUP_SCENES,
    *ADMIN_SCENES,
    *DIAGNOSTICS_SCENES,
    *ENROLL_SCENES,
    *FILES_SCENES,
    *PEOPLE_SCENES,
    *EVENTS_SCENES,
    *GALLERY_SCENES,
    *QUESTIONS_SCENES,
    *RECEIVERS_SCENES,
    *SETTINGS_SCENES,
)
