"""PIN numbers and PINs: hashed, and guessing is slowed down across restarts."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from db.models import EmployeeRow
from db.session import Database
from db.tables import AuditRow, CredentialRow
from kiosk.errors import EmployeeInactive, EmployeeNotFound, InvalidInput, StorageError
from kiosk.security.pins import Pins
from kiosk.security.throttling import PIN_POLICY
from support.database_rows import add_person
from support.fakes import FakeClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "2580", "2581"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def pins(database: Database, clock: FakeClock) -> Pins:
    return Pins(database, clock, QUICK)


@pytest.fixture
def anna(database: Database) -> int:
    return add_person(database)


def test_number_and_pin_name_the_person(pins: Pins, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    numbers = {pins.set(anna, RIGHT): anna, pins.set(boris, RIGHT): boris}
    assert len(numbers) == 2
    for number, employee_id in numbers.items():
        assert number.isdecimal() and len(number) == 6
        assert pins.check(number, RIGHT).employee_id == employee_id
        assert pins.check(number, WRONG).employee_id is None
    assert pins.check("000000", RIGHT).employee_id is None


def test_a_new_pin_keeps_the_number_and_ends_the_old_pin(pins: Pins, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    assert pins.set(anna, "9753") == number
    assert pins.check(number, RIGHT).employee_id is None
    assert pins.check(number, "9753").employee_id == anna


def test_only_an_argon2id_hash_is_kept(pins: Pins, database: Database, anna: int) -> None:
    pins.set(anna, RIGHT)
    with database.reading() as session:
        (kept,) = session.scalars(select(CredentialRow.secret_hash))
    assert kept.startswith("$argon2id$")


def test_wrong_attempts_slow_down_and_lock_also_after_a_restart(
    pins: Pins, database: Database, clock: FakeClock, anna: int
) -> None:
    number = pins.set(anna, RIGHT)
    for wait_s in PIN_POLICY.waits_s:
        restarted = Pins(database, clock, QUICK)
        assert restarted.check(number, WRONG).wait_s == wait_s
        if wait_s:
            refused = restarted.check(number, RIGHT)
            assert refused.employee_id is None and refused.wait_s == pytest.approx(wait_s)
        clock.advance(wait_s)
    assert pins.check(number, RIGHT).employee_id == anna
    assert [pins.check(number, WRONG).wait_s for _ in range(3)] == [0, 0, 0]


def test_a_new_pin_ends_the_lock(pins: Pins, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    assert [pins.check(number, WRONG).wait_s for _ in range(4)][-1] > 0
    pins.set(anna, RIGHT)
    assert pins.check(number, RIGHT).employee_id == anna


def test_a_clock_set_back_locks_nobody_out_for_years(pins: Pins, clock: FakeClock, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    clock.advance(5 * 365 * 86400)
    for _ in range(4):
        pins.check(number, WRONG)
    clock.advance(-5 * 365 * 86400)
    assert pins.check(number, RIGHT).wait_s == PIN_POLICY.waits_s[-1]


def test_a_deactivated_persons_pin_opens_nothing(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(EmployeeRow).values(is_active=False))
    assert pins.check(number, RIGHT).employee_id is None
    with pytest.raises(EmployeeInactive):
        pins.set(anna, RIGHT)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２５４", "1111", "1234", "4321", "7890"])
def test_a_pin_that_does_not_fit_is_refused(pins: Pins, anna: int, pin: str) -> None:
    with pytest.raises(InvalidInput, match="a PIN"):
        pins.set(anna, pin)


def test_nobody_gets_no_pin(pins: Pins) -> None:
    with pytest.raises(EmployeeNotFound):
        pins.set(4711, RIGHT)


def test_a_pin_taken_away_is_refused_like_a_wrong_one_and_its_hash_is_gone(
    pins: Pins, database: Database, anna: int
) -> None:
    boris = add_person(database, "Boris")
    number, others = pins.set(anna, RIGHT), pins.set(boris, RIGHT)
    assert pins.remove(anna)
    assert pins.check(number, RIGHT) == pins.check("000000", RIGHT)
    assert pins.check(others, RIGHT).employee_id == boris
    assert not pins.remove(anna)
    with database.reading() as session:
        rows = session.execute(
            select(CredentialRow.secret_hash, CredentialRow.revoked_at).where(CredentialRow.employee_id == anna)
        ).all()
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert [("argon2" in row.secret_hash, row.revoked_at is None) for row in rows] == [(False, False)]
    assert actions == ["pin_set", "pin_set", "pin_removed"]
    assert pins.check(pins.set(anna, "9753"), "9753").employee_id == anna


def test_pins_of_several_people_can_be_taken_away(pins: Pins, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    pins.set(anna, RIGHT)
    pins.set(boris, RIGHT)
    assert [pins.remove(anna), pins.remove(boris)] == [True, True]
    pins.set(anna, "9753")
    assert pins.remove(anna)


def test_a_deactivated_persons_pin_can_be_taken_away(pins: Pins, database: Database, anna: int) -> None:
    pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(EmployeeRow).values(is_active=False))
    assert pins.remove(anna)
    with pytest.raises(EmployeeNotFound):
        pins.remove(4711)


def test_a_damaged_hash_is_told(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(CredentialRow).values({CredentialRow.secret_hash: "?"}))
    with pytest.raises(StorageError, match="set it anew"):
        pins.check(number, RIGHT)


def test_the_audit_log_tells_of_it_without_the_pin(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    for _ in range(4):
        pins.check(number, WRONG)
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert [(row.action, row.subject) for row in rows] == [
        ("pin_set", f"employee:{anna}"),
        ("pin_locked", f"employee:{anna}"),
    ]
    assert not any(secret in row.details for row in rows for secret in (RIGHT, WRONG, number))
