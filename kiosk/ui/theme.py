"""The design of assets/design.toml: colours, and sizes that scale with the window."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from kiosk.config.paths import ASSETS_DIR
from kiosk.core.files import read_asset

# All sizes are drawn for a screen whose shorter side is this long.
DRAWN_FOR_PX = 1080
_SIZE_GROUPS = ("type", "space", "shape_px")


@dataclass(frozen=True, slots=True)
class ColourPair:
    """A colour, the colour below it, and the contrast that they must have."""

    colour: str
    on: str
    least_contrast: float


@dataclass(frozen=True, slots=True)
class Theme:
    """The design's values.

    Attributes:
        colours: #RRGGBB by name.
        sizes: (pixels on a screen of DRAWN_FOR_PX, least pixels) by name.
        pairs: all colours that may be drawn on one another.
    """

    colours: dict[str, str]
    sizes: dict[str, tuple[int, int]]
    pairs: tuple[ColourPair, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How large things are in a window; is_portrait: it is taller than wide."""

    factor: float
    is_portrait: bool

    def px(self, size: str) -> int:
        """Return a size of design.toml (body, m, touch …) in this window's pixels."""
        drawn_px, least_px = theme().sizes[size]
        return max(least_px, round(drawn_px * self.factor))

    def times(self, drawn_px: float) -> int:
        """Return a length given for DRAWN_FOR_PX in this window's pixels."""
        return max(1, round(drawn_px * self.factor))


@cache
def theme() -> Theme:
    content = tomllib.loads(read_asset(ASSETS_DIR / "design.toml"))
    sizes = {name: tuple(pair) for group in _SIZE_GROUPS for name, pair in content[group].items()}
    pairs = tuple(
        ColourPair(colour, on, least)
        for kind, least in (("text", 4.5), ("shape", 3.0))
        for group in content[kind]
        for colour in group["colours"]
        for on in group["on"]
    )
    return Theme(content["colours"], sizes, pairs)


def colour(name: str) -> QColor:
    return QColor(theme().colours[name])


def scale_for(size: QSize) -> Scale:
    shorter_px = max(1, min(size.width(), size.height()))
    return Scale(shorter_px / DRAWN_FOR_PX, size.height() > size.width())


def scale_of(widget: QWidget) -> Scale:
    """Return the scale of a widget's window."""
    return scale_for(widget.window().size())


def style_sheet(scale: Scale) -> str:
    """Return assets/kiosk.qss with the design's colours and this scale's pixels filled in."""
    values = dict(theme().colours)
    values |= {name: f"{scale.px(name)}px" for name in theme().sizes}
    values["icons_dir"] = (ASSETS_DIR / "icons").as_posix()
    text = read_asset(ASSETS_DIR / "kiosk.qss")
    return Template(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).substitute(values)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, in [1, 21]. Source: WCAG 2.2, contrast ratio and relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(of: QColor) -> float:
    channels = (of.redF(), of.greenF(), of.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
