"""What is written about the settings is generated from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.config.settings import Settings
from kiosk.config.settings_reference import SettingReference, as_env, as_markdown, references
from support.documents import document


@pytest.mark.parametrize(
    ("path", "generated", "output"),
    [(".env.example", as_env, "env"), ("docs/settings.md", as_markdown, "markdown")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_up_to_date(path: str, generated: Callable[[], str], output: str) -> None:
    remedy = f"run: kiosk settings --format {output} > {path}"
    assert (PROJECT_DIR / path).read_text(encoding="utf-8") == generated(), remedy


def test_every_setting_is_described_once() -> None:
    assert [setting.name for setting in references()] == list(Settings.model_fields)
    descriptions = [setting.description for setting in references()]
    assert all(descriptions)
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.parametrize("setting", references(), ids=lambda setting: setting.name)
def test_what_holds_without_it_is_said(setting: SettingReference) -> None:
    """Either the default can be written, or the description says what it does."""
    assert setting.default or "(default: " in setting.description


def test_the_page_is_a_table() -> None:
    rows = document("docs/settings.md").table("Settings")
    assert [row[0].strip("`") for row in rows] == [setting.variable for setting in references()]
