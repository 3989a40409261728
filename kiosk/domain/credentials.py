"""What a PIN and the administrator's password must be like, and what a check of one returns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

PIN_PATTERN = re.compile(r"[0-9]{4,8}")
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
    """Whether its digits are one alone, over and over, or count up or down."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, 9}
