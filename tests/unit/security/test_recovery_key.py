"""The recovery key's words, as they are printed and as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import InvalidInput
from kiosk.security.recovery_key import (
    WordLanguage,
    key_of_words,
    make_recovery_key,
    open_with,
    seal_for,
    words_of,
)

KEY = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ENGLISH = words_of(KEY, "en")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_key_is_read_again(language: WordLanguage) -> None:
    for _ in range(25):
        key = make_recovery_key()
        words = words_of(key, language)
        assert len(words) == 24
        assert key_of_words(" ".join(words)).private_bytes_raw() == key.private_bytes_raw()


def test_the_words_are_those_of_the_standard() -> None:
    """The first words carry the key's bits, eleven each; the vector is one of BIP-39's own."""
    zero = X25519PrivateKey.from_private_bytes(bytes(32))
    assert words_of(zero, "en") == ("abandon",) * 23 + ("art",)


@pytest.mark.parametrize(
    "change",
    [str.upper, lambda t: t.replace(" ", "\n  "), lambda t: unicodedata.normalize("NFD", t), lambda t: f"\t{t}\r\n"],
    ids=["capitals", "lines", "decomposed letters", "blanks around"],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_they_may_be_typed_in_many_ways(change, language: WordLanguage) -> None:
    text = change(" ".join(words_of(KEY, language)))
    assert key_of_words(text).private_bytes_raw() == KEY.private_bytes_raw()


WRONG = {
    "too few": (ENGLISH[:23], "24 words, and these are 23"),
    "none": ((), "these are 0"),
    "unknown": ((*ENGLISH[:4], "kiosk", *ENGLISH[5:]), "look at word 5"),
    "swapped": ((ENGLISH[1], ENGLISH[0], *ENGLISH[2:]), "changed places"),
    "of two languages": ((*ENGLISH[:20], *words_of(KEY, "ru")[20:]), "look at word 21, 22, 23, 24"),
}


@pytest.mark.parametrize(("words", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_by_number(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        key_of_words(" ".join(words))


def test_only_the_right_key_and_purpose_open_a_secret() -> None:
    sealed = seal_for(KEY.public_key().public_bytes_raw(), b"secret", b"purpose")
    assert open_with(KEY, sealed, b"purpose") == b"secret"
    assert open_with(KEY, sealed, b"another") is None
    assert open_with(make_recovery_key(), sealed, b"purpose") is None
    assert open_with(KEY, sealed[:-1], b"purpose") is None
    assert open_with(KEY, b"", b"purpose") is None
