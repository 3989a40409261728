"""Which key is where on the on-screen keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.language import Language


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """Rows of characters, from top to bottom; the last row shares its line with shift and backspace.

    Attributes:
        short_name: label of the key that switches to this layout.
    """

    rows: tuple[str, ...]
    short_name: str


DIGITS = "1234567890"
LETTERS = {
    Language.RUSSIAN: KeyboardLayout((DIGITS, "йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю"), "РУС"),
    Language.ENGLISH: KeyboardLayout((DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"), "ENG"),
}
SIGNS = KeyboardLayout((DIGITS, "@#№%&*()_+", "-=/\\:;\"'!?", "<>[]{}$€~^|"), "?#+")
KEYPAD = KeyboardLayout(("123", "456", "789", "0"), "123")
