"""`kiosk settings`: all settings, their values and where they come from."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings


class SettingsFormat(StrEnum):
    TABLE = "table"
    ENV = "env"
    MARKDOWN = "markdown"


def settings(
    output: Annotated[
        SettingsFormat,
        typer.Option("--format", help="table: the values in use; env, markdown: .env.example and docs/settings.md."),
    ] = SettingsFormat.TABLE,
) -> None:
    """List all settings with their defaults, the values in use and where these come from; passwords are masked.

    They are set by environment variables or by lines in the file .env.
    """
    from kiosk.config import settings_reference
    from kiosk.config.settings import load_settings

    if output is SettingsFormat.ENV:
        sys.stdout.write(settings_reference.as_env())
    elif output is SettingsFormat.MARKDOWN:
        sys.stdout.write(settings_reference.as_markdown())
    else:
        _print(load_settings())


def _print(loaded: Settings) -> None:
    from kiosk.cli.console import add_row, out, table
    from kiosk.config.origins import origins
    from kiosk.config.settings_reference import as_text, references

    decided_by = origins(loaded)
    rows = table("setting", "value", "from", "default", "meaning")
    for setting in references():
        value = _shown_source(loaded.source) if setting.name == "source" else as_text(getattr(loaded, setting.name))
        origin = decided_by[setting.name]
        add_row(rows, setting.variable, value or None, origin, setting.default, setting.description)
    out.print(rows)


def _shown_source(source: str) -> str:
    """Return the source without the user, password and query of a stream's URL."""
    from kiosk.capture.address import is_address, parse_address
    from kiosk.config.settings_reference import MASK
    from kiosk.errors import DeviceError

    if not is_address(source):
        return source
    try:
        return parse_address(source).shown
    except DeviceError:
        return MASK
