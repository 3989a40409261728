"""What marks made-up rows in the database, so that they are told from the office's own and can be deleted."""

from __future__ import annotations

DEMO_KIOSK_ID = "demo"
"""The device that the demo's events name."""

FAKE_OFFICE_KIOSK_ID = "demo-data"
"""The device that the made-up office's events name."""

RESERVED_KIOSK_IDS = frozenset({DEMO_KIOSK_ID, FAKE_OFFICE_KIOSK_ID})

DEMO_EMAIL_DOMAIN = "demo.local"
FAKE_OFFICE_EMAIL_DOMAIN = "demo-data.local"
