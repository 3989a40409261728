"""The settings written out for people: the lines of .env.example and the page docs/settings.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic.fields import FieldInfo

from kiosk.config.setting_faults import PREFIX
from kiosk.config.setting_traits import SettingEffect, SettingScope, traits_of
from kiosk.config.setting_values import as_text
from kiosk.config.settings import Settings

ENV_HEADER = """\
# Copy this to .env and take the # away from the settings that you want to change; the environment wins over this file.
# The values shown are the defaults. Where the default is nothing, or depends on the machine, the value is an example.
"""
MARKDOWN_HEADER = """\
# Settings

Settings are environment variables, or lines in the file `.env` beside `install.sh`: copy `.env.example`, which has a
line for each. A name that is not in this list is refused.

Most can also be changed while the kiosk runs: on the administrator's screen **Settings**, by `kiosk settings set`, or
over [the API](api.md#settings). The first that knows a setting wins:

1. a `KIOSK_*` variable;
2. a line of `.env`;
3. what was chosen for this device: `choices.json` in its data directory;
4. what was chosen for the whole office: in the database, followed within seconds by every door and the API.

What a higher level fixes cannot be changed below it, and is shown with its place. The column *for* says whom a setting
is for: `office`: all doors and the API, and a device may have a value of its own; `device`: one device; `machine`:
whoever looks after the machine, by a variable or `.env` alone. The column *takes effect* says when: *at once* means
within seconds, at a door as soon as nobody uses its screens.

`kiosk settings` shows the values in use and where each comes from. This page and `.env.example` are its output, too:
after a change of a setting run `kiosk settings --format markdown > docs/settings.md` and
`kiosk settings --format env > .env.example`.

| setting | default | for | takes effect | meaning |
|---|---|---|---|---|
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
        traits = traits_of(setting.name)
        effect = SettingEffect.NEXT_START if traits.scope is SettingScope.MACHINE else traits.effect
        yield f"| `{setting.variable}` | {default} | {traits.scope} | {effect} | {description} |\n"
