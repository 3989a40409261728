"""Backups that only this device opens, or the recovery words: made, restored, and taken to another device."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.app.backup import build_backup_dir, build_key_store
from kiosk.backup.archive import BackupFile
from kiosk.config.settings import Settings
from kiosk.core.sealed_file import MAGIC
from kiosk.errors import ConfigurationError, InvalidInput, StorageError
from kiosk.security.key_store import DEVICE_KEY, OFFICE_KEYS, KeyStore
from kiosk.security.recovery_key import make_recovery_key
from support.backed_up_office import Office
from support.database_rows import add_person, enroll

PERSON = "Wolfeschlegelsteinhausen"


def keys_of(office: Office) -> KeyStore:
    return build_key_store(office.settings)


@pytest.fixture
def recovery(office: Office) -> X25519PrivateKey:
    """The recovery key of an office with one person more, whose face is looked for in its backups."""
    enroll(office.database, add_person(office.database, PERSON), 21)
    key = make_recovery_key()
    keys_of(office).use_recovery_key(key)
    return key


def traces(office: Office) -> list[bytes]:
    """Return what a thief looks for: the names, the vectors as numbers of several kinds, and SQLite's own words."""
    vectors = [np.frombuffer(vector, np.float32) for _, vector in office.templates()]
    assert vectors
    kinds = ("<f4", ">f4", "<f8", ">f8")
    numbers = [vector.astype(kind).tobytes()[:32] for vector in vectors for kind in kinds]
    return [PERSON.encode(), PERSON.encode("utf-16-le"), b"SQLite format 3", b"manifest.json", *numbers]


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_without_a_recovery_key_a_backup_can_be_read_by_everybody(office: Office) -> None:
    made = office.back_up()
    assert made.key_id is None
    assert b"manifest.json" in made.path.read_bytes()


def test_a_thief_finds_nothing_in_it(office: Office, recovery: X25519PrivateKey) -> None:
    made = office.back_up()
    content = made.path.read_bytes()
    assert content.startswith(MAGIC)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert [trace for trace in traces(office) if trace in content] == []
    assert office.backup_file(made.path).verify() == made.manifest
    assert build_backup_dir(office.settings).count_sealed() == 1


def test_the_device_restores_it(office: Office, recovery: X25519PrivateKey) -> None:
    before = office.templates()
    made = office.back_up()
    add_person(office.database, "Later")
    office.restore(made.path)
    assert office.templates() == before


def test_a_new_device_needs_the_words(
    office: Office, recovery: X25519PrivateKey, make_office: Callable[[str, str], Office]
) -> None:
    before = office.templates()
    made = office.back_up()
    new = make_office("new", "sqlite")
    with pytest.raises(ConfigurationError, match="kiosk keys recover"):
        new.restore(made.path)
    header = new.backup_file(made.path).seal_header()
    with pytest.raises(InvalidInput, match="other keys"):
        keys_of(new).recover(make_recovery_key(), header)
    with pytest.raises(ConfigurationError, match="no keys here"):
        keys_of(new).recover(recovery)
    keys_of(new).recover(recovery, header)
    new.restore(made.path)
    assert new.templates() == before
    later = new.back_up()
    assert later.key_id == made.key_id, "the words go on to open what the new device seals"
    for path in keys_of(new).folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", ["missing", "another's", "damaged"])
