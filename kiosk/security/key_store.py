"""Keeps the keys, in a folder of their own outside of the data directory, readable by the kiosk's user alone.

    device.key     32 random bytes in Base64: this device's own key
    office.keys    the office's keys, the newest first; each sealed by the device's key, and for the recovery key

Whoever has the data directory or a backup and not this folder has nothing that opens. The folder is in no backup.
"""

from __future__ import annotations

import base64
import binascii
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import AwareDatetime, Base64UrlBytes, BaseModel, ConfigDict, ValidationError

from kiosk.core.file_locks import make_locked_folder
from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log
from kiosk.core.sealed_file import KEY_BYTES
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigurationError, InvalidInput, StorageError
from kiosk.security.office_key import OfficeKey, SealHeader, office_purpose, unwrap, wrap
from kiosk.security.recovery_key import open_with, seal_for

DEVICE_KEY, OFFICE_KEYS = "device.key", "office.keys"
FORMAT = 1
WAY_BACK = "run: kiosk keys recover, with the recovery words"


class StoredKey(BaseModel):
    """One of the office's keys as it is stored.

    Attributes:
        id: names it in what it has sealed.
        made_at: aware UTC.
        for_device: sealed by the device's key.
        for_recovery: sealed for the recovery key.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    made_at: AwareDatetime
    for_device: Base64UrlBytes
    for_recovery: Base64UrlBytes


class StoredKeys(BaseModel):
    """What office.keys holds.

    Attributes:
        format: of the file.
        recovery_public: public half of the recovery key.
        recovery_made_at: aware UTC.
        keys: the newest first; the older ones open what was sealed before.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    recovery_public: Base64UrlBytes
    recovery_made_at: AwareDatetime
    keys: tuple[StoredKey, ...]


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The keys of one device; any process may read them, one at a time changes them.

    Attributes:
        folder: made when the first key is.
        clock: says when a key was made.
    """

    folder: Path
    clock: Clock

    def stored(self) -> StoredKeys | None:
        """Return what is stored; None while there is no recovery key, and nothing is sealed. Raises StorageError."""
        content = self._read(OFFICE_KEYS)
        if content is None:
            return None
        try:
            stored = StoredKeys.model_validate_json(content)
        except ValidationError as error:
            raise StorageError(
                f"{self.folder / OFFICE_KEYS} is damaged; put it back from a copy of the folder"
            ) from error
        if stored.format > FORMAT:
            raise StorageError(
                f"{self.folder / OFFICE_KEYS} was made by a newer version of the kiosk; install that one"
            )
        return stored

    def current(self) -> OfficeKey | None:
        """Return the key that seals; None while there is no recovery key. Raises StorageError."""
        stored = self.stored()
        return None if stored is None else self._opened(stored, stored.keys[0])

    def find(self, key_id: str) -> OfficeKey | None:
        """Return one of the office's keys; None when this device does not have it. Raises StorageError."""
        stored = self.stored()
        found = None if stored is None else next((key for key in stored.keys if key.id == key_id), None)
        return None if stored is None or found is None else self._opened(stored, found)

    def use_recovery_key(self, recovery: X25519PrivateKey) -> None:
        """Seal for this recovery key from now on, and make the other keys where there are none. Raises StorageError.

        Of the office's keys, a new one seals, so that the older words open nothing that is sealed from now on.
        """
        with self._changing():
            stored = self.stored()
            public = recovery.public_key().public_bytes_raw()
            opened = [] if stored is None else [(key, self._opened(stored, key)) for key in stored.keys]
            kept = [self._sealed(key.secret, public, one.made_at, one.id) for one, key in opened]
            self._write(public, self.clock.now(), (self._new_key(public), *kept))
        log(logging.INFO, "keys.changed", what="recovery key")

    def rotate(self) -> None:
        """Make a new key for what is sealed from now on. Raises ConfigurationError, StorageError."""
        with self._changing():
            stored = self.stored()
            if stored is None:
                raise ConfigurationError("there are no keys yet; run: kiosk keys recovery")
            self._opened(stored, stored.keys[0])  # a device whose key is lost must not make it worse
            keys = (self._new_key(stored.recovery_public), *stored.keys)
            self._write(stored.recovery_public, stored.recovery_made_at, keys)
        log(logging.INFO, "keys.changed", what="office's key")

    def recover(self, recovery: X25519PrivateKey, header: SealHeader | None = None) -> int:
        """Take over the office's keys by the recovery key, and return how many; keys that it does not open stay.

        On a device without working keys they seal from now on, for the same words; a device's key that is missing is
        made anew. Where keys work already, the others only open what they have sealed: old words come into force
        nowhere again.

        Args:
            recovery: of the words.
            header: of a file that another device has sealed; None for the keys that are stored here.

        Raises:
            InvalidInput: the words belong to other keys.
            ConfigurationError: there is nothing to recover. StorageError.
        """
        with self._changing():
            stored = self.stored()
            public = recovery.public_key().public_bytes_raw()
            sealed = [] if stored is None else [(key.id, key.made_at, key.for_recovery) for key in stored.keys]
            if header is not None:
                sealed = [(header.key_id, self.clock.now(), header.office_key), *sealed]
            if not sealed:
                raise ConfigurationError("there are no keys here; name a backup, too: kiosk keys recover FILE")
            found = [(i, at, open_with(recovery, secret, office_purpose(i))) for i, at, secret in sealed]
            opened = {i: (at, secret) for i, at, secret in reversed(found) if secret is not None}
            if not opened or found[0][2] is None:
                raise InvalidInput("these are the words of other keys; is there a newer sheet of paper?")
            self._take_over(stored, public, opened)
        log(logging.INFO, "keys.changed", what="recovered")
        return len(opened)

    def _take_over(self, stored: StoredKeys | None, public: bytes, opened: dict[str, tuple[datetime, bytes]]) -> None:
        """Store keys that the recovery key has opened. opened: when made, and the secret, by id, the oldest first."""
        present = () if stored is None else stored.keys
        newest_first = [(key_id, at, secret) for key_id, (at, secret) in reversed(opened.items())]
        if stored is not None and self._secret(present[0]) is not None:
            held = {key.id for key in present}
            added = [one for one in newest_first if one[0] not in held]
            sealed = [self._sealed(secret, stored.recovery_public, at, key_id) for key_id, at, secret in added]
            self._write(stored.recovery_public, stored.recovery_made_at, (*present, *sealed))
            return
        keys = [self._sealed(secret, public, at, key_id) for key_id, at, secret in newest_first]
        others = [key for key in present if key.id not in opened]
        self._write(public, self.clock.now() if stored is None else stored.recovery_made_at, (*keys, *others))

    def _opened(self, stored: StoredKeys, key: StoredKey) -> OfficeKey:
        secret = self._secret(key)
        if secret is None:
            raise StorageError(f"{self.folder / DEVICE_KEY} is missing or another device's; {WAY_BACK}")
        return OfficeKey(key.id, secret, stored.recovery_public)

    def _secret(self, key: StoredKey) -> bytes | None:
        device_key = self._device_key()
        return None if device_key is None else unwrap(device_key, key.for_device, office_purpose(key.id))

    def _device_key(self) -> bytes | None:
        content = self._read(DEVICE_KEY)
        try:
            key = base64.b64decode(content or b"", validate=False)
        except binascii.Error:
            return None
        return key if len(key) == KEY_BYTES else None

    def _new_key(self, public: bytes) -> StoredKey:
        return self._sealed(os.urandom(KEY_BYTES), public, self.clock.now(), uuid4().hex)

    def _sealed(self, secret: bytes, public: bytes, made_at: datetime, key_id: str) -> StoredKey:
        purpose = office_purpose(key_id)
        device_key = self._device_key() or self._make_device_key()
        return StoredKey.model_construct(
            id=key_id,
            made_at=made_at,
            for_device=wrap(device_key, secret, purpose),
            for_recovery=seal_for(public, secret, purpose),
        )

    def _make_device_key(self) -> bytes:
        key = os.urandom(KEY_BYTES)
        self._replace(DEVICE_KEY, base64.b64encode(key) + b"\n")
        return key

    def _write(self, public: bytes, made_at: datetime, keys: tuple[StoredKey, ...]) -> None:
        stored = StoredKeys.model_construct(format=FORMAT, recovery_public=public, recovery_made_at=made_at, keys=keys)
        self._replace(OFFICE_KEYS, stored.model_dump_json(indent=1).encode())

    def _read(self, name: str) -> bytes | None:
        try:
            return read_own_file(self.folder / name)
        except OSError as error:
            raise StorageError(f"{self.folder / name} cannot be read: {reason_of(error)}; check its owner") from error

    def _replace(self, name: str, content: bytes) -> None:
        try:
            replace_file(self.folder / name, content)
        except OSError as error:
            why = f"cannot be written: {reason_of(error)}; check the folder's owner and the disk"
            raise StorageError(f"{self.folder / name} {why}") from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            descriptor = make_locked_folder(self.folder)
        except OSError as error:
            step = "make it for the kiosk's user, mode 700"
            raise StorageError(f"the keys' folder {self.folder} cannot be made: {reason_of(error)}; {step}") from error
        try:
            yield
        finally:
            os.close(descriptor)
