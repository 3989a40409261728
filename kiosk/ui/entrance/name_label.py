"""A name in letters as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

MAX_LINES = 2
# A name that does not fit at this share of the largest letters is broken within a word before it gets smaller.
WHOLE_WORDS_SHARE = 0.45
_STEP = 0.94
_SMALLEST_PX = 6


class NameLabel(QLabel):
    """Shows its text whole: on one line, else on two, else in smaller letters; it never cuts.

    It asks for the height that its text needs at its width; one that fills its place takes what there is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "name")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._largest_px, self._fills = 42, False
        self._fitted: dict[tuple[str, int, int], QTextLayout] = {}
        self._set_policy()

    def set_largest(self, largest_px: int, *, fills: bool = False) -> None:
        """Set the size of letters that is not exceeded. fills: the label takes all the height that it is given."""
        if (largest_px, fills) != (self._largest_px, self._fills):
            self._largest_px, self._fills = largest_px, fills
            self._fitted.clear()
            self._set_policy()

    @property
    def letters_px(self) -> int:
        """The size of the letters in the label's present place."""
        return self._fit(self.width(), self.height()).font().pixelSize()

    def hasHeightForWidth(self) -> bool:
        return not self._fills

    def heightForWidth(self, width_px: int) -> int:
        return round(_height(self._fit(width_px, 10**6)) + 1)

    def sizeHint(self) -> QSize:
        return QSize(self._largest_px * 3, round(self._largest_px * 1.25))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._largest_px, round(self._largest_px * (0.9 if self._fills else 0.6)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout = self._fit(self.width(), self.height())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - _height(layout)) / 2)))
        painter.end()

    def _set_policy(self) -> None:
        vertical = QSizePolicy.Policy.Expanding if self._fills else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(not self._fills)
        self.setSizePolicy(policy)
        self.updateGeometry()

    def _fit(self, width_px: int, height_px: int) -> QTextLayout:
        """Return the text laid out in the largest letters that fit."""
        key = self.text(), width_px, height_px
        if key not in self._fitted:
            if len(self._fitted) > 8:
                self._fitted.clear()
            self._fitted[key] = self._lay_out(width_px, height_px)
        return self._fitted[key]

    def _lay_out(self, width_px: int, height_px: int) -> QTextLayout:
        size = float(self._largest_px)
        while True:
            modes = [QTextOption.WrapMode.WordWrap]
            if size <= self._largest_px * WHOLE_WORDS_SHARE:
                modes.append(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            for mode in modes:
                layout = self._laid_out(round(size), width_px, mode)
                if _fits(layout, width_px, height_px) or size <= _SMALLEST_PX:
                    return layout
            size *= _STEP

    def _laid_out(self, size_px: int, width_px: int, mode: QTextOption.WrapMode) -> QTextLayout:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(QFont.Weight.DemiBold)
        layout = QTextLayout(self.text(), font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(mode)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width_px))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


def _height(layout: QTextLayout) -> float:
    return sum(layout.lineAt(number).height() for number in range(layout.lineCount()))


def _fits(layout: QTextLayout, width_px: int, height_px: int) -> bool:
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    return (
        len(lines) <= MAX_LINES
        and _height(layout) <= height_px
        and all(line.naturalTextWidth() <= width_px for line in lines)
    )
