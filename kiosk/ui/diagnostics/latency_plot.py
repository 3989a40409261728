"""What each stage of a frame takes, frame by frame, one stage upon the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.monitoring.live_recognition import LATEST_FRAMES, TimedFrame
from kiosk.ui.diagnostics.labels import milliseconds, stage_names
from kiosk.ui.theme import colour, scale_of

# From the lowest up, in the order of StageLatency.
COLOURS = ("looking", "advice", "stranger", "good")
# Below this a stage had nothing to do: most frames of a face that has been recognised need no embedding.
IDLE_MS = 0.05
# The plot ends at one of these, so that it does not jump with every frame.
TOPS_MS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class LatencyPlot(QWidget):
    """Paints what it was given last; what each stage takes stands above it in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stages: NDArray[np.float64] = np.empty((0, len(COLOURS)))

    def show_frames(self, frames: Sequence[TimedFrame]) -> None:
        """frames: the oldest first."""
        times = [
            (one.stages.detect_ms, one.stages.assess_ms, one.stages.embed_ms, one.stages.decide_ms) for one in frames
        ]
        self._stages = np.array(times, dtype=np.float64).reshape(len(times), len(COLOURS))
        self.update()

    @property
    def medians_ms(self) -> tuple[float, ...]:
        """What each stage takes in frames that it works on, from the first stage to the last; none without a frame."""
        working = [stage[stage > IDLE_MS] for stage in self._stages.T]
        return tuple(float(np.median(stage)) if len(stage) else 0.0 for stage in working) if len(self._stages) else ()

    @property
    def top_ms(self) -> int:
        """Where the plot ends."""
        highest = float(self._stages.sum(axis=1).max()) if len(self._stages) else 0.0
        return next((top for top in TOPS_MS if top >= highest), TOPS_MS[-1])

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(scale_of(self).px("caption"))
        painter.setFont(font)
        line_height = QFontMetricsF(font).height()
        top = self._paint_legend(painter, line_height)
        area = QRectF(0, top, self.width(), max(1.0, self.height() - top - 1))
        self._paint_stages(painter, area)
        painter.setPen(QPen(colour("outline"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.topRight())
        painter.setPen(colour("ink"))
        painter.drawText(area.adjusted(4, 2, -4, 0), Qt.AlignmentFlag.AlignTop, milliseconds(self.top_ms))
        painter.end()

    def _paint_legend(self, painter: QPainter, line_height: float) -> float:
        """Write each stage with its colour, and return where the next line would begin."""
        edge, x, y = line_height * 0.35, 0.0, 0.0
        medians = self.medians_ms or (None,) * len(COLOURS)
        for name, ink, median in zip(stage_names(), COLOURS, medians, strict=True):
            words = name if median is None else f"{name} {milliseconds(median)}"
            width = line_height + painter.fontMetrics().horizontalAdvance(words) + 2 * edge
            if x and x + width > self.width():
                x, y = 0.0, y + line_height
            painter.fillRect(QRectF(x, y + line_height * 0.2, line_height * 0.6, line_height * 0.6), colour(ink))
            painter.setPen(colour("ink"))
            painter.drawText(QRectF(x + line_height, y, width, line_height), Qt.AlignmentFlag.AlignVCenter, words)
            x += width
        return y + line_height + edge

    def _paint_stages(self, painter: QPainter, area: QRectF) -> None:
        if len(self._stages) < 2:
            return
        # The newest frame stands at the right edge, wherever the plot begins.
        xs = area.right() - np.arange(len(self._stages))[::-1] * (area.width() / (LATEST_FRAMES - 1))
        heights = np.minimum(np.cumsum(self._stages, axis=1), self.top_ms) * (area.height() / self.top_ms)
        below = np.zeros(len(xs))
        painter.setPen(Qt.PenStyle.NoPen)
        for place, ink in enumerate(COLOURS):
            upper, lower = area.bottom() - heights[:, place], area.bottom() - below
            outline = [*zip(xs, upper, strict=True), *zip(xs[::-1], lower[::-1], strict=True)]
            painter.setBrush(colour(ink))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in outline]))
            below = heights[:, place]
