"""kiosk settings: all settings, where their values come from, and changing them while the kiosk runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from db.setting_changes import SettingChange
    from kiosk.config.setting_traits import SettingLevel
    from kiosk.config.settings import Settings
    from kiosk.settings.store import SettingStore

app = typer.Typer(
    help="List settings, where their values come from, and change them while the kiosk runs.",
    invoke_without_command=True,
)
Name = Annotated[str, typer.Argument(help="The setting's name, such as cooldown_s or KIOSK_COOLDOWN_S.")]
ForOffice = Annotated[bool, typer.Option("--office", help="For every door and the API.")]
ForDevice = Annotated[bool, typer.Option("--device", help="For this device alone.")]


class SettingsFormat(StrEnum):
    TABLE = "table"
    ENV = "env"
    MARKDOWN = "markdown"


@app.callback()
def settings(
    context: typer.Context,
    output: Annotated[
        SettingsFormat,
        typer.Option("--format", help="table: the values in use; env, markdown: .env.example and docs/settings.md."),
    ] = SettingsFormat.TABLE,
) -> None:
    """List all settings with their defaults, the values in use and where these come from; passwords are masked.

    They are set by environment variables, by lines in the file .env, or by: kiosk settings set.
    """
    from kiosk.config import settings_reference

    if context.invoked_subcommand is not None:
        return
    if output is SettingsFormat.ENV:
        sys.stdout.write(settings_reference.as_env())
    elif output is SettingsFormat.MARKDOWN:
        sys.stdout.write(settings_reference.as_markdown())
    else:
        from kiosk.app.setting_store import load_settings

        _print(load_settings())


@app.command("set", context_settings={"ignore_unknown_options": True})  # a value may begin with -
def set_(
    name: Name,
    value: Annotated[str, typer.Argument(help="As it would be written in .env.")],
    office: ForOffice = False,
    device: ForDevice = False,
) -> None:
    """Change a setting, for the office unless it differs from device to device; what runs takes it up in seconds."""
    with _store() as (store, _):
        state = store.state(name)
        level = _level(state.name, office, device)
        change = store.set(state.name, value, level)
        _say_what_holds(store, state.name, change, level)


@app.command()
def unset(name: Name, office: ForOffice = False, device: ForDevice = False) -> None:
    """Take a setting back, so that the level below decides it again."""
    with _store() as (store, _):
        state = store.state(name)
        level = _level(state.name, office, device)
        _say_what_holds(store, state.name, store.set(state.name, None, level), level)


@app.command()
def history(name: Annotated[str | None, typer.Argument(help="Of one setting; else of all.")] = None) -> None:
    """List the last changes of the office's and this device's settings, the newest first."""
    with _store() as (store, zone):
        changes = store.history(name)
    if not changes:
        say("Nothing has been changed yet.")
        return
    rows = table("number", "at", "setting", "for", "before", "after", "by")
    for one in changes:
        at = f"{one.changed_at.astimezone(zone):%Y-%m-%d %H:%M}"
        level = one.kiosk_id or "office"
        add_row(rows, one.id, at, one.name, level, _value(one.old_value), _value(one.new_value), one.changed_by)
    out.print(rows)


@app.command()
def undo(number: Annotated[int, typer.Argument(help="Of the change, as `kiosk settings history` lists it.")]) -> None:
    """Set again what stood before a change; refused where the setting was changed again since."""
    from kiosk.config.setting_traits import SettingLevel

    with _store() as (store, _):
        undone = store.change(number)
        level = SettingLevel.OFFICE if undone.kiosk_id is None else SettingLevel.DEVICE
        _say_what_holds(store, undone.name, store.undo(undone), level)


def _level(name: str, office: bool, device: bool) -> SettingLevel:
    from kiosk.config.setting_traits import SettingLevel, SettingScope, traits_of
    from kiosk.errors import InvalidInput

    if office and device:
        raise InvalidInput("choose one: --office, or --device")
    differs = traits_of(name).scope is SettingScope.DEVICE
    return SettingLevel.DEVICE if device or (differs and not office) else SettingLevel.OFFICE


def _say_what_holds(store: SettingStore, name: str, change: SettingChange | None, level: SettingLevel) -> None:
    state = store.state(name)
    whom = "this device" if level == "device" else "the office"
    if change is None:
        say(f"{name} was set so already for {whom}: nothing was changed.")
    else:
        new = "is not set any more" if change.new_value is None else f"is {_value(change.new_value)}"
        say(f"{name} {new} for {whom}; takes effect {state.traits.effect}. Undo: kiosk settings undo {change.id}")
    if level == "office" and state.device_value is not None:
        say(f"This device has a value of its own, {_value(state.device_value)}: kiosk settings unset {name} --device")


def _value(text: str | None) -> str | None:
    return "(empty)" if text == "" else text


@contextmanager
def _store() -> Iterator[tuple[SettingStore, ZoneInfo]]:
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import build_setting_store, load_settings

    loaded = load_settings()
    with open_database(loaded) as database:
        yield build_setting_store(loaded, database), loaded.zone


def _print(loaded: Settings) -> None:
    from kiosk.config.origins import origins
    from kiosk.config.setting_traits import SettingLevel
    from kiosk.config.setting_values import as_text
    from kiosk.config.settings_reference import references

    decided_by = origins(loaded.data_dir)
    rows = table("setting", "value", "from", "default", "meaning")
    for setting in references():
        value = _shown_source(loaded.source) if setting.name == "source" else as_text(getattr(loaded, setting.name))
        found = decided_by[setting.name]
        origin = str(found.level if found.level is SettingLevel.ENVIRONMENT else found)  # its variable is the row's
        add_row(rows, setting.variable, value or None, origin, setting.default, setting.description)
    out.print(rows)


def _shown_source(source: str) -> str:
    """Return the source without the user, password and query of a stream's URL."""
    from kiosk.capture.address import is_address, parse_address
    from kiosk.config.setting_values import MASK
    from kiosk.errors import DeviceError

    if not is_address(source):
        return source
    try:
        return parse_address(source).shown
    except DeviceError:
        return MASK
