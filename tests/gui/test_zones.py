"""The world's time zones as somebody chooses among them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from kiosk.ui.setup.time_zones import time_zones

NOW = datetime(2026, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("chosen", ["Asia/Istanbul", "Europe/Istanbul"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_zones_that_read_the_same_are_one_and_the_chosen_one_is_there(language, chosen):
    found = time_zones(QLocale(language), NOW, chosen)
    texts = [zone.text for zone in found]
    assert len(texts) == len(set(texts))
    assert {"Asia/Tokyo", "America/Lima", "Pacific/Auckland"} <= {zone.key for zone in found}
    assert [zone.key for zone in found if zone.key.endswith("Istanbul")] == [chosen]
