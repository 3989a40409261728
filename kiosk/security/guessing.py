"""Which passwords and PINs are tried first, and what a night of trying is worth.

`python -m kiosk.security.guessing` prints the figures of docs/privacy.md.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from functools import cache

from kiosk.domain.credentials import is_too_simple
from kiosk.security.throttling import DEVICE_POLICY, SECRET_POLICY

# zxcvbn's second degree of four: what is beyond it takes years at a try a minute.
EARLY_GUESSES = 1_000_000
# A Russian word typed on a Latin keyboard, and the other way round, is guessed as soon.
RUSSIAN_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
LONGEST_JUDGED = 72  # characters; zxcvbn takes no more, and what follows makes no password easier

NIGHT = timedelta(hours=12)
PEOPLE = 100  # with a PIN, in an office of some size
EVERY = 13  # of a million PINs, enough to tell what share of them is refused
NUMBERS = 900_000  # PIN numbers of six digits without a leading zero


def is_guessed_early(password: str) -> bool:
    """Whether a password is in one of zxcvbn's lists, the 30,000 commonest among them, or soon composed of them."""
    lower = password.casefold()
    return any(_is_guessed_early(text) for text in (password, lower.translate(RUSSIAN_KEYS)))


def _is_guessed_early(text: str) -> bool:
    if text.casefold() in _common_passwords():
        return True
    from zxcvbn import zxcvbn

    return bool(zxcvbn(text[:LONGEST_JUDGED])["guesses"] < EARLY_GUESSES)


def is_pin_guessed_early(pin: str) -> bool:
    return is_too_simple(pin) or pin in _common_passwords()


@cache
def _common_passwords() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset().union(*FREQUENCY_LISTS.values())


def attempts_within(duration: timedelta) -> tuple[int, float]:
    """Return how often one secret can be tried on one device, and the longest wait in seconds of anybody meanwhile.

    Whoever tries does so the moment that it is allowed, and needs no time to type.
    """
    began = now = forgotten_at = device_forgotten_at = datetime(2026, 1, 5, 19, tzinfo=UTC)
    count, longest_s = 0, 0.0
    while now < began + duration:
        count += 1
        forgotten_at = SECRET_POLICY.one_more(forgotten_at, now)
        device_forgotten_at = DEVICE_POLICY.one_more(device_forgotten_at, now)
        wait_s = max(
            SECRET_POLICY.wait_s(SECRET_POLICY.attempts(forgotten_at, now)),
            DEVICE_POLICY.wait_s(DEVICE_POLICY.attempts(device_forgotten_at, now)),
        )
        longest_s = max(longest_s, wait_s)
        now += timedelta(seconds=wait_s)
    return count, longest_s


def figures() -> dict[str, str]:
    """Return what one night of guessing at one device is worth, by what is guessed."""
    count, longest_s = attempts_within(NIGHT)
    six = EVERY * sum(not is_pin_guessed_early(f"{pin:06}") for pin in range(0, 10**6, EVERY))
    four = sum(not is_too_simple(f"{pin:04}") for pin in range(10**4))
    return {
        "attempts in 12 hours": f"{count}",
        "a PIN of six digits whose number is known": f"{count / six:.2%}",
        f"any PIN of six digits, {PEOPLE} people, no number known": f"{count / six * PEOPLE / NUMBERS:.0e}",
        "an earlier PIN of four digits whose number is known": f"{count / four:.1%}",
        "a password that is not refused, by zxcvbn's estimate at the most": f"{count / EARLY_GUESSES:.2%}",
        "a colleague's longest wait meanwhile": f"{longest_s:.0f} s",
    }


def _print_figures() -> None:
    for name, figure in figures().items():
        sys.stdout.write(f"{name:70} {figure}\n")


if __name__ == "__main__":
    _print_figures()
