"""Which scripts names cannot be shown in, and the packages that bring the fonts: `python -m kiosk.ui.fonts`."""

from __future__ import annotations

import sys

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication

from kiosk.ui.application import FONT_FAMILY, configure_application

CJK, OTHERS = "fonts-noto-cjk", "fonts-noto-core"
# Script -> an ordinary name, and Debian's package of the fonts that show it.
SCRIPTS = {
    "Chinese": ("王小明陳美玲", CJK),
    "Japanese": ("山田はなこタロウ", CJK),
    "Korean": ("김민수", CJK),
    "Arabic": ("محمد", OTHERS),
    "Armenian": ("Արմեն", OTHERS),
    "Bengali": ("রহিম", OTHERS),
    "Burmese": ("မောင်", OTHERS),
    "Devanagari": ("अमित", OTHERS),
    "Ethiopic": ("አበበ", OTHERS),
    "Georgian": ("გიორგი", OTHERS),
    "Gujarati": ("રાજેશ", OTHERS),
    "Gurmukhi": ("ਗੁਰਪ੍ਰੀਤ", OTHERS),
    "Hebrew": ("דוד", OTHERS),
    "Kannada": ("ರಾಜು", OTHERS),
    "Khmer": ("សុខ", OTHERS),
    "Lao": ("ສົມ", OTHERS),
    "Malayalam": ("രാജൻ", OTHERS),
    "Sinhala": ("ලාල්", OTHERS),
    "Tamil": ("முருகன்", OTHERS),
    "Telugu": ("రాజు", OTHERS),
    "Thai": ("สมชาย", OTHERS),
    "Tibetan": ("བསྟན", OTHERS),
}


def missing_scripts() -> tuple[str, ...]:
    """Return the scripts of SCRIPTS in which a name would show empty boxes; there is an application already."""
    return tuple(script for script, (name, _) in SCRIPTS.items() if not _is_shown(name))


def _is_shown(name: str) -> bool:
    layout = QTextLayout(name, QFont(FONT_FAMILY))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    # Of a font that lacks a letter, Qt takes glyph 0; without any font for a script that has to be shaped, glyph 1.
    return bool(runs) and not any({0, 1}.intersection(run.glyphIndexes()) for run in runs)


def main() -> None:
    """Print a sentence and a command, each in a line of its own, when fonts are missing."""
    qInstallMessageHandler(lambda *_message: None)  # Qt itself tells of each font that lacks a script
    application = QApplication([sys.argv[0], "-platform", "offscreen"])
    configure_application(application)
    scripts = missing_scripts()
    if scripts:
        packages = sorted({SCRIPTS[script][1] for script in scripts})
        sys.stdout.write(f"names in {', '.join(scripts)} would show empty boxes instead of letters\n")
        sys.stdout.write(f"run: sudo apt-get install --no-install-recommends {' '.join(packages)}\n")


if __name__ == "__main__":
    main()
