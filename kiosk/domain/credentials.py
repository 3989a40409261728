"""What PINs, the administrator's password and access tokens must be like, and what a check of one returns."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from kiosk.errors import InvalidInput

PIN_PATTERN = re.compile(r"[0-9]{6,8}")  # of a new one; those of four and five digits hold until they are changed
TOKEN_NAME_PATTERN = re.compile(r"[\w.@-]{1,64}")
PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 128  # a longer one would only keep the hash busy


@dataclass(frozen=True, slots=True)
class PinCheck:
    """Whose number and PIN it is.

    Attributes:
        employee_id: None when it is nobody's.
        wait_s: seconds before the next attempt is checked, 0 for none.
    """

    employee_id: int | None
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """Whether the password is the right one; wait_s: seconds before the next attempt is checked, 0 for none."""

    accepted: bool
    wait_s: float = 0.0


def is_too_simple(pin: str) -> bool:
    """Whether its digits count up or down, are a few over and over, come in equal pairs or triples, or are a date."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    counts = len(steps) == 1 and steps <= {0, 1, 9}
    repeats = any(pin == (pin[:length] * len(pin))[: len(pin)] for length in (1, 2, 3, 4) if length < len(pin))
    grouped = any(all(len(set(pin[at : at + size])) == 1 for at in range(0, len(pin), size)) for size in (2, 3))
    return counts or repeats or grouped or _is_date(pin)


def _is_date(pin: str) -> bool:
    """Whether it is a day, month and year in a usual order, the year of two digits or of 1900 to 2099."""
    if len(pin) not in (6, 8):
        return False
    day_first, month_first = (pin[4:], pin[2:4], pin[:2]), (pin[4:], pin[:2], pin[2:4])
    year_first = (pin[:-4], pin[-4:-2], pin[-2:])
    return any(_is_day(*map(int, parts)) for parts in (day_first, month_first, year_first))


def _is_day(year: int, month: int, day: int) -> bool:
    whole_year = year + 2000 if year < 100 else year
    return 1900 <= whole_year < 2100 and 1 <= month <= 12 and 1 <= day <= monthrange(whole_year, month)[1]


class TokenScope(StrEnum):
    """What an access token allows; of the first three each includes those before it.

    The last two are apart, and no other scope includes them: SCIM allows the directory of people over SCIM and nothing
    else, SETTINGS the settings.
    """

    READ = "read"
    WRITE = "write"
    BIOMETRIC = "biometric"
    SCIM = "scim"
    SETTINGS = "settings"

    def covers(self, wanted: TokenScope) -> bool:
        if {self, wanted} & {TokenScope.SCIM, TokenScope.SETTINGS}:
            return self is wanted
        order = list(TokenScope)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What is known of another system's token; never the token itself.

    Attributes:
        id: the row's number.
        name: what the token is for; it stands in log lines and in the audit log.
        created_at: aware UTC, as all times here.
        expires_at: from when on it is not valid; None for never.
        revoked_at: None unless somebody revoked it.
    """

    id: int
    name: str
    scope: TokenScope
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def checked_token_name(name: str) -> str:
    """Return the name as it is. Raises InvalidInput for one that would not stand well in a log line."""
    if not TOKEN_NAME_PATTERN.fullmatch(name):
        raise InvalidInput("a token's name is made of up to 64 letters, digits and . _ @ -")
    return name
