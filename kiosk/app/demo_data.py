"""Writes the made-up office into the database and deletes it again."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app.databases import open_database
from kiosk.app.models import load_embedder
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.demo import fake_office, seed_data
from kiosk.demo.seed_data import SeedResult


def fill_with_demo_data(
    settings: Settings, people: int, days: int, with_templates: bool, progress: Callable[[int, int], None]
) -> SeedResult:
    """Write a made-up office's people and attendance; with_templates: also a random template for each."""
    period = fake_office.AttendancePeriod(SystemClock().now().astimezone(settings.zone).date(), settings.zone, days)
    embedder = load_embedder(settings) if with_templates else None
    templates = fake_office.random_embeddings(people, embedder.model_version, embedder.dimension) if embedder else ()
    with open_database(settings) as database:
        return seed_data.seed_fake_office(database, people, period, templates, progress)


def remove_demo_data(settings: Settings) -> int:
    """Delete the made-up office's data; return how many events were deleted."""
    with open_database(settings) as database:
        return seed_data.remove_fake_office(database)
