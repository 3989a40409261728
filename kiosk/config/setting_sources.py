"""What was changed on a screen, by a command or over the API, as sources of settings: the device's and the office's."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from kiosk.config import first_run_config, office_copy
from kiosk.config.paths import DEFAULT_DATA_DIR
from kiosk.config.setting_traits import SettingScope, traits_of
from kiosk.config.setting_values import parsed, takes_none
from kiosk.config.validators import absolute_path
from kiosk.core.logger import log
from kiosk.errors import InvalidInput


class _DataDirSource(PydanticBaseSettingsSource):
    """A file in the data directory that the other sources name."""

    def get_field_value(self, _field: FieldInfo, name: str) -> tuple[Any, str, bool]:
        return self().get(name), name, False

    @property
    def _data_dir(self) -> Path:
        return absolute_path(Path(self.current_state.get("data_dir", DEFAULT_DATA_DIR)))


class DeviceSource(_DataDirSource):
    """What was chosen on this device, at its first start or later. A wrong value stops the start, and is named."""

    def __call__(self) -> dict[str, Any]:
        chosen = first_run_config.load(self._data_dir)
        settings = {} if chosen is None else changeable(chosen.settings, SettingScope.DEVICE, SettingScope.OFFICE)
        fields = self.settings_cls.model_fields
        return {name: None if not text and takes_none(fields[name]) else text for name, text in settings.items()}


class OfficeSource(_DataDirSource):
    """What is set for the whole office; a value that this version does not know is left out, and the log says so."""

    def __call__(self) -> dict[str, Any]:
        values = {}
        for name, text in changeable(office_copy.load(self._data_dir), SettingScope.OFFICE).items():
            try:
                values[name] = parsed(self.settings_cls.model_fields[name], text)
            except (InvalidInput, KeyError) as error:
                log(logging.WARNING, "settings.office_value_ignored", setting=name, reason=error)
        return values


def changeable(settings: Mapping[str, str], *scopes: SettingScope) -> dict[str, str]:
    """Return those settings that are of one of the scopes."""
    return {name: text for name, text in settings.items() if traits_of(name).scope in scopes}
