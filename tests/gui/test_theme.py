"""The design system: contrast, type, touch targets, and a style sheet that uses nothing else."""

from __future__ import annotations

import re
from string import Template

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontInfo

from gui.conftest import SIZES
from kiosk.config.paths import ASSETS_DIR
from kiosk.ui.application import FONT_FAMILY
from kiosk.ui.theme import ColourPair, colour, contrast, scale_for, theme

STYLE_SHEET = (ASSETS_DIR / "kiosk.qss").read_text(encoding="utf-8")
RULE = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>(?:[^{}]|\$\{\w+\})*)\}")
GROUNDS = re.compile(r"/\*\s*on:\s*([\w ]+?)\s*\*/")


@pytest.mark.parametrize("pair", theme().pairs, ids=lambda pair: f"{pair.colour}-on-{pair.on}")
def test_every_pair_has_the_contrast_that_wcag_aa_asks(pair: ColourPair) -> None:
    assert contrast(colour(pair.colour), colour(pair.on)) >= pair.least_contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(QColor(one), QColor(other)) == pytest.approx(ratio, abs=0.005)


def rules() -> list[tuple[str, str]]:
    return [(m["selector"].split("*/")[-1].strip(), m["body"]) for m in RULE.finditer(STYLE_SHEET)]


def used_pairs() -> set[tuple[str, str]]:
    pairs = set()
    for selector, body in rules():
        for kind in ("", "selection-"):
            colours = re.findall(rf"(?<![\w-]){kind}color:\s*\$(\w+)", body)
            grounds = re.findall(rf"(?<![\w-]){kind}background(?:-color)?:\s*\$(\w+)", body)
            if not kind:
                grounds += [name for names in GROUNDS.findall(body) for name in names.split()]
            assert not colours or grounds, f"{selector}: on which background does this text stand?"
            pairs |= {(colour, ground) for colour in colours for ground in grounds}
    return pairs


def test_the_style_sheet_uses_only_pairs_whose_contrast_is_computed() -> None:
    known = {(pair.colour, pair.on) for pair in theme().pairs if pair.least_contrast >= 4.5}
    assert used_pairs() - known == set()
    assert {("ink", "canvas"), ("on_accent", "accent"), ("bad", "bad_soft")} <= used_pairs()


def test_the_style_sheet_names_no_colour_and_no_size_of_its_own() -> None:
    plain = re.sub(r"/\*.*?\*/", "", STYLE_SHEET, flags=re.DOTALL)
    assert re.findall(r":[^;{]*#[0-9a-fA-F]{3,8}", plain) == []
    assert set(re.findall(r"[\s:](\d+)px", plain)) <= {"1"}
    names = {m["named"] for m in Template.pattern.finditer(plain) if m["named"]}
    assert names <= {*theme().colours, *theme().sizes, "icons_dir"}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_touch_targets_are_48_pixels_at_least(size: tuple[int, int]) -> None:
    assert scale_for(QSize(*size)).px("touch") >= 48


@pytest.mark.parametrize(("weight", "style"), [(400, "Regular"), (600, "Semi Bold")])
def test_the_bundled_font_is_the_one_in_use(weight: int, style: str) -> None:
    font = QFont(FONT_FAMILY)
    font.setWeight(QFont.Weight(weight))
    info = QFontInfo(font)
    assert (info.family(), info.weight(), info.styleName()) == (FONT_FAMILY, weight, style)
