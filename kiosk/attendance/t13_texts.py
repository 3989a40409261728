"""The words of the unified form T-13, as the Goskomstat's resolution of 5 January 2004, number 1, has them."""

from __future__ import annotations

from datetime import date

from kiosk.attendance.t13_pay import PayKind

APPROVED = ("Унифицированная форма № Т-13", "Утверждена Постановлением Госкомстата России от 05.01.2004 № 1")
CODE, OKUD, OKUD_CODE, OKPO = "Код", "Форма по ОКУД", "0301008", "по ОКПО"
ORGANISATION, DEPARTMENT = "(наименование организации)", "(структурное подразделение)"
TITLE, SUBTITLE = "ТАБЕЛЬ", "учета рабочего времени"
DOCUMENT_NUMBER, DATE, PERIOD, PERIOD_FROM, PERIOD_TO = (
    "Номер документа",
    "Дата составления",
    "Отчетный период",
    "с",
    "по",
)
HEADINGS = {
    "no": "Номер\nпо\nпо-\nрядку",
    "name": "Фамилия, инициалы,\nдолжность\n(специальность,\nпрофессия)",
    "number": "Табельный\nномер",
    "days": "Отметки о явках и неявках на работу по числам месяца",
    "worked": "Отработано за",
    "half": "половину\nмесяца\n(I, II)",
    "month": "месяц",
    "in_days": "дни",
    "in_hours": "часы",
    "pay": "Данные для начисления заработной платы\nпо видам и направлениям затрат",
    "pay_code": "код\nвида\nоплаты",
    "account": "коррес-\nпонди-\nрующий\nсчет",
    "days_hours": "дни\n(часы)",
    "absences": "Неявки по\nпричинам",
    "code": "код",
}
NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "7", "8", "9", "10", "11", "12", "13")
_UNDER = ("(должность)", "(личная подпись)", "(расшифровка подписи)")
SIGNATURES = (
    ("Ответственное лицо", _UNDER),
    ("Руководитель структурного подразделения", _UNDER),
    ("Работник кадровой службы", _UNDER),
)
BLANK = "__________"
SIGNED_DAY = "«____» ______________ 20___ г."


def common_pay(kind: PayKind) -> str:
    """Return the two lines above the kinds of pay: code and account that hold for everybody."""
    return f"код вида оплаты {kind.code or BLANK}\nкорреспондирующий счет {kind.account or BLANK}"


def day_text(day: date) -> str:
    return f"{day:%d.%m.%Y}"
