"""Where the value of each setting comes from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from kiosk.config import first_run_config
from kiosk.config.settings import Settings


class Origin(StrEnum):
    """The first that knows a setting decides it."""

    ENVIRONMENT = "environment"
    ENV_FILE = ".env"
    FIRST_START = "first start"
    DEFAULT = "default"


def origins(settings: Settings) -> Mapping[str, Origin]:
    """Return for each setting, by its name, what has decided it; settings: as load_settings() returned them."""
    answers = first_run_config.load(settings.data_dir)
    sources = (
        (Origin.FIRST_START, {} if answers is None else answers.settings),
        (Origin.ENV_FILE, DotEnvSettingsSource(Settings)()),
        (Origin.ENVIRONMENT, EnvSettingsSource(Settings)()),
    )
    decided = dict.fromkeys(Settings.model_fields, Origin.DEFAULT)
    for origin, names in sources:
        decided |= dict.fromkeys(names, origin)
    return decided


def decided_settings() -> frozenset[str]:
    """Return the names of the settings that the environment or .env decide, whatever is chosen on the screen."""
    return frozenset(EnvSettingsSource(Settings)()) | frozenset(DotEnvSettingsSource(Settings)())
