"""Texts about events and their corrections, in the language that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.corrections import AUTOMATIC, CorrectionAction, RowCorrection
from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.types import Method
from kiosk.ui.entrance.reason_buttons import reason_name
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import JournalSpan
from kiosk.ui.language import shown_language, time_text

LONGEST_ON_BUTTON = 22


def name_of(entry: LogEntry) -> str:
    return entry.full_name or QCoreApplication.translate("Event", "Unknown visitor")


def method_text(entry: LogEntry) -> str:
    """Return how somebody was identified."""
    words = {
        Method.FACE: QCoreApplication.translate("Event", "by face"),
        Method.PIN: QCoreApplication.translate("Event", "by PIN"),
        Method.MANUAL: QCoreApplication.translate("Event", "by hand"),
        Method.API: QCoreApplication.translate("Event", "by another system"),
    }
    return words[entry.method]


def shortened(name: str) -> str:
    """Return a name for a button that has no room for the longest ones."""
    return name if len(name) <= LONGEST_ON_BUTTON else f"{name[: LONGEST_ON_BUTTON - 1].rstrip()}…"


def exit_reason_text(code: str | None, reasons: Sequence[ExitReason]) -> str:
    """Return a reason's name, "" for none; one that is not in the list any more is shown as its code."""
    return next((reason_name(reason) for reason in reasons if reason.code == code), code or "")


def author_text(author: str) -> str:
    """Return who corrected something, for people."""
    kind, _, name = author.partition(":")
    match kind:
        case "admin":
            return QCoreApplication.translate("Event", "administrator")
        case "kiosk":
            return QCoreApplication.translate("Event", "at the door {name}").format(name=name)
        case "cli":
            return QCoreApplication.translate("Event", "{name}, by command").format(name=name)
        case "token":
            return QCoreApplication.translate("Event", "{name}, by another system").format(name=name)
        case _ if author == AUTOMATIC:
            return QCoreApplication.translate("Event", "automatically")
        case _:
            return author


def correction_text(made: RowCorrection, zone: ZoneInfo) -> str:
    """Return what was corrected, by whom, when and why."""
    return "\n".join(
        (
            f"{_action_text(made, zone)} · {author_text(made.author)} · "
            f"{short_day_text(made.at.astimezone(zone).date())}, {time_text(made.at, zone)}",
            QCoreApplication.translate("Event", "“{reason}”").format(reason=made.reason),
        )
    )


def day_text(day: date) -> str:
    """Return a day with its weekday: Friday, 27 November 2026."""
    text = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
    return text[:1].upper() + text[1:]


def days_text(first: date, last: date, span: JournalSpan) -> str:
    """Return the days that the journal shows: a day, 23 Nov – 29 Nov 2026, November 2026."""
    match span:
        case JournalSpan.DAY:
            return day_text(first)
        case JournalSpan.MONTH:
            return month_text(first)
        case JournalSpan.WEEK:
            begin = QLocale().toString(QDate(first.year, first.month, first.day), "d MMM")
            return f"{begin} – {QLocale().toString(QDate(last.year, last.month, last.day), 'd MMM yyyy')}"


def short_day_text(day: date) -> str:
    """Return a day with its weekday, as short as it can be told: Fri, 27 Nov."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd, d MMM")


def month_text(month: date, *, begins: bool = True) -> str:
    """Return a month with its year: November 2026. begins: it begins a sentence."""
    text = f"{shown_language().locale.standaloneMonthName(month.month)} {month.year}"
    return text[:1].upper() + text[1:] if begins else text


def _action_text(made: RowCorrection, zone: ZoneInfo) -> str:
    if made.undoes is not None:
        return QCoreApplication.translate("Event", "Correction undone")
    if made.original is not None:
        sentence = QCoreApplication.translate("Event", "Registered as {type}, {time}, {day}")
        return sentence.format(
            type=event_style(made.original.event_type).name,
            time=time_text(made.original.timestamp, zone),
            day=short_day_text(made.original.timestamp.astimezone(zone).date()),
        )
    if made.action is CorrectionAction.VOID:
        return QCoreApplication.translate("Event", "Does not count")
    return QCoreApplication.translate("Event", "Added by hand")
