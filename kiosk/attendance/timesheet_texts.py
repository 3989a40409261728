"""The words of timesheets in the office's language: names of sheets and columns, kinds of absence, doubts."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.domain.office_language import OfficeLanguage

RUSSIAN: Mapping[str, str] = {
    "employee_id": "номер сотрудника",
    "personnel_number": "табельный номер",
    "full_name": "имя",
    "department": "отдел",
    "position": "должность",
    "day": "день",
    "planned": "план",
    "present": "присутствие",
    "worked": "отработано",
    "night": "ночные часы",
    "late": "опоздание",
    "left_early": "ранний уход",
    "overtime": "сверхурочные",
    "overtime_paid": "сверхурочные к оплате",
    "core_missed": "пропуск обязательных часов",
    "balance": "баланс",
    "away": "отлучки",
    "day_off": "работа в выходной",
    "absent": "неявка",
    "absence": "отсутствие",
    "holiday": "праздник",
    "questions": "вопросы",
    "entered_at": "приход",
    "left_at": "уход",
    "question": "вопрос",
    "exit_missing": "нет ухода",
    "entry_missing": "нет прихода",
    "exit_automatic": "уход поставлен автоматически",
    "doors_overlap": "разные двери",
    "break_missing": "перерыв не отмечен",
    "types_turned": "приход и уход перепутаны",
    "vacation": "отпуск",
    "sick_leave": "больничный",
    "trip": "командировка",
    "unpaid": "отпуск без оплаты",
    "other": "другая причина",
    "yes": "да",
    "total": "итого",
    "timesheet": "табель",
    "came": "приход",
    "left": "уход",
}


def word(name: str, language: OfficeLanguage) -> str:
    """Return the word for a column, sheet, mark or doubt, as in left_early; "" stays empty."""
    if language is OfficeLanguage.RUSSIAN and name:
        return RUSSIAN[name]
    return name.replace("_", " ")


def moment_format(language: OfficeLanguage) -> str:
    """Return how a day and its time are written, as strftime takes it."""
    return f"{day_format(language)} %H:%M"


def day_format(language: OfficeLanguage) -> str:
    """Return how a day is written, as strftime takes it."""
    return "%d.%m.%Y" if language is OfficeLanguage.RUSSIAN else "%Y-%m-%d"
