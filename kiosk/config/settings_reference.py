"""The settings written out for people: the lines of .env.example and the page docs/settings.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from kiosk.config.setting_faults import PREFIX
from kiosk.config.settings import Settings

MASK = "********"
ENV_HEADER = """\
# Copy this to .env and take the # away from the settings that you want to change; the environment wins over this file.
# The values shown are the defaults. Where the default is nothing, or depends on the machine, the value is an example.
"""
MARKDOWN_HEADER = """\
# Settings

Settings are environment variables, or lines in the file `.env` beside `install.sh`: copy `.env.example`, which has a
line for each. Variables win over the file, and the file wins over what was answered at the first start. A name that is
not in this list is refused.

`kiosk settings` shows the values in use and where each comes from. This page and `.env.example` are its output, too:
after a change of a setting run `kiosk settings --format markdown > docs/settings.md` and
`kiosk settings --format env > .env.example`.

| setting | default | meaning |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class SettingReference:
    """One setting.

    Attributes:
        name: the field's, such as cooldown_s.
        description: what it means, in a sentence.
        default: as it is written in .env; None where there is none, or where it depends on the machine.
        example: what to write, where there is no default.
    """

    name: str
    description: str
    default: str | None
    example: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def references() -> tuple[SettingReference, ...]:
    """Return all settings, in the order in which they are documented."""
    return tuple(_reference(name, field) for name, field in Settings.model_fields.items())


def as_env() -> str:
    """Return .env.example."""
    return ENV_HEADER + "".join(_env_lines())


def as_markdown() -> str:
    """Return docs/settings.md."""
    return MARKDOWN_HEADER + "".join(_markdown_rows())


def as_text(value: Any) -> str:
    """Return a value as it is written in .env; a secret is masked."""
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return MASK
    if isinstance(value, bool | tuple):
        return json.dumps(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _reference(name: str, field: FieldInfo) -> SettingReference:
    depends_on_machine = field.default_factory is not None or isinstance(field.default, Path)
    default = "" if depends_on_machine else as_text(field.default)
    example = field.examples[0] if field.examples else default
    return SettingReference(name, field.description or "", default or None, str(example))


def _env_lines() -> Iterator[str]:
    for setting in references():
        yield f"\n# {setting.description}\n# {setting.variable}={setting.example}\n"


def _markdown_rows() -> Iterator[str]:
    for setting in references():
        default = "—" if setting.default is None else f"`{setting.default}`"
        description = setting.description.replace("|", r"\|")
        yield f"| `{setting.variable}` | {default} | {description} |\n"
