"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.build_api import Networks, opened_networks
from kiosk.config.settings import Settings


@pytest.fixture(scope="session")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Networks]:
    """The real networks, loaded once."""
    data_dir: Path = tmp_path_factory.mktemp("networks")
    with opened_networks(Settings(_env_file=None, data_dir=data_dir)) as opened:
        yield opened
