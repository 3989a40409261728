"""The office's key: it seals the keys of files, each of which has one of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Base64UrlBytes, BaseModel, ConfigDict, ValidationError

from kiosk.core.sealed_file import KEY_BYTES, SealDamaged
from kiosk.security.recovery_key import seal_for

NONCE_BYTES = 12


class SealHeader(BaseModel):
    """What stands in clear at the beginning of a sealed file.

    Attributes:
        key_id: of the office's key.
        file_key: sealed by the office's key.
        office_key: sealed for the recovery key, so that the words alone open the file.
    """

    model_config = ConfigDict(frozen=True)

    key_id: str
    file_key: Base64UrlBytes
    office_key: Base64UrlBytes


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The office's key as it is used.

    Attributes:
        id: names it in what it has sealed.
        secret: 32 bytes.
        recovery_public: public half of the recovery key.
    """

    id: str
    secret: bytes = field(repr=False)
    recovery_public: bytes

    def new_file_key(self) -> tuple[bytes, SealHeader]:
        """Return a random key for one file, and the header by which it is found again."""
        file_key = os.urandom(KEY_BYTES)
        header = SealHeader.model_construct(
            key_id=self.id,
            file_key=wrap(self.secret, file_key, file_purpose(self.id)),
            office_key=seal_for(self.recovery_public, self.secret, office_purpose(self.id)),
        )
        return file_key, header

    def file_key(self, header: SealHeader) -> bytes:
        """Return the key of a file that was sealed by this key. Raises SealDamaged."""
        file_key = unwrap(self.secret, header.file_key, file_purpose(self.id))
        if file_key is None:
            raise SealDamaged
        return file_key


def read_seal_header(content: bytes) -> SealHeader:
    """Raises SealDamaged for what is no header."""
    try:
        return SealHeader.model_validate_json(content)
    except ValidationError as error:
        raise SealDamaged from error


def wrap(key: bytes, secret: bytes, purpose: bytes) -> bytes:
    """Seal a short secret by a key, for one purpose."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, purpose)


def unwrap(key: bytes, wrapped: bytes, purpose: bytes) -> bytes | None:
    """Return the secret; None when key or purpose are others, or it was changed."""
    try:
        return AESGCM(key).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], purpose)
    except (InvalidTag, ValueError):
        return None


def office_purpose(key_id: str) -> bytes:
    return f"kiosk office key {key_id}".encode()


def file_purpose(key_id: str) -> bytes:
    return f"kiosk file key under {key_id}".encode()
