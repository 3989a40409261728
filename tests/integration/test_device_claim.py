"""Two devices with one name, a device that lost its identity, a copied card: on both databases."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from db import device_claims, migrations
from db.device_claims import HOLDS, DeviceRun, find_claim
from db.session import Database
from db.tables import AuditRow
from kiosk.app.doctor import build_examined_device
from kiosk.doctor import name
from kiosk.doctor.findings import Level
from kiosk.errors import ConfigurationError
from kiosk.monitoring.device_claim import DeviceClaim, NameClash, claim_name
from kiosk.monitoring.device_identity import DeviceIdentity, read_or_make_identity
from support.builders import make_settings
from support.postgres_server import OwnServer

NAME = "door"


def a_run(database: Database, identity: DeviceIdentity | None = None) -> DeviceClaim:
    return DeviceClaim(database, NAME, identity or DeviceIdentity(uuid4()))


def let_it_fall_silent(database: Database) -> None:
    """Let the claim be one second older than it holds."""
    with database.transaction() as session:
        silent_s = int(HOLDS.total_seconds()) + 1
        if session.get_bind().dialect.name == "sqlite":
            ago = f"strftime('%Y-%m-%d %H:%M:%f000', 'now', '-{silent_s} seconds')"
        else:
            ago = f"clock_timestamp() - interval '{silent_s} seconds'"
        session.execute(text(f"UPDATE device_claims SET heard_at = {ago}"))


def look_again(claim: DeviceClaim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.monitoring.device_claim.HEARD_EVERY_S", 0.0)
    assert claim.step()


def takeovers(database: Database) -> list[str]:
    with database.reading() as session:
        return [
            row.subject
            for row in session.scalars(select(AuditRow).where(AuditRow.action == "name_taken_over"))
            if row.subject is not None
        ]


def test_a_second_device_is_refused_with_who_has_the_name_and_the_next_step(database: Database) -> None:
    a_run(database).begin(take_over=False)
    with pytest.raises(
        ConfigurationError, match=r"the name door is another device's: .+, last heard of 0 s ago"
    ) as said:
        a_run(database).begin(take_over=False)
    assert "KIOSK_KIOSK_ID" in str(said.value)
    assert "kiosk run --take-over" in str(said.value)
    assert takeovers(database) == []


def test_it_may_take_the_name_over_and_the_first_one_goes_on_and_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = a_run(database), a_run(database)
    first.begin(take_over=False)
    second.begin(take_over=True)
    for _ in range(2):
        look_again(first, monkeypatch)
        look_again(second, monkeypatch)
    assert (first.clash, second.clash) == (NameClash.TAKEN, None)
    assert [record.message for record in caplog.records] == ["device.name_taken"]
    assert takeovers(database) == ["kiosk:door"]


ENDS: dict[str, Callable[[DeviceClaim, Database], None]] = {
    "stopped in order": lambda claim, _database: claim.release(),
    "silent": lambda _claim, database: let_it_fall_silent(database),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_the_name_of_a_device_that_is_gone_is_free(
    database: Database, ends: Callable[[DeviceClaim, Database], None]
) -> None:
    first = a_run(database)
    first.begin(take_over=False)
    ends(first, database)
    second = a_run(database)
    second.begin(take_over=False)
    assert second.clash is None
    assert takeovers(database) == ["kiosk:door"]


def test_a_device_that_is_started_again_has_its_name_at_once(database: Database) -> None:
    identity = DeviceIdentity(uuid4())
    for _ in range(3):
        claim = a_run(database, identity)
        claim.begin(take_over=False)
        assert claim.clash is None


def test_a_copied_card_is_noticed_by_the_run_before(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = DeviceIdentity(uuid4())
    first, copy = a_run(database, identity), a_run(database, identity)
    first.begin(take_over=False)
    copy.begin(take_over=False)
    look_again(copy, monkeypatch)
    look_again(first, monkeypatch)
    assert (first.clash, copy.clash) == (NameClash.COPIED, None)
    copy.release()
    look_again(first, monkeypatch)
    assert first.clash is None


def test_a_device_that_lost_its_identity_goes_on_and_has_its_name_when_the_claim_is_old(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "device.id"
    before = read_or_make_identity(path, used_before=False)
    a_run(database, before).begin(take_over=False)
    path.write_text("torn", encoding="ascii")
    identity = read_or_make_identity(path, used_before=True)
    assert identity.is_lost
    assert identity.device_id != before.device_id
    claim = a_run(database, identity)
    claim.begin(take_over=False)
    assert claim.clash is NameClash.TAKEN
    let_it_fall_silent(database)
    look_again(claim, monkeypatch)
    assert claim.clash is None
    assert [record.message for record in caplog.records] == ["device.identity_lost", "device.name_taken"]


def test_an_identity_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "device.id"
    made = read_or_make_identity(path, used_before=False)
    assert read_or_make_identity(path, used_before=True) == made
    assert not made.is_lost
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_keeps_no_identity_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    caplog.set_level(logging.WARNING, "kiosk")
    read_or_make_identity(tmp_path / "file" / "device.id", used_before=False)
    assert [record.message for record in caplog.records] == ["device.identity_not_kept"]


def test_a_database_that_is_away_stops_nothing_and_the_name_is_claimed_later(
    own_postgres_server: OwnServer, open_database: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(own_postgres_server.create_database())
    own_postgres_server.stop()
    claim = a_run(database)
    claim.begin(take_over=False)
    look_again(claim, monkeypatch)
    own_postgres_server.start()
    migrations.upgrade(database)
    look_again(claim, monkeypatch)
    with database.reading() as session:
        assert find_claim(session, NAME) is not None


def test_a_restore_claims_the_name_whoever_has_it(database: Database) -> None:
    a_run(database).begin(take_over=False)
    restored = DeviceRun(uuid4(), None, "host")
    assert claim_name(database, NAME, restored, take_over=True, begins=True) is None
    a_run(database, DeviceIdentity(restored.device_id)).begin(take_over=False)
    assert takeovers(database) == ["kiosk:door"]


def test_the_doctor_says_whose_name_it_is(database: Database, tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", kiosk_id=NAME)
    settings.data_dir.mkdir()
    device = build_examined_device(settings)

    def level() -> Level:
        return name.of_device(device, database).level

    assert level() is Level.OK
    a_run(database, read_or_make_identity(device.identity_path, used_before=False)).begin(take_over=False)
    assert level() is Level.OK
    other = DeviceRun(uuid4(), uuid4(), "other-host")
    with database.transaction() as session:
        device_claims.move_claim(session, NAME, other)
    taken = name.of_device(device, database)
    assert taken.level is Level.FAILED
    assert "other-host" in taken.sentence
    let_it_fall_silent(database)
    assert level() is Level.WARNING
