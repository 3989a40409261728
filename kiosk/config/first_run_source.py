"""The answers of the first start, as a source of settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from kiosk.config import first_run_config
from kiosk.config.paths import DEFAULT_DATA_DIR
from kiosk.config.validators import absolute_path


class FirstRunSource(PydanticBaseSettingsSource):
    """What was answered at first start; it is kept in the data directory that the other sources name."""

    def get_field_value(self, _field: FieldInfo, name: str) -> tuple[Any, str, bool]:
        return self().get(name), name, False

    def __call__(self) -> dict[str, Any]:
        data_dir = self.current_state.get("data_dir", DEFAULT_DATA_DIR)
        chosen = first_run_config.load(absolute_path(Path(data_dir)))
        return {} if chosen is None else dict(chosen.settings)
