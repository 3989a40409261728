"""Somebody's own month at the kiosk, and asking the administrator to correct one of its days."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QDate, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from kiosk.domain.correction_requests import MAX_TEXT, RequestKind
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonRow, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import ROW_ROLE, Badge, Row, RowList
from kiosk.ui.background import Background
from kiosk.ui.entrance.backend import EntranceBackend, OwnDay, OwnMonth
from kiosk.ui.language import duration_text, shown_language
from kiosk.ui.widgets import Button, Label, TextField

# Whoever walks away shall not leave their hours standing on the screen.
LEFT_AFTER_S = 60


class OwnScreen(AdminScreen):
    """Base class: closes when nobody touches it for a while."""

    def __init__(self) -> None:
        super().__init__()
        self._idle = QTimer(self)
        self._idle.setInterval(LEFT_AFTER_S * 1000)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.closed)

    def entered(self) -> None:
        self._idle.start()

    def left(self) -> None:
        self._idle.stop()


class MonthScreen(OwnScreen):
    """The days of a month; whoever touches one can ask for a correction."""

    def __init__(self, month: OwnMonth, backend: EntranceBackend, background: Background) -> None:
        self._month = month
        super().__init__()
        self._backend, self._background = backend, background
        self._total, self._hint = Label("strong"), Label("soft")
        self.days = QStandardItemModel(self)
        self.list = RowList()
        self.list.setModel(self.days)
        self.list.chosen.connect(self._ask)
        for widget in (self._total, self._hint):
            self.body.addWidget(widget)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        first = self._month.first
        return _capital(f"{shown_language().locale.standaloneMonthName(first.month)} {first.year}")

    def retranslate(self) -> None:
        super().retranslate()
        hours = self._month.hours
        total = self.tr("Worked {hours}").format(hours=duration_text(hours.worked))
        if hours.balance is not None:
            balance = duration_text(hours.balance, signed=True)
            total += " · " + self.tr("balance {hours}").format(hours=balance)
        self._total.setText(total)
        self._hint.setText(self.tr("Is a day wrong? Touch it."))
        self.list.set_placeholder(self.tr("Nothing was planned or registered this month."))
        self.days.clear()
        for day in reversed(self._month.days):
            item = QStandardItem()
            row = _row(day)
            item.setData(row, ROW_ROLE)
            item.setData(row.accessible_text, Qt.ItemDataRole.AccessibleTextRole)
            self.days.appendRow(item)

    def _ask(self, index: QModelIndex) -> None:
        day = tuple(reversed(self._month.days))[index.row()]
        screen = RequestScreen(self._month.employee_id, day, self._backend, self._background)
        screen.asked.connect(lambda: self._mark_asked(day))
        self.opens.emit(screen)

    def _mark_asked(self, asked: OwnDay) -> None:
        days = tuple(replace(day, is_asked=True) if day == asked else day for day in self._month.days)
        self._month = replace(self._month, days=days)
        self.retranslate()


class RequestScreen(OwnScreen):
    """What is wrong with a day: one touch, and some words where they help.

    Signals:
        asked: the request is written down.
    """

    asked = Signal()

    def __init__(self, employee_id: int, day: OwnDay, backend: EntranceBackend, background: Background) -> None:
        self._employee_id, self._day = employee_id, day
        super().__init__()
        self._backend, self._background = backend, background
        self.notice, self.words = Notice(), FormField(TextField())
        self.words.field.setMaxLength(MAX_TEXT)
        self.words.field.textEdited.connect(lambda _: self._idle.start())
        self.kinds = {kind: Button("secondary") for kind in RequestKind}
        for kind, button in self.kinds.items():
            button.clicked.connect(lambda _=False, kind=kind: self._send(kind))
        missing, other = list(self.kinds.values())[:2], list(self.kinds.values())[2:]
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.words, ButtonRow(*missing), ButtonRow(*other)):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return _day_text(self._day)

    def retranslate(self) -> None:
        super().retranslate()
        self.words.set_name(self.tr("In your words, if you like: what is right?"))
        names = {
            RequestKind.EXIT_MISSING: self.tr("My exit is missing"),
            RequestKind.ENTRY_MISSING: self.tr("My entry is missing"),
            RequestKind.WRONG_TIME: self.tr("A time is wrong"),
            RequestKind.OTHER: self.tr("Something else"),
        }
        for kind, button in self.kinds.items():
            button.setText(names[kind])

    def _send(self, kind: RequestKind) -> None:
        self._idle.start()
        self._enable(False)
        words, ask = self.words.field.text().strip(), self._backend.ask_correction
        employee_id, day = self._employee_id, self._day.day
        self._background.run(self, lambda: ask(employee_id, day, kind, words), lambda _: self._sent(), self._failed)

    def _sent(self) -> None:
        self.asked.emit()
        self.words.hide()
        for button in self.kinds.values():
            button.hide()
        self.notice.say("good", self.tr("The administrator will see it."))

    def _failed(self, _error: KioskError) -> None:
        self._enable(True)
        self.notice.say("bad", self.tr("This did not work. Please tell the administrator."))

    def _enable(self, enabled: bool) -> None:
        for button in self.kinds.values():
            button.setEnabled(enabled)


def _day_text(day: OwnDay) -> str:
    shown = QDate(day.day.year, day.day.month, day.day.day)
    return _capital(shown_language().locale.toString(shown, "dddd, d MMMM"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(day: OwnDay) -> Row:
    marks = []
    if day.is_question:
        marks.append(Badge(QCoreApplication.translate("MonthScreen", "Open question"), "advice"))
    if day.is_absent:
        marks.append(Badge(QCoreApplication.translate("MonthScreen", "Not there"), "bad"))
    if day.is_asked:
        marks.append(Badge(QCoreApplication.translate("MonthScreen", "Asked"), "good"))
    second = ""
    if day.refused_because is not None:
        sentence = QCoreApplication.translate("MonthScreen", "The correction was refused: {reason}")
        second = sentence.format(reason=day.refused_because)
    return Row(_day_text(day), second, lead=duration_text(day.worked), badges=tuple(marks))
