"""Gives fonts figures of one width, so that numbers stand in columns: `python -m kiosk.ui.tabular_figures FONT …`.

Qt 6.8 for Python cannot switch a font's features on. The figures of OpenType's feature tnum are put in the places of
the usual ones, in the files themselves; those of assets/fonts were treated so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FIGURES = "0123456789"


def use_tabular_figures(path: Path) -> None:
    """Change a font file in place; one that was changed before stays as it is."""
    with TTFont(path, recalcTimestamp=False) as font:
        instead = _replacements(font)
        widest = max((font["hmtx"][glyph][0] for glyph in instead.values()), default=0)
        for glyph in instead.values():  # one of them is a hair narrower than the others
            font["hmtx"][glyph] = (widest, font["hmtx"][glyph][1])
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.update({code: instead[glyph] for code, glyph in table.cmap.items() if glyph in instead})
        font.save(path)


def _replacements(font: TTFont) -> dict[str, str]:
    """Return the tabular glyph of each glyph that has one."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    subtables = [subtable for index in sorted(lookups) for subtable in table.LookupList.Lookup[index].SubTable]
    pairs = {old: new for subtable in subtables for old, new in subtable.mapping.items()}
    figures = {font.getBestCmap()[ord(figure)] for figure in FIGURES}
    return {old: new for old, new in pairs.items() if old in figures}


def main() -> None:
    for path in sys.argv[1:]:
        use_tabular_figures(Path(path))


if __name__ == "__main__":
    main()