def test_a_lost_device_key_is_said_and_recovered(office: Office, recovery: X25519PrivateKey, what: str) -> None:
    made = office.back_up()
    path = keys_of(office).folder / DEVICE_KEY
    match what:
        case "missing":
            path.unlink()
        case "another's":
            path.write_text("A" * 43 + "=\n", encoding="ascii")
        case "damaged":
            path.write_bytes(b"\xff\0")
    with pytest.raises(StorageError, match="kiosk keys recover"):
        office.back_up()
    with pytest.raises(StorageError, match="kiosk keys recover"):
        office.backup_file(made.path).verify()
    assert build_backup_dir(office.settings).paths() == (made.path,), "nothing is written in clear instead"
    keys_of(office).recover(recovery)
    assert office.backup_file(made.path).verify() == made.manifest
    assert office.back_up().key_id == made.key_id


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_after_a_rotation_all_backups_open(office: Office, recovery: X25519PrivateKey) -> None:
    old = office.back_up()
    keys_of(office).rotate()
    new = office.back_up()
    assert new.key_id != old.key_id
    assert office.backup_file(old.path).verify() == old.manifest
    assert office.backup_file(new.path).verify() == new.manifest
    (keys_of(office).folder / DEVICE_KEY).unlink()
    assert keys_of(office).recover(recovery) == 2
    assert office.backup_file(old.path).verify() == old.manifest


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_old_words_open_nothing_new(office: Office, recovery: X25519PrivateKey, tmp_path) -> None:
    old = office.back_up()
    later = make_recovery_key()
    keys_of(office).use_recovery_key(later)
    new = office.back_up()
    elsewhere = build_key_store(Settings(_env_file=None, data_dir=tmp_path / "elsewhere"))
    with pytest.raises(InvalidInput):
        elsewhere.recover(recovery, office.backup_file(new.path).seal_header())
    elsewhere.recover(later, office.backup_file(new.path).seal_header())
    assert BackupFile(new.path, elsewhere.find).verify() == new.manifest
    elsewhere.recover(recovery, office.backup_file(old.path).seal_header())
    assert BackupFile(old.path, elsewhere.find).verify() == old.manifest
    assert BackupFile(new.path, elsewhere.find).verify() == new.manifest, "nothing that was there is lost"
    assert (elsewhere.current() or pytest.fail()).id == new.key_id, "old words come into force nowhere again"
    with pytest.raises(InvalidInput):
        elsewhere.recover(recovery)
    assert elsewhere.recover(later) == 2
    assert office.backup_file(old.path).verify() == old.manifest


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", ["cut off", "a byte", "the header"])
def test_a_damaged_one_is_said_to_be(office: Office, recovery: X25519PrivateKey, change: str) -> None:
    path = office.back_up().path
    content = bytearray(path.read_bytes())
    match change:
        case "cut off":
            del content[-100:]
        case "a byte":
            content[-100] ^= 1
        case "the header":
            content[len(MAGIC) + 20] ^= 1
    path.write_bytes(content)
    with pytest.raises(ConfigurationError):
        office.backup_file(path).verify()
    with pytest.raises(ConfigurationError):
        office.restore(path)
    assert office.templates()


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_the_keys_are_in_no_backup_and_outside_of_the_data(office: Office, recovery: X25519PrivateKey) -> None:
    store = keys_of(office)
    assert not store.folder.is_relative_to(office.data_dir)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in store.folder.iterdir()) == sorted([DEVICE_KEY, OFFICE_KEYS])
    manifest = office.back_up().manifest
    assert not any("key" in name for name in manifest.parts)


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_copied_device_without_its_keys_gives_nothing(
    office: Office, recovery: X25519PrivateKey, make_office: Callable[[str, str], Office]
) -> None:
    path = office.back_up().path
    thief = make_office("thief", "sqlite")
    shutil.copytree(keys_of(office).folder, keys_of(thief).folder)
    (keys_of(thief).folder / DEVICE_KEY).unlink()
    with pytest.raises(StorageError, match="missing or another device's"):
        thief.backup_file(path).verify()


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 9, "recovery_public": "", "keys": []}', b"\0" * 40])
def test_damaged_keys_are_said_to_be(office: Office, recovery: X25519PrivateKey, content: bytes) -> None:
    (keys_of(office).folder / OFFICE_KEYS).write_bytes(content)
    with pytest.raises(StorageError, match=r"office\.keys"):
        office.back_up()
