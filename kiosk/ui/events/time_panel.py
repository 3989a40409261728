"""A day and a time of day, set by fingers: the day by arrows, the time on the keypad or by steps of five minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label, TextField
from kiosk.ui.window import KioskWindow

STEP = timedelta(minutes=5)
_DIGITS = 4


class TimeField(TextField):
    """Takes digits alone and shows them as a time: 905 is 9:05. Touched, it is typed anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textEdited.connect(self._show_as_time)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _show_as_time(self, text: str) -> None:
        digits = "".join(character for character in text if character.isascii() and character.isdigit())[:_DIGITS]
        hours = 1 if digits[:1] > "2" else 2
        self.setText(digits if len(digits) <= hours else f"{digits[:hours]}:{digits[hours : hours + 2]}")


class TimePanel(Panel):
    """Shows a moment of the office; moment() reads what was set."""

    def __init__(self, at: datetime, zone: ZoneInfo) -> None:
        """at: aware, what is shown at first."""
        super().__init__()
        self._zone = zone
        self._day = at.astimezone(zone).date()
        self.time, self.error = TimeField(), Label("body", tone="bad")
        self.error.hide()
        self.show_time(at)
        self.before, self.after = Button("secondary", "back"), Button("secondary", "next")
        self.less, self.more = Button("secondary"), Button("secondary")
        for button in (self.before, self.after, self.less, self.more):
            button.setProperty("snug", "true")
        self.day = Label("strong")
        self.day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._days, self._times = QHBoxLayout(), QHBoxLayout()
        for widget, stretch in ((self.before, 0), (self.day, 1), (self.after, 0)):
            self._days.addWidget(widget, stretch)
        self._times.addWidget(self.less)
        self._times.addWidget(self.time, 1)
        self._times.addWidget(self.more)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.addLayout(self._days, 3)
        self._layout.addLayout(self._times, 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._layout)
        self._column.addWidget(self.error)
        self.time.textEdited.connect(self._edited)
        self.time.returnPressed.connect(self._put_keypad_away)
        self.before.clicked.connect(lambda: self._move_day(-1))
        self.after.clicked.connect(lambda: self._move_day(1))
        for button, step in ((self.less, -STEP), (self.more, STEP)):
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _=False, step=step: self._move_time(step))

    def show_time(self, at: datetime) -> None:
        """Show a moment. at: aware."""
        local = at.astimezone(self._zone)
        self._day = local.date()
        self.time.setText(f"{local:%H:%M}")

    def moment(self) -> datetime | None:
        """Return what was set, aware, or None after showing what is wrong with it."""
        typed = self._typed(self._day)
        if typed is None:
            self._show_error(self.tr("Type the time with four digits, such as 1805."))
        elif typed.astimezone(UTC).astimezone(self._zone) != typed:
            self._show_error(self.tr("There was no such time that day: the clocks were put forward."))
            return None
        return typed

    def retranslate(self) -> None:
        self.time.setAccessibleName(self.tr("Time"))
        self.before.setAccessibleName(self.tr("The day before"))
        self.after.setAccessibleName(self.tr("The day after"))
        self.less.setText(self.tr("−5 min"))
        self.more.setText(self.tr("+5 min"))
        day = QDate(self._day.year, self._day.month, self._day.day)
        self.day.setText(QLocale().toString(day, "ddd, d MMMM yyyy"))

    def arrange(self, scale: Scale) -> None:
        upright = scale.is_portrait
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        for layout in (self._layout, self._column, self._days, self._times):
            layout.setSpacing(scale.px("s"))

    def _edited(self) -> None:
        self._show_error("")
        if self._typed(self._day) is not None:
            self._put_keypad_away()

    def _put_keypad_away(self) -> None:
        """What comes next lies below the keypad."""
        window = self.window()
        if isinstance(window, KioskWindow):
            window.hide_keyboard()

    def _show_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.time.set_wrong(bool(sentence))

    def _typed(self, day: date) -> datetime | None:
        hours, _, minutes = self.time.text().partition(":")
        if not hours or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
            return None
        return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=self._zone)

    def _move_day(self, days: int) -> None:
        self._day += timedelta(days=days)
        self.retranslate()

    def _move_time(self, step: timedelta) -> None:
        typed = self._typed(self._day)
        if typed is not None:
            self.show_time(typed.astimezone(UTC) + step)
            self._show_error("")
            self.retranslate()
