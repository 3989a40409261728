"""Photographs and folders as a grid of pictures, of which any number is chosen by touch."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kiosk.ui.admin.row_list import ROW_ROLE, Row, RowList
from kiosk.ui.application import FONT_FAMILY
from kiosk.ui.icons import pixmap
from kiosk.ui.theme import Scale, colour, scale_of

# In pixels of a screen whose shorter side is 1080.
TILE_PX = 240


class PhotographGrid(RowList):
    """Rows as tiles; a row with a badge is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setItemDelegate(_TileDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tiles fill the width."""
        width = self.viewport().width()
        columns = max(2, width // scale_of(self).times(TILE_PX))
        self.setGridSize(QSize(width // columns, _tile_height(scale_of(self), width // columns)))
        super().resizeEvent(event)


class _TileDelegate(QStyledItemDelegate):
    """Draws a Row as a tile: picture or icon, and the name below."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget  # type: ignore[attr-defined]
        return view.gridSize() if isinstance(view, QListView) else QSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        scale, gap = scale_of(option.widget), scale_of(option.widget).px("xs")  # type: ignore[attr-defined]
        tile = QRect(option.rect).adjusted(gap, gap, -gap, -gap)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_chosen = bool(row.badges)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
        ring = scale.px("ring")
        painter.setBrush(colour("accent_soft" if is_chosen else "sunken"))
        edge = colour("focus") if has_focus else colour("accent") if is_chosen else Qt.GlobalColor.transparent
        painter.setPen(QPen(edge, ring))
        radius = scale.px("radius_small")
        painter.drawRoundedRect(QRectF(tile).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2), radius, radius)
        _draw_tile(painter, scale, tile.adjusted(2 * ring, 2 * ring, -2 * ring, -2 * ring), row)
        if is_chosen:
            _draw_tick(painter, scale, tile)
        painter.restore()


def _tile_height(scale: Scale, width: int) -> int:
    return round(width * 0.8) + QFontMetrics(_font(scale)).height() + scale.px("s")


def _font(scale: Scale) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(scale.px("caption"))
    return font


def _draw_tile(painter: QPainter, scale: Scale, area: QRect, row: Row) -> None:
    painter.setFont(_font(scale))
    metrics = painter.fontMetrics()
    name = QRect(area.left(), area.bottom() - metrics.height(), area.width(), metrics.height())
    place = QRect(area.left(), area.top(), area.width(), area.height() - metrics.height() - scale.px("xs"))
    if row.picture is not None:
        shown = QRect(QPoint(0, 0), row.picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
        shown.moveCenter(place.center())
        painter.drawPixmap(shown, row.picture)
    else:
        side = min(place.height(), scale.times(110))
        drawing = QRect(0, 0, side, side)
        drawing.moveCenter(place.center())
        painter.drawPixmap(drawing.topLeft(), pixmap(row.icon, row.icon_colour, side))
    painter.setPen(colour("ink"))
    shown_name = metrics.elidedText(row.headline, Qt.TextElideMode.ElideMiddle, name.width())
    painter.drawText(name, Qt.AlignmentFlag.AlignCenter, shown_name)


def _draw_tick(painter: QPainter, scale: Scale, tile: QRect) -> None:
    side = scale.times(48)
    disc = QRect(tile.right() - side - scale.px("xs"), tile.top() + scale.px("xs"), side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent"))
    painter.drawEllipse(disc)
    inset = side // 5
    painter.drawPixmap(disc.topLeft() + QPoint(inset, inset), pixmap("check", "on_accent", side - 2 * inset))
