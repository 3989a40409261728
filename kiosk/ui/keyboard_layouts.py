"""Which key stands where on the on-screen keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.language import Language


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of characters, top to bottom; the last row shares its line with shift and backspace.

    short_name: what the key says that switches to this layout.
    """

    rows: tuple[str, ...]
    short_name: str


DIGITS = "1234567890"
LETTERS = {
    Language.RUSSIAN: Layout((DIGITS, "йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю"), "РУС"),
    Language.ENGLISH: Layout((DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"), "ENG"),
}
SIGNS = Layout((DIGITS, "@#№%&*()_+", "-=/\\:;\"'!?", "<>[]{}$€~^|"), "?#+")
KEYPAD = Layout(("123", "456", "789", "0"), "123")
