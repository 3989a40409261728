"""The lines of the ZKTeco ADMS push protocol, as a terminal writes and reads them over HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from kiosk.domain.types import EventType, Method

PUSH_VERSION = "2.4.1"
GREETING = "GET OPTION FROM"
COMMAND = re.compile(r"C:([A-Za-z0-9_-]{1,64}):(.+)")
VERB = re.compile(r"[A-Za-z_]{1,24}")
MOST_COMMANDS = 50
LINE_SIGNS = re.compile(r"[\t\r\n]")


class ReturnCode(IntEnum):
    """What a terminal answers to a command."""

    DONE = 0
    WRONG_PARAMETER = -1
    NOT_SUPPORTED = -1002


@dataclass(frozen=True, slots=True)
class AdmsSettings:
    """What a receiver asks of a terminal in its first answer.

    Attributes:
        delay_s: between two questions for commands.
        error_delay_s: before a terminal tries again.
        interval_s: the least time between two uploads; 0 for at once.
        utc_offset_s: where the receiver believes the terminal to be; None if it does not say.
    """

    delay_s: float = 30.0
    error_delay_s: float = 30.0
    interval_s: float = 0.0
    utc_offset_s: float | None = None


@dataclass(frozen=True, slots=True)
class AdmsCommand:
    """One command of a receiver. id: to answer it with. text: without the id; may hold personal data and passwords."""

    id: str
    text: str

    @property
    def verb(self) -> str:
        """The first word, in capitals; fit for a log."""
        found = VERB.match(self.text)
        return found.group().upper() if found else "UNKNOWN"

    @property
    def user(self) -> Mapping[str, str] | None:
        """The fields of a command that writes a person, by their names in capitals; None for any other command."""
        found = re.match(r"DATA (?:UPDATE USERINFO|USER) (.+)", self.text)
        if found is None:
            return None
        pairs = (part.partition("=") for part in found.group(1).split("\t"))
        return {name.strip().upper(): value.strip() for name, _, value in pairs}

    def answer(self, code: ReturnCode) -> str:
        return f"ID={self.id}&Return={code.value}&CMD={self.verb}"


def attendance_line(pin: str, at: datetime, zone: ZoneInfo, event_type: EventType, method: Method) -> str:
    """Return the line of one event.

    Terminals write the time on their own clock, without an offset: in the hour that comes twice when summer time ends,
    two events an hour apart may have the same.

    Args:
        pin: the person's number at the receiver.
        at: aware.
        zone: where the terminal stands.
    """
    status = 0 if event_type.means_present else 1
    verified_by = 15 if method is Method.FACE else 0
    return "\t".join((pin, f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}", str(status), str(verified_by), "0", "0", "0"))


def user_line(pin: str, full_name: str) -> str:
    """Return the line that tells a receiver of a person: no password, no card, no rights."""
    rest = "Pri=0\tPasswd=\tCard=\tGrp=1\tTZ=0000000100000000"
    return f"USER PIN={pin}\tName={LINE_SIGNS.sub(' ', full_name)}\t{rest}"


def is_pin(text: str) -> bool:
    """Tell whether a text can stand in a line as somebody's number."""
    return bool(text) and text == text.strip() and LINE_SIGNS.search(text) is None


def is_ok(answer: str) -> bool:
    """Tell whether a receiver has taken an upload: OK, or OK: with how many lines."""
    return re.match(r"OK\b", answer.lstrip(), re.IGNORECASE) is not None


def read_settings(answer: str) -> AdmsSettings | None:
    """Return what a receiver asks for; the usual where it only says OK, None when it answers like no receiver."""
    if is_ok(answer):
        return AdmsSettings()
    if not answer.lstrip().upper().startswith(GREETING):
        return None
    pairs = (line.partition("=") for line in answer.splitlines())
    told = {name.strip().upper(): value.strip() for name, _, value in pairs}
    usual = AdmsSettings()
    return AdmsSettings(
        delay_s=_seconds(told.get("DELAY"), 1, 5.0, 60.0, usual.delay_s),
        error_delay_s=_seconds(told.get("ERRORDELAY"), 1, 1.0, 300.0, usual.error_delay_s),
        interval_s=_seconds(told.get("TRANSINTERVAL"), 60, 0.0, 3600.0, 0.0) if told.get("REALTIME") == "0" else 0.0,
        utc_offset_s=_utc_offset_s(told.get("TIMEZONE")),
    )


def read_commands(answer: str) -> Sequence[AdmsCommand] | None:
    """Return the commands of an answer, MOST_COMMANDS at most; None when it is neither commands nor OK."""
    found = [COMMAND.fullmatch(line.strip()) for line in answer.splitlines()]
    commands = [AdmsCommand(*match.groups()) for match in found if match is not None]
    if not commands and answer.strip() and not is_ok(answer):
        return None
    return commands[:MOST_COMMANDS]


def _seconds(text: str | None, unit_s: int, least: float, most: float, usual: float) -> float:
    return (
        min(most, max(least, float(text) * unit_s))
        if text is not None and text.isascii() and text.isdecimal()
        else usual
    )


def _utc_offset_s(text: str | None) -> float | None:
    """Hours up to fourteen, which may be fractions, and minutes beyond."""
    if text is None or re.fullmatch(r"[+-]?\d{1,4}(?:\.\d{1,2})?", text) is None:
        return None
    number = float(text)
    return number * 3600 if abs(number) <= 14 else number * 60
