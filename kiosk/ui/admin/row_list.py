"""Long lists: rows with two lines and badges, drawn when they come into sight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kiosk.ui.application import FONT_FAMILY
from kiosk.ui.avatar import paint_avatar, paint_portrait
from kiosk.ui.icons import pixmap
from kiosk.ui.theme import Scale, colour, scale_of

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
# Above this share of the row's width the marks give way to the name.
BADGES_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on a coloured background at the end of a row."""

    text: str
    tone: Literal["good", "advice", "bad", ""] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows.

    Attributes:
        headline: the first line.
        second: the second line.
        lead: a text before all else, such as a time.
        picture: takes the icon's place.
        face: whose row it is: the icon follows on the picture, or on the initials where there is none.
        is_faint: drawn paler than other rows.
        is_struck_out: with a line through the first line.
        is_heading: of the rows below it; nothing but the headline is shown.
    """

    headline: str
    second: str = ""
    lead: str = ""
    icon: str = ""
    icon_colour: str = "accent"
    picture: QPixmap | None = None
    face: str = ""
    badges: tuple[Badge, ...] = ()
    is_faint: bool = False
    is_struck_out: bool = False
    is_heading: bool = False

    @property
    def accessible_text(self) -> str:
        """The whole row, for screen readers."""
        parts = (self.lead, self.headline, self.second, *(badge.text for badge in self.badges))
        return ", ".join(part for part in parts if part)


class RowList(QListView):
    """A list of Rows that is scrolled by finger, wheel and keys.

    Signals:
        chosen: index of a row that was touched, or on which Enter was pressed.
    """

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None, *, is_large: bool = False) -> None:
        """is_large: to be read from some steps away."""
        super().__init__(parent)
        self._nothing = ""
        self.is_large = is_large
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._pressed_at_px = 0
        self.clicked.connect(self._clicked)

    def set_placeholder(self, sentence: str) -> None:
        """Set the text that is shown in place of rows when there are none."""
        self._nothing = sentence
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at_px = self.verticalScrollBar().value()
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        """Choose a row, unless it was dragged."""
        if abs(self.verticalScrollBar().value() - self._pressed_at_px) < QApplication.startDragDistance():
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if model is not None and model.rowCount() == 0 and self._nothing:
            painter = QPainter(self.viewport())
            painter.setPen(colour("ink_soft"))
            flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            edge = scale_of(self).px("l")
            painter.drawText(self.viewport().rect().adjusted(edge, edge, -edge, -edge), flags, self._nothing)
            painter.end()


class RowDelegate(QStyledItemDelegate):
    """Draws a Row."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        scale = scale_of(option.widget)  # type: ignore[attr-defined]
        lines = sum(QFontMetrics(_font(scale, size)).height() for size in _sizes(option))
        return QSize(0, max(scale.px("touch"), lines + 2 * scale.px("s")))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        scale, area = scale_of(option.widget), QRect(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes = _sizes(option)
        if row.is_heading:
            painter.fillRect(area, colour("sunken"))
        _draw_background(painter, scale, area, option.state)  # type: ignore[attr-defined]
        area.adjust(scale.px("m"), 0, -scale.px("m"), 0)
        _draw_lead(painter, scale, area, row, sizes[0])
        _draw_icon(painter, scale, area, row)
        _draw_badges(painter, scale, area, row)
        _draw_texts(painter, scale, area, row, sizes)
        painter.restore()


def _sizes(option: QStyleOptionViewItem) -> tuple[str, str]:
    """Return the type sizes of a row's two lines."""
    view = option.widget  # type: ignore[attr-defined]
    return ("heading", "strong") if isinstance(view, RowList) and view.is_large else ("strong", "body")


def _draw_background(painter: QPainter, scale: Scale, area: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(area, colour("accent_soft"))
        ring = scale.px("ring")
        painter.setPen(QPen(colour("focus"), ring))
        painter.drawRect(QRectF(area).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2))
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _draw_lead(painter: QPainter, scale: Scale, area: QRect, row: Row, size: str) -> None:
    if not row.lead:
        return
    painter.setFont(_font(scale, size, bold=True))
    painter.setPen(colour("ink_soft" if row.is_faint else "ink"))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.lead)
    # As wide as the widest time, so that what follows stands in a column.
    widest = re.sub(r"\d", "0", row.lead)
    area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(widest) + scale.px("m"))


def _draw_icon(painter: QPainter, scale: Scale, area: QRect, row: Row) -> None:
    if row.face:
        _draw_face(painter, scale, area, row)
    elif row.picture is not None:
        _draw_picture(painter, scale, area, row.picture)
    if not row.icon or (row.picture is not None and not row.face):
        return
    side = scale.times(44)
    drawing = pixmap(row.icon, "ink_soft" if row.is_faint else row.icon_colour, side)
    painter.drawPixmap(area.left(), area.center().y() - side // 2, drawing)
    area.setLeft(area.left() + side + scale.px("m"))


def _draw_picture(painter: QPainter, scale: Scale, area: QRect, picture: QPixmap) -> None:
    """Draw it in a square, so that the texts of all rows are aligned."""
    side = area.height() - 2 * scale.px("xs")
    square = QRect(area.left(), area.top() + scale.px("xs"), side, side)
    shown = QRect(QPoint(0, 0), picture.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio))
    shown.moveCenter(square.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(shown, picture)
    area.setLeft(square.right() + scale.px("m"))


def _draw_face(painter: QPainter, scale: Scale, area: QRect, row: Row) -> None:
    """Draw the middle of the picture, or the initials, in a disc."""
    side = area.height() - 2 * scale.px("xs")
    disc = QRect(area.left(), area.top() + scale.px("xs"), side, side)
    if row.picture is None:
        paint_avatar(painter, QRectF(disc), row.face)
    else:
        paint_portrait(painter, QRectF(disc), row.picture)
    area.setLeft(disc.right() + scale.px("m"))


def _draw_badges(painter: QPainter, scale: Scale, area: QRect, row: Row) -> None:
    painter.setFont(_font(scale, "caption", bold=True))
    metrics, pad = painter.fontMetrics(), scale.px("s")
    least_left = area.left() + round(area.width() * (1 - BADGES_SHARE))
    height = metrics.height() + scale.px("s")
    for badge in reversed(row.badges):
        width = metrics.horizontalAdvance(badge.text) + 2 * pad
        if area.right() - width < least_left:
            break
        pill = QRect(area.right() - width, area.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{badge.tone}_soft" if badge.tone else "sunken"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colour(badge.tone or "ink"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, badge.text)
        area.setRight(pill.left() - pad)


def _draw_texts(painter: QPainter, scale: Scale, area: QRect, row: Row, sizes: tuple[str, str]) -> None:
    first, second = _font(scale, sizes[0], bold=True), _font(scale, sizes[1])
    if QFontMetrics(first).horizontalAdvance(row.headline) > area.width():
        first = _font(scale, "strong", bold=True)  # a large row's long name is rather smaller than cut off
    first.setStrikeOut(row.is_struck_out)
    heights = QFontMetrics(first).height(), QFontMetrics(second).height() if row.second else 0
    top = area.center().y() - sum(heights) // 2
    for text, font, height, ink in (
        (row.headline, first, heights[0], "ink_soft" if row.is_faint else "ink"),
        (row.second, second, heights[1], "ink_soft"),
    ):
        painter.setFont(font)
        painter.setPen(colour(ink))
        line = QRect(area.left(), top, area.width(), height)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        top += height


def _font(scale: Scale, size: str, *, bold: bool = False) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(scale.px(size))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font
