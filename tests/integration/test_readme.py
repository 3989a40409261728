"""The README is what a newcomer goes by: what it names has to exist."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config.settings import PREFIX, Settings

PROJECT_DIR = Path(__file__).resolve().parents[2]
README = (PROJECT_DIR / "README.md").read_text(encoding="utf-8")


def test_the_table_of_settings_is_complete():
    named = set(re.findall(r"^\| `(KIOSK_\w+)` \|", README, re.MULTILINE))
    assert named == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_rooms_and_files_it_names_are_there():
    named = re.findall(r"`((?:kiosk|db|alembic|models|assets)(?:/[\w.]+)*)`", README)
    assert len(named) > 15
    assert [name for name in named if not (PROJECT_DIR / name).exists()] == []


def test_the_commands_it_names_are_there():
    from typer.main import get_command

    from kiosk.__main__ import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = set(re.findall(r"\bkiosk (\w[\w-]*)", README)) - {"kiosk"}
    assert named & commands.keys(), "the README shows commands"
    assert set(re.findall(r"`kiosk (\w[\w-]*)", README)) - {"COMMAND"} <= commands.keys()
