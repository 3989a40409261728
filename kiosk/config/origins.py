"""Where the value of each setting comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from kiosk.config import first_run_config, office_copy
from kiosk.config.env_file import numbered_bindings
from kiosk.config.setting_faults import PREFIX
from kiosk.config.setting_sources import changeable
from kiosk.config.setting_traits import Origin, SettingLevel, SettingScope
from kiosk.config.settings import Settings


def origins(data_dir: Path) -> Mapping[str, Origin]:
    """Return for each setting, by its name, what has decided it. data_dir: of the settings in use."""
    decided = dict.fromkeys(Settings.model_fields, Origin(SettingLevel.DEFAULT))
    decided |= dict.fromkeys(changeable(office_copy.load(data_dir), SettingScope.OFFICE), Origin(SettingLevel.OFFICE))
    answers = first_run_config.load(data_dir)
    if answers is not None:
        path = data_dir / first_run_config.FILE_NAME
        chosen = changeable(answers.settings, SettingScope.OFFICE, SettingScope.DEVICE)
        decided |= {name: Origin(SettingLevel.DEVICE, _place(path, json.dumps(name))) for name in chosen}
    decided.update(fixed_settings())
    return decided


def fixed_settings() -> Mapping[str, Origin]:
    """Return the settings that the environment or .env decide, whatever is chosen on a screen."""
    env_file = Settings.model_config.get("env_file")
    path = env_file if isinstance(env_file, Path) else None
    of_file = DotEnvSettingsSource(Settings)()
    lines = {} if path is None or not of_file else _lines(path)
    places = {name: f"{path}, line {lines[name]}" if name in lines else str(path) for name in of_file}
    fixed = {name: Origin(SettingLevel.ENV_FILE, place) for name, place in places.items()}
    names = EnvSettingsSource(Settings)()
    return fixed | {name: Origin(SettingLevel.ENVIRONMENT, PREFIX + name.upper()) for name in names}


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
