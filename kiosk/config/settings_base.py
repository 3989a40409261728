"""Where settings come from, and in which order."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from kiosk.config.paths import ENV_FILE, MODELS_DIR
from kiosk.config.setting_faults import PREFIX
from kiosk.config.setting_sources import DeviceSource, OfficeSource


class SettingsBase(BaseSettings):
    """Settings of the environment, of the file .env beside install.sh, of this device and of the office.

    The first that knows a setting wins.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        own, office = DeviceSource(settings_cls), OfficeSource(settings_cls)
        return init_settings, env_settings, dotenv_settings, file_secret_settings, own, office

    @property
    def models_dir(self) -> Path:
        """Folder of the catalogue that comes with the project, and of the installed models."""
        return MODELS_DIR
