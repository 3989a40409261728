"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.models import LoadedModels, open_models
from kiosk.config.settings import Settings


@pytest.fixture(scope="session")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedModels]:
    """The real networks, loaded once."""
    data_dir: Path = tmp_path_factory.mktemp("networks")
    with open_models(Settings(_env_file=None, data_dir=data_dir)) as opened:
        yield opened
