"""Fonts for PDFs: those that come with matplotlib, which the kiosk needs anyway, and the system's for other scripts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl

BUNDLED = Path(mpl.get_data_path()) / "fonts" / "ttf"
"""DejaVu and STIX: Latin, Cyrillic, Greek, Armenian, Georgian, Arabic, Hebrew."""

SYSTEM = Path("/usr/share/fonts")
"""Where Debian's packages fonts-noto-core and fonts-noto-cjk put the other scripts."""

EAST_ASIAN = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"})
CJK_FILE, CJK_PLACE = "opentype/noto/NotoSansCJK-Regular.ttc", 2
"""The collection with Japanese, Korean and Chinese letters, and the place of its simplified Chinese face."""


def is_shaped(text: str) -> bool:
    """Tell whether a text has to be shaped: it runs from right to left, or its letters change beside one another."""
    return any(
        unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in ("Mn", "Mc", "Lo")
        for letter in text
        if letter > "\u02ff"
    )


def system_fonts(letter: str, folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the files that may show a letter of a script that the bundled fonts lack, and the face's place in each."""
    script = unicodedata.name(letter, "").split(" ")[0].partition("-")[0]
    if script in EAST_ASIAN:
        yield folder / CJK_FILE, CJK_PLACE
    elif script.isalpha():
        for style in ("Sans", "Serif"):
            yield folder / "truetype" / "noto" / f"Noto{style}{script.title()}-Regular.ttf", 0
