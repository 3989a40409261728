"""Boxes of text in a PDF: they fit, and names are readable in whatever script they are written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fpdf.fonts import TTFFont

from kiosk.attendance.pdf_fonts import is_shaped, system_fonts
from kiosk.attendance.pdf_page import SANS, SERIF, PdfPage


def font_with(letter: str) -> TTFont:
    """Return a font that shows one letter, as a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square, builder = pen.glyph(), FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({ord(letter): "letter"})
    builder.setupGlyf({".notdef": square, "letter": square})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "letter": (800, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


@pytest.fixture
def made(tmp_path: Path) -> Iterator[PdfPage]:
    """A page that looks for the system's fonts in tmp_path."""
    page = PdfPage(tmp_path)
    page.add_page()
    page.set_font(SERIF, size=9)
    yield page
    for font in page.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Anna", False, id="Latin"),
        pytest.param("Анна Ёлкина", False, id="Cyrillic"),
        pytest.param("Nguyễn Thị Hồng", False, id="Vietnamese"),
        pytest.param("محمد", True, id="Arabic"),
        pytest.param("Smith דוד", True, id="Hebrew beside Latin"),
        pytest.param("अमित", True, id="Devanagari"),
        pytest.param("สมชาย", True, id="Thai"),
    ],
)
def test_which_scripts_have_to_be_shaped(text: str, expected: bool) -> None:
    assert is_shaped(text) is expected


@pytest.mark.parametrize(
    ("letter", "files"),
    [
        pytest.param("王", ["NotoSansCJK-Regular.ttc"], id="Chinese"),
        pytest.param("は", ["NotoSansCJK-Regular.ttc"], id="Japanese"),
        pytest.param("김", ["NotoSansCJK-Regular.ttc"], id="Korean"),
        pytest.param("अ", ["NotoSansDevanagari-Regular.ttf", "NotoSerifDevanagari-Regular.ttf"], id="Devanagari"),
        pytest.param("\ue000", [], id="a letter without a name"),
    ],
)
def test_where_a_script_is_looked_for(letter: str, files: list[str]) -> None:
    assert [file.name for file, _ in system_fonts(letter, Path("/fonts"))] == files


def test_letters_come_from_the_systems_fonts_where_the_bundled_ones_lack_them(made: PdfPage, tmp_path: Path) -> None:
    thai, cjk = tmp_path / "truetype" / "noto", tmp_path / "opentype" / "noto"
    thai.mkdir(parents=True)
    cjk.mkdir(parents=True)
    font_with("ส").save(thai / "NotoSerifThai-Regular.ttf")
    collection = TTCollection()
    collection.fonts = [font_with(letter) for letter in "は김王"]
    collection.save(cjk / "NotoSansCJK-Regular.ttc")
    made.text_box(10, 10, 40, 4, "ส 王")
    made.text_box(10, 20, 40, 4, "王")
    assert made.unknown_letters == set()
    assert {"notoserifthai-regular.ttf", "notosanscjk-regular.ttc"} <= set(made.fonts)


def test_a_letter_that_no_font_shows_becomes_a_question_mark_and_is_told(
    made: PdfPage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made.text_box(10, 10, 40, 4, "Анна 王")
    with caplog.at_level(logging.WARNING, "kiosk"):
        made.write_file(tmp_path / "page.pdf")
    (line,) = caplog.records
    assert (line.message, line.fields, made.unknown_letters) == ("pdf.letters_missing", {"letters": 1}, {"王"})  # type: ignore[attr-defined]


def test_arabic_is_joined_and_runs_from_right_to_left(made: PdfPage) -> None:
    """Joined letters are other glyphs than those that stand alone."""
    for place, text in enumerate(("م", "محمد")):
        made.text_box(10, 10 * place, 40, 4, text)
    font = made.fonts[SANS]
    assert isinstance(font, TTFFont)
    glyphs = {glyph.glyph_name for glyph, _ in font.subset.items() if glyph.unicode == (ord("م"),)}
    assert len(glyphs) >= 3, glyphs


@pytest.mark.parametrize("text", ["Ж" * 200, "محمد بن عبد الله " * 12], ids=["Cyrillic", "Arabic"])
@pytest.mark.parametrize("align", ["L", "C", "R"])
def test_a_long_text_stays_in_its_box(made: PdfPage, monkeypatch: pytest.MonkeyPatch, text: str, align: str) -> None:
    drawn: list[tuple[float, float]] = []
    monkeypatch.setattr(made, "text", lambda x, _y, words: drawn.append((x, x + made.get_string_width(words))))
    monkeypatch.setattr(made, "cell", lambda width, *_: drawn.append((made.x, made.x + width)))
    made.text_box(10, 10, 30, 4, text, align)
    ((left, right),) = drawn
    assert 10 <= left < right <= 40.001
    assert made.font_size_pt == 9, "the next text has its size again"
