"""Compiling the translations: `python -m kiosk.ui.translations`; with `update` it collects new texts first.

assets/translations/kiosk_<language>.ts is what translators edit (Qt's XML, plural forms included); the .qm beside it is
what Qt reads. The texts in the code are English, so the English file holds the plurals alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

from kiosk.config.paths import ASSETS_DIR
from kiosk.errors import ConfigurationError

TRANSLATIONS_DIR = ASSETS_DIR / "translations"
# The texts in the code are in this language already.
_SOURCE_FILE = "kiosk_en"
_SOURCES_DIR = Path(__file__).parent
_TOOLS_DIR = Path(PySide6.__file__).parent


def compile_translations(translations_dir: Path = TRANSLATIONS_DIR) -> tuple[Path, ...]:
    """Write the .qm of every .ts that is newer than it, and return those written. Raises ConfigurationError."""
    written = []
    for source in sorted(translations_dir.glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _run_tool("lrelease", str(source), "-qm", str(target))
            written.append(target)
    return tuple(written)


def update_sources(translations_dir: Path = TRANSLATIONS_DIR) -> None:
    """Bring the .ts files in line with the texts in the code. Raises ConfigurationError."""
    sources = sorted(str(path) for path in _SOURCES_DIR.rglob("*.py"))
    for target in sorted(translations_dir.glob("*.ts")):
        options = ("-pluralonly",) if target.stem == _SOURCE_FILE else ()
        _run_tool("lupdate", *sources, *options, "-locations", "none", "-no-obsolete", "-ts", str(target))


def _run_tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools that come with PySide6."""
    try:
        done = subprocess.run(  # noqa: S603
            [_TOOLS_DIR / name, *arguments], capture_output=True, text=True, check=False, timeout=120
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigurationError(f"Qt's {name} does not run: {error}") from error
    if done.returncode != 0:
        raise ConfigurationError(f"Qt's {name} failed: {done.stderr.strip() or done.stdout.strip()}")


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["update"]:
            update_sources()
        compile_translations()
    except (ConfigurationError, OSError) as error:
        sys.exit(f"kiosk: {error}")
