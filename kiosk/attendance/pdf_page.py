"""A PDF page in landscape A4 with boxes of text, in whatever script names are written."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, cast

from fpdf import FPDF
from fpdf.fonts import TTFFont

from kiosk.attendance.pdf_fonts import BUNDLED, SYSTEM, is_shaped, system_fonts
from kiosk.core.logger import log

SERIF, SANS, SANS_BOLD = "stix", "dejavu", "dejavu-bold"
FILES = {SERIF: "STIXGeneral.ttf", SANS: "DejaVuSans.ttf", SANS_BOLD: "DejaVuSans-Bold.ttf"}
MARGIN_MM = 10
WIDTH_MM, HEIGHT_MM = 297, 210
SMALLEST_PT, STEP_PT = 4.0, 0.5
UNKNOWN_LETTER = "?"

Border: TypeAlias = Literal[0, 1] | str


class PdfPage(FPDF):
    """Pages to draw on; units are millimetres.

    Args:
        fonts: the system's folder, where fonts are looked for that show the scripts of names.

    Attributes:
        unknown_letters: those that no font showed; a question mark stands in their place.
    """

    def __init__(self, fonts: Path = SYSTEM) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self.set_auto_page_break(False)
        self.set_margin(MARGIN_MM)
        self.c_margin = 0.5
        for name, file in FILES.items():
            self.add_font(name, fname=BUNDLED / file)
        self._folder, self._fallbacks = fonts, [SANS]
        self.set_fallback_fonts(self._fallbacks, exact_match=False)
        self.unknown_letters: set[str] = set()

    def write_file(self, path: Path) -> None:
        """Write the file; a line of the log says how many letters no font showed. Raises OSError."""
        if self.unknown_letters:
            log(logging.WARNING, "pdf.letters_missing", letters=len(self.unknown_letters))
        self.output(path)

    def text_box(  # noqa: PLR0917  as fpdf's own
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        align: str = "C",
        border: Border = 1,
    ) -> None:
        """Draw a box with one line of text, narrowed until it fits."""
        if border == 1:
            self.boxes(x, y, (width,), height)
        elif border == "B":
            self.line(x, y + height, x + width, y + height)
        if text:
            self._write(x, y, width, height, text, align)

    def boxes(self, x: float, y: float, widths: Sequence[float], height: float) -> None:
        """Draw boxes of one height side by side; as one path, for a page has hundreds of them."""
        path, top = [], (self.h - y) * self.k
        for width in widths:
            path.append(f"{x * self.k:.2f} {top:.2f} {width * self.k:.2f} {-height * self.k:.2f} re")
            x += width
        self._out(" ".join(path) + " S")

    def lines_box(  # noqa: PLR0917
        self, x: float, y: float, width: float, height: float, text: str, line: float = 3
    ) -> None:
        """Draw a box with several lines of text in its middle."""
        self.boxes(x, y, (width,), height)
        lines = text.split("\n")
        top = y + (height - line * len(lines)) / 2
        for place, words in enumerate(lines):
            self.text_box(x, top + place * line, width, line, words, border=0)

    def _write(self, x: float, y: float, width: float, height: float, text: str, align: str) -> None:  # noqa: PLR0917
        size, room = self.font_size_pt, width - 2 * self.c_margin
        is_plain = text.isascii() or (self._shows(self.font_family, text) and not is_shaped(text))
        if not is_plain:
            text = self._known(text)
            self.set_text_shaping(is_shaped(text))
        measure = self._plain_width if is_plain else self.get_string_width
        length = measure(text)
        while length > room and self.font_size_pt > SMALLEST_PT:
            self.set_font_size(self.font_size_pt - STEP_PT)
            length = measure(text)
        while length > room and text:
            text = text[:-1]
            length = measure(text)
        left = {"L": self.c_margin, "R": width - self.c_margin - length}.get(align, (width - length) / 2)
        if is_plain:  # fpdf's cells cost ten times as much
            self.text(x + left, y + 0.5 * height + 0.3 * self.font_size, text)
        else:
            self.set_xy(x + left - self.c_margin, y)
            self.cell(length + 2 * self.c_margin, height, text)
            self.set_text_shaping(False)
        if self.font_size_pt != size:
            self.set_font_size(size)

    def _plain_width(self, text: str) -> float:
        widths = cast("TTFFont", self.current_font).cw
        return sum(widths[ord(letter)] for letter in text) * self.font_size / 1000

    def _known(self, text: str) -> str:
        """Return a text with a question mark for each letter that no font shows."""
        return "".join(letter if self._is_known(letter) else UNKNOWN_LETTER for letter in text)

    def _is_known(self, letter: str) -> bool:
        if any(self._shows(name, letter) for name in (self.font_family, *self._fallbacks)):
            return True
        for file, place in system_fonts(letter, self._folder):
            name = file.name.lower()
            if name not in self._fallbacks and file.exists():
                self.add_font(name, fname=file, collection_font_number=place)
                self._fallbacks.append(name)
                self.set_fallback_fonts(self._fallbacks, exact_match=False)
                return self._shows(name, letter)
        self.unknown_letters.add(letter)
        return False

    def _shows(self, font: str, text: str) -> bool:
        letters = cast("TTFFont", self.fonts[font]).cmap
        return all(ord(letter) in letters for letter in text)
