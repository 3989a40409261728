"""Where the value of each setting comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from kiosk.config import first_run_config, office_copy
from kiosk.config.env_file import numbered_bindings
from kiosk.config.setting_faults import PREFIX
from kiosk.config.setting_sources import changeable
from kiosk.config.setting_traits import SettingScope
from kiosk.config.settings import Settings


class Level(StrEnum):
    """The first that knows a setting decides it."""

    ENVIRONMENT = "environment"
    ENV_FILE = ".env"
    DEVICE = "device"
    OFFICE = "office"
    DEFAULT = "default"

    @property
    def is_fixed(self) -> bool:
        """Whether no screen, command or token can change it."""
        return self in (Level.ENVIRONMENT, Level.ENV_FILE)


@dataclass(frozen=True, slots=True)
class Origin:
    """What has decided a setting.

    Attributes:
        level: that of the value in use.
        place: the variable, or the file with the line; empty for the office and the default.
    """

    level: Level
    place: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.place}" if self.place else str(self.level)


def origins(data_dir: Path) -> Mapping[str, Origin]:
    """Return for each setting, by its name, what has decided it. data_dir: of the settings in use."""
    decided = dict.fromkeys(Settings.model_fields, Origin(Level.DEFAULT))
    decided |= dict.fromkeys(changeable(office_copy.load(data_dir), SettingScope.OFFICE), Origin(Level.OFFICE))
    answers = first_run_config.load(data_dir)
    if answers is not None:
        path = data_dir / first_run_config.FILE_NAME
        chosen = changeable(answers.settings, SettingScope.OFFICE, SettingScope.DEVICE)
        decided |= {name: Origin(Level.DEVICE, _place(path, json.dumps(name))) for name in chosen}
    decided.update(fixed_settings())
    return decided


def fixed_settings() -> Mapping[str, Origin]:
    """Return the settings that the environment or .env decide, whatever is chosen on a screen."""
    env_file = Settings.model_config.get("env_file")
    path = env_file if isinstance(env_file, Path) else None
    of_file = DotEnvSettingsSource(Settings)()
    lines = {} if path is None or not of_file else _lines(path)
    fixed = {
        name: Origin(Level.ENV_FILE, f"{path}, line {lines[name]}" if name in lines else str(path)) for name in of_file
    }
    names = EnvSettingsSource(Settings)()
    return fixed | {name: Origin(Level.ENVIRONMENT, PREFIX + name.upper()) for name in names}


def _lines(path: Path) -> Mapping[str, int]:
    """Return the line of the file .env on which each setting stands; the last one counts."""
    bindings = numbered_bindings(path.read_text(encoding="utf-8-sig"))
    return {one.key.removeprefix(PREFIX).lower(): number for number, one in bindings if one.key is not None}


def _place(path: Path, quoted_name: str) -> str:
    """Return the file and, where it is found, the line on which a setting of this device stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (number for number, line in enumerate(lines, 1) if line.lstrip().startswith(f"{quoted_name}:"))
    number = next(found, None)
    return str(path) if number is None else f"{path}, line {number}"
