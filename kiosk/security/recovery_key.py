"""The recovery key: 24 words on paper that open what a lost device has sealed.

It is a private key of X25519, whose public half stays on the device: what the device seals from then on opens with the
words, and the device cannot say them again. The words are those of BIP-39, which carry a checksum.
"""

from __future__ import annotations

from typing import Final, Literal
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from mnemonic import Mnemonic

from kiosk.errors import InvalidInput

WordLanguage = Literal["en", "ru"]
WORD_LISTS: Final[dict[WordLanguage, str]] = {"en": "english", "ru": "russian"}
WORD_COUNT = 24
# RFC 9180
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def make_recovery_key() -> X25519PrivateKey:
    return X25519PrivateKey.generate()


def words_of(key: X25519PrivateKey, language: WordLanguage) -> tuple[str, ...]:
    """Return the 24 words of a key."""
    return tuple(Mnemonic(WORD_LISTS[language]).to_mnemonic(key.private_bytes_raw()).split())


def key_of_words(text: str) -> X25519PrivateKey:
    """Return the key that words stand for, English or Russian, in any case.

    Raises InvalidInput that says what is wrong with them, by their numbers.
    """
    words = normalize("NFC", text.casefold()).replace("ё", "е").split()
    if len(words) != WORD_COUNT:
        raise InvalidInput(f"the recovery key has {WORD_COUNT} words, and these are {len(words)}")
    lists = [Mnemonic(name).wordlist for name in WORD_LISTS.values()]
    fitting = max(lists, key=lambda words_known: sum(word in words_known for word in words))
    unknown = [str(place) for place, word in enumerate(words, start=1) if word not in fitting]
    if unknown:
        raise InvalidInput(f"no recovery key has such a word; look at word {', '.join(unknown)}")
    # The package cannot read its own Russian words: it decomposes the й of what it looks for, and not of its list.
    english = Mnemonic(WORD_LISTS["en"])
    in_english = [english.wordlist[fitting.index(word)] for word in words]
    if not english.check(" ".join(in_english)):
        raise InvalidInput("a word is wrong or two have changed places; compare all of them with the paper")
    return X25519PrivateKey.from_private_bytes(bytes(english.to_entropy(in_english)))


def seal_for(public_key: bytes, secret: bytes, purpose: bytes) -> bytes:
    """Seal a secret so that only the recovery key opens it, and only for the same purpose."""
    return SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_key), info=purpose)


def open_with(key: X25519PrivateKey, sealed: bytes, purpose: bytes) -> bytes | None:
    """Return the secret; None when it was sealed for another key or another purpose, or was changed."""
    try:
        return SUITE.decrypt(sealed, key, info=purpose)
    except (InvalidTag, ValueError):
        return None
