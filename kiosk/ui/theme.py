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
# WCAG 2.2: 1.4.3, and 1.4.6 for high contrast; shapes 1.4.11.
_LEAST_CONTRAST = {("text", False): 4.5, ("text", True): 7.0, ("shape", False): 3.0, ("shape", True): 4.5}


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the screens shall look."""

    is_dark: bool = False
    high_contrast: bool = False
    large_type: bool = False

    @property
    def palettes(self) -> tuple[str, ...]:
        """The palettes of design.toml; each one puts its colours in place of those before it."""
        base = "dark" if self.is_dark else "light"
        return ("light", base, f"{base}_high_contrast") if self.high_contrast else ("light", base)


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


def theme() -> Theme:
    """Return the design in the appearance that is used."""
    return theme_of(_used[-1])


def appearance() -> Appearance:
    """Return the appearance that is used."""
    return _used[-1]


def use_appearance(wanted: Appearance) -> None:
    """Let everything that is drawn from now on look like this; windows that are open are styled anew by restyle."""
    _used[:] = [wanted]


# What all widgets of the process are drawn by, as they are by the application's palette and font.
_used = [Appearance()]


@cache
def theme_of(wanted: Appearance) -> Theme:
    content = tomllib.loads(read_asset(ASSETS_DIR / "design.toml"))
    sizes = {name: tuple(pair) for group in _SIZE_GROUPS for name, pair in content[group].items()}
    if wanted.large_type:
        sizes |= {name: tuple(pair) for name, pair in content["large_type"].items()}
    colours = {name: value for palette in wanted.palettes for name, value in content["colours"][palette].items()}
    pairs = tuple(
        ColourPair(colour, on, _LEAST_CONTRAST[kind, wanted.high_contrast])
        for kind in ("text", "shape")
        for group in content[kind]
        for colour in group["colours"]
        for on in group["on"]
    )
    return Theme(colours, sizes, pairs)


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
    tick = "check-on-dark.svg" if appearance().is_dark else "check-on-accent.svg"
    values["tick"] = (ASSETS_DIR / "icons" / tick).as_posix()
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
