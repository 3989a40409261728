"""A PDF page in landscape A4, with fonts that have Cyrillic and come with matplotlib, which the kiosk needs anyway."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import matplotlib as mpl
from fpdf import FPDF

SERIF, SANS, SANS_BOLD, FALLBACK = "stix", "dejavu", "dejavu-bold", "dejavu"
FILES = {SERIF: "STIXGeneral.ttf", SANS: "DejaVuSans.ttf", SANS_BOLD: "DejaVuSans-Bold.ttf"}
MARGIN_MM = 10
WIDTH_MM, HEIGHT_MM = 297, 210


class PdfPage(FPDF):
    """Pages to draw on; units are millimetres."""

    def __init__(self) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self.set_auto_page_break(False)
        self.set_margin(MARGIN_MM)
        self.c_margin = 0.5
        fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
        for name, file in FILES.items():
            self.add_font(name, fname=fonts / file)
        self.set_fallback_fonts([FALLBACK])

    def text_box(  # noqa: PLR0917  as fpdf's own
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        align: str = "C",
        border: Literal[0, 1] | str = 1,
    ) -> None:
        """Draw a box with one line of text, narrowed until it fits."""
        size = self.font_size_pt
        while text and self.font_size_pt > 4 and self.get_string_width(text) > width - 2 * self.c_margin:
            self.set_font_size(self.font_size_pt - 0.5)
        while text and self.get_string_width(text) > width - 2 * self.c_margin:
            text = text[:-1]
        self.set_xy(x, y)
        self.cell(width, height, text, border=border, align=align)
        self.set_font_size(size)

    def lines_box(  # noqa: PLR0917
        self, x: float, y: float, width: float, height: float, text: str, line: float = 3
    ) -> None:
        """Draw a box with several lines of text in its middle."""
        self.rect(x, y, width, height)
        lines = text.split("\n")
        top = y + (height - line * len(lines)) / 2
        for place, words in enumerate(lines):
            self.text_box(x, top + place * line, width, line, words, border=0)
