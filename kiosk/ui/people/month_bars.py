"""A person's month as bars: a bar a day, worked and planned."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.events.labels import month_text
from kiosk.ui.language import duration_text
from kiosk.ui.panel import Card
from kiosk.ui.people.backend import MonthDay, MonthShown
from kiosk.ui.theme import Scale, colour, scale_of
from kiosk.ui.widgets import Button, Label

# The chart is at least so high that a usual day fills most of it.
LEAST_TOP = timedelta(hours=10)


class MonthBars(Card):
    """The month with its arrows and its sums.

    Signals:
        wanted: the first day of another month, a date.
    """

    wanted = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self._shown: MonthShown | None = None
        self.before, self.after = Button("icon", "back"), Button("icon", "next")
        self.month, self.total, self.legend, self.chart = Label("strong"), Label("body"), Label("soft"), _Chart()
        self._head, self._column = QHBoxLayout(), QVBoxLayout(self)
        for widget, stretch in ((self.before, 0), (self.month, 1), (self.after, 0)):
            self._head.addWidget(widget, stretch)
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addLayout(self._head)
        for label in (self.total, self.chart, self.legend):
            self._column.addWidget(label)
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(32))

    @property
    def is_loaded(self) -> bool:
        """Whether a month is shown."""
        return self._shown is not None

    def show_month(self, shown: MonthShown) -> None:
        self._shown = shown
        self.chart.show_days(shown)
        self.retranslate()

    def retranslate(self) -> None:
        self.before.setAccessibleName(self.tr("The month before"))
        self.after.setAccessibleName(self.tr("The month after"))
        self.legend.setText(self.tr("Filled: worked; framed: planned"))
        shown = self._shown
        if shown is None:
            return
        self.month.setText(month_text(shown.first))
        self.after.setEnabled(shown.first < shown.today.replace(day=1))
        worked = self.tr("Worked {hours}").format(hours=duration_text(shown.worked))
        if shown.planned:
            worked = self.tr("Worked {hours} of {planned}").format(
                hours=duration_text(shown.worked), planned=duration_text(shown.planned)
            )
        parts = [worked]
        parts += [self.tr("%n day(s) late", "", late)] if (late := sum(bool(day.late) for day in shown.days)) else []
        absent = sum(day.is_absent for day in shown.days)
        parts += [self.tr("%n day(s) not there", "", absent)] if absent else []
        asked = sum(day.is_question for day in shown.days)
        parts += [self.tr("%n open question(s)", "", asked)] if asked else []
        self.total.setText(" · ".join(parts))
        self.chart.setAccessibleName(", ".join(parts))

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._column.setContentsMargins(edge, scale.px("s"), edge, scale.px("s"))
        self._column.setSpacing(scale.px("xs"))
        self.chart.setFixedHeight(scale.times(230))

    def _move(self, days: int) -> None:
        if self._shown is not None:
            self.wanted.emit((self._shown.first + timedelta(days=days)).replace(day=1))


class _Chart(QWidget):
    """The bars alone."""

    def __init__(self) -> None:
        super().__init__()
        self._days: dict[date, MonthDay] = {}
        self._first: date | None = None

    def show_days(self, shown: MonthShown) -> None:
        self._first, self._days = shown.first, {day.day: day for day in shown.days}
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._first is None:
            return
        scale, painter = scale_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(painter.font())
        font.setPixelSize(scale.px("caption"))
        painter.setFont(font)
        below = painter.fontMetrics().height()
        count = monthrange(self._first.year, self._first.month)[1]
        wide, high = self.width() / count, self.height() - below - 2
        top = max([LEAST_TOP, *(max(day.worked, day.planned) for day in self._days.values())])
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(0, high, self.width(), high)
        for number in range(count):
            day = self._first + timedelta(days=number)
            area = QRectF(number * wide + wide * 0.14, 0, wide * 0.72, high)
            self._draw_day(painter, scale, area, day, top)
            if day.day == 1 or day.day % 5 == 0:
                painter.setPen(colour("ink_soft"))
                text_wide = painter.fontMetrics().horizontalAdvance(str(day.day)) + 2
                left = min(max(0.0, area.center().x() - text_wide / 2), self.width() - text_wide)
                text = QRectF(left, high + 2, text_wide, below)
                painter.drawText(text, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.end()

    def _draw_day(self, painter: QPainter, scale: Scale, area: QRectF, day: date, top: timedelta) -> None:
        found = self._days.get(day)
        if found is None:
            return
        worked = QRectF(area)
        worked.setTop(area.bottom() * (1 - found.worked / top))
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "advice" if found.is_question else "bad" if found.is_absent else "accent"
        painter.setBrush(colour(tone))
        if found.worked:
            painter.drawRoundedRect(worked, scale.times(3), scale.times(3))
        if found.is_absent or (found.is_question and not found.worked):
            side = min(area.width(), scale.times(12))
            painter.drawEllipse(QRectF(area.center().x() - side / 2, area.bottom() - side - 2, side, side))
        if found.planned:
            planned = QRectF(area)
            planned.setTop(area.bottom() * (1 - found.planned / top))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("outline"), max(1, scale.times(2))))
            painter.drawRoundedRect(planned, scale.times(3), scale.times(3))
        elif found.is_away:
            painter.setBrush(colour("sunken"))
            painter.drawRoundedRect(QRectF(area.left(), area.bottom() * 0.2, area.width(), area.bottom() * 0.8), 3, 3)
