"""Which passwords and PINs are tried first, and what a night of trying is worth.

`python -m kiosk.security.guessing` prints the figures of docs/privacy.md.
"""

from __future__ import annotations

from functools import cache

from kiosk.domain.credentials import is_too_simple

# zxcvbn's second degree of four: what is beyond it takes years at a try a minute.
EARLY_GUESSES = 1_000_000
# A Russian word typed on a Latin keyboard, and the other way round, is guessed as soon.
RUSSIAN_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
LONGEST_JUDGED = 72  # characters; zxcvbn takes no more, and what follows makes no password easier


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
