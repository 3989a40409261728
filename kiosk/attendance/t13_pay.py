"""What the form T-13 says for pay: days and hours of each mark under the office's code of pay and account. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.attendance.t13 import CODES, T13Person
from kiosk.errors import ConfigurationError

MOST = 8
"""So many kinds of pay have room beside a person: two columns of four lines."""


@dataclass(frozen=True, slots=True)
class PayKind:
    """What is paid in one way.

    Attributes:
        mark: letters of the form for the time that is paid so, such as Я; empty for all attended time.
        code: the office's code of this kind of pay.
        account: that it is charged to.
    """

    mark: str = ""
    code: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """Days and hours of one kind of pay."""

    kind: PayKind
    days: int
    hours: timedelta


def parse_pay_kinds(text: str) -> tuple[PayKind, ...]:
    """Return what a setting such as `Я: 2000: 26, ОТ: 2012: 26` lists. Raises ConfigurationError."""
    found = []
    for entry in filter(None, (part.strip() for part in text.split(","))):
        parts = [part.strip() for part in entry.split(":")]
        if len(parts) != 3 or parts[0] not in CODES:
            raise ConfigurationError(
                f"KIOSK_T13_PAY: {entry!r} is not understood; write mark: code of pay: account, as in Я: 2000: 26; "
                f"marks are {', '.join(CODES)}"
            )
        found.append(PayKind(*parts))
    if len(found) > MOST or len({kind.mark for kind in found}) < len(found):
        raise ConfigurationError(f"KIOSK_T13_PAY: name each mark once, and {MOST} at the most")
    return tuple(found)


def pay_lines(person: T13Person, kinds: Sequence[PayKind]) -> tuple[PayLine, ...]:
    """Return the kinds of pay that a person has days of; without any kinds, all attended time as one."""
    if not kinds:
        total = person.total
        return (PayLine(PayKind(), total.days, total.hours),) if total.days else ()
    parts = [part for half in person.halves for day in half if day is not None for part in day.parts]
    lines = []
    for kind in kinds:
        hours = [length for mark, length in parts if mark == kind.mark]
        if hours:
            lines.append(PayLine(kind, len(hours), sum(hours, timedelta())))
    return tuple(lines)


def common_kind(kinds: Sequence[PayKind]) -> PayKind:
    """Return what stands above the columns: the code and account of everybody where the office has only one kind."""
    return kinds[0] if len(kinds) == 1 else PayKind()
