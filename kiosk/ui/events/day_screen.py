"""Choosing a day by touch: a month's days, with arrows to other months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.events.labels import day_text, month_text
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label

_WEEKS, _WEEK = 6, 7


class DayScreen(AdminScreen):
    """Closes when a day is chosen; days to come cannot be.

    Signals:
        chosen: the day, a date.
    """

    chosen = Signal(date)

    def __init__(self, day: date, today: date) -> None:
        self._shown, self._month, self._today = day, day.replace(day=1), today
        super().__init__()
        self.before, self.after = Button("secondary", "back"), Button("secondary", "next")
        for arrow in (self.before, self.after):
            arrow.setProperty("snug", "true")
        self.month, self.days = Label("strong"), tuple(Button("secondary") for _ in range(_WEEKS * _WEEK))
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._weekdays = tuple(Label("soft") for _ in range(_WEEK))
        self._months, self._grid = QHBoxLayout(), QGridLayout()
        for widget, stretch in ((self.before, 0), (self.month, 1), (self.after, 0)):
            self._months.addWidget(widget, stretch)
        for column, label in enumerate(self._weekdays):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(label, 0, column)
            self._grid.setColumnStretch(column, 1)
        for place, button in enumerate(self.days):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            button.setSizePolicy(policy)
            button.setProperty("snug", "true")
            button.clicked.connect(lambda _=False, place=place: self._choose(self._first + timedelta(days=place)))
            self._grid.addWidget(button, 1 + place // _WEEK, place % _WEEK)
        self.body.addLayout(self._months)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.before.clicked.connect(lambda: self._show(self._month - timedelta(days=1)))
        self.after.clicked.connect(lambda: self._show(self._month + timedelta(days=monthrange_of(self._month))))

    def title(self) -> str:
        return self.tr("Which day?")

    def button_of(self, day: date) -> Button:
        """Return the button of a day of the month that is shown."""
        return self.days[(day - self._first).days]

    def retranslate(self) -> None:
        super().retranslate()
        self.before.setAccessibleName(self.tr("The month before"))
        self.after.setAccessibleName(self.tr("The month after"))
        self.month.setText(month_text(self._month))
        for weekday, label in enumerate(self._weekdays, start=1):
            label.setText(QLocale().standaloneDayName(weekday, QLocale.FormatType.ShortFormat))
        for place, button in enumerate(self.days):
            day = self._first + timedelta(days=place)
            button.setVisible(day.month == self._month.month)
            button.setEnabled(day <= self._today)
            button.set_kind("primary" if day == self._shown else "secondary")
            button.setText(str(day.day))
            button.setAccessibleName(day_text(day))
        self.after.setEnabled(self._month < self._today.replace(day=1))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._months.setSpacing(scale.px("s"))
        self._grid.setSpacing(scale.px("xs"))

    @property
    def _first(self) -> date:
        """The Monday on or before the month's first day."""
        return self._month - timedelta(days=self._month.weekday())

    def _show(self, day: date) -> None:
        self._month = day.replace(day=1)
        self.retranslate()

    def _choose(self, day: date) -> None:
        self.closed.emit()
        self.chosen.emit(day)


def monthrange_of(month: date) -> int:
    """Return how many days a month has."""
    return monthrange(month.year, month.month)[1]
